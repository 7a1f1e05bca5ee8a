"""The seam behind which an engine stands: documents in, ranked keys out.

An engine knows words and weights. It knows nothing of audiences, spelling, passages, paging or
mark-up; those are done above it, once, whatever the engine.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from indexer.document import Document, Field

FIELD_WEIGHTS: dict[Field, float] = {
    Field.TITLE: 2.0,
    Field.QUESTIONS: 1.5,
    Field.TAGS: 1.0,
    Field.SUMMARY: 1.0,
    Field.HEADINGS: 0.6,
    Field.BODY: 1.0,
}


@dataclass(frozen=True)
class Clause:
    """A term to look for, in all fields."""

    term: str
    weight: float = 1.0


@dataclass(frozen=True)
class Query:
    """Any of the clauses may match; kind and service must, where they are given."""

    clauses: tuple[Clause, ...]
    kind: str | None = None
    service: str | None = None


@dataclass(frozen=True)
class Match:
    """A document that matched."""

    key: str
    score: float


@dataclass(frozen=True)
class Ranking:
    """The best matches, best first and equal scores by key, and how many there are in all."""

    matches: tuple[Match, ...]
    total: int


class Engine(Protocol):
    """An index open for reading; safe to use from several threads."""

    def rank(self, query: Query, limit: int) -> Ranking:
        """The best `limit` documents. A query without clauses matches nothing."""
        ...

    def close(self) -> None:
        """Let go of files; no call may follow."""
        ...


class EngineFormat(Protocol):
    """How an engine keeps its index in a folder."""

    name: str
    """Stands in the manifest: an index of another name or version is built anew."""

    def open(self, folder: Path) -> Engine:
        """Open an index for reading."""
        ...

    def update(
        self, folder: Path, changed: Iterable[Document], gone: Iterable[str], *, rewrite: bool
    ) -> None:
        """Change an index in place; files already there are never written to, only replaced.

        Args:
            folder: empty for a new index; else a copy whose files may be hard links.
            changed: documents to add, or to put in the place of those of the same key.
            gone: keys to remove.
            rewrite: leave no trace of removed or replaced documents in any file.
        """
        ...
