"""The seam behind which an engine stands: documents in, ranked keys out.

An engine knows words and weights. It knows nothing of audiences, spelling, passages, paging or
mark-up; those are done above it, once, whatever the engine.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple, Protocol

from indexer.document import Document, Field

FIELD_WEIGHTS: dict[Field, float] = {
    Field.TITLE: 2.0,
    Field.QUESTIONS: 1.5,
    Field.TAGS: 1.0,
    Field.SUMMARY: 1.0,
    Field.HEADINGS: 0.6,
    Field.BODY: 1.0,
}


class Source(StrEnum):
    """Where a clause comes from."""

    WORD = "word"
    CORRECTION = "correction"
    SYNONYM = "synonym"
    TRIGRAM = "trigram"


@dataclass(frozen=True)
class Clause:
    """A term to look for, in all fields."""

    term: str
    weight: float = 1.0
    mass: float = 0.0
    """How much of the question it stands for; nothing for what was not asked in so many words."""
    lone: bool = True
    """Whether a document matches that has nothing else of the question."""
    source: Source = Source.WORD
    said: str = ""
    """The word of the question that it stands for."""


@dataclass(frozen=True)
class Query:
    """Any of the clauses may match; kind and service must, where they are given."""

    clauses: tuple[Clause, ...]
    kind: str | None = None
    service: str | None = None
    hints: tuple[Clause, ...] = ()
    """Trigrams: they add to what matches, and match alone where their mass comes to half."""
    coverage: float = 0.0
    """From 0 to 1: how far a score depends on the share of the mass that a document has."""


HINTS_SUFFICE = 0.5
"""The share of the hints' mass from which a document matches without a word of the question."""


class Match(NamedTuple):
    """A document that matched."""

    key: str
    score: float


@dataclass(frozen=True)
class Ranking:
    """The best matches, best first and equal scores by key, and how many there are in all."""

    matches: tuple[Match, ...]
    total: int
    also: frozenset[str] = frozenset()
    """Those of the keys asked about that match."""


@dataclass(frozen=True)
class Gain:
    """What one clause gave a document in one field."""

    clause: Clause
    field: str
    points: float


@dataclass(frozen=True)
class Account:
    """How a document came by its score: the sum of all gains, taken times `covered`."""

    gains: tuple[Gain, ...]
    covered: float
    """From 0 to 1: what the share of the question that it has leaves of the gains."""

    @property
    def score(self) -> float:
        """The score of the document."""
        return sum(gain.points for gain in self.gains) * self.covered


class IndexDamaged(Exception):
    """An index cannot be added to; build it anew."""


class Engine(Protocol):
    """An index open for reading; safe to use from several threads."""

    def rank(self, query: Query, limit: int, asked: Iterable[str] = ()) -> Ranking:
        """The best `limit` documents. A query without clauses matches nothing.

        Args:
            query: what is looked for.
            limit: how many are wanted.
            asked: keys of documents of which to tell whether they match.
        """
        ...

    def explain(self, query: Query, key: str) -> Account:
        """How a document came by its score for a query."""
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

        Raises:
            IndexDamaged: if what is there cannot be added to.
        """
        ...
