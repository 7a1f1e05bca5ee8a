"""Ranking on arrays: what each term adds to each document, summed up with numpy.

Nothing but the cache of impacts changes after opening, so one engine serves all threads.
"""

from collections.abc import Iterable, Iterator
from functools import cached_property
from pathlib import Path

import numpy as np
import numpy.typing as npt
import orjson

from indexer.analysis import VERSION
from indexer.document import Document
from indexer.engine import (
    HINTS_SUFFICE,
    Account,
    Clause,
    Gain,
    IndexDamaged,
    Match,
    Query,
    Ranking,
)
from indexer.impacts import Floats, Plane, TermImpacts
from indexer.postings import COLUMNS, GRAMS, SUFFIX, key_of, open_postings
from indexer.whoosh_index import segments, update

SEGMENTS = "segments.json"
"""Which segments an index has, and the numbers of deleted documents in each."""
_LEAST_KEPT = 32 * 1024 * 1024
"""Bytes of impacts that are kept of any index; of a large one, as many as its postings take."""
_LANES = 512
"""Documents are dealt out to so many lanes, and the best of each tells what is worth sorting."""
_DIGITS = 4
"""To which scores are rounded; equal ones come by key."""


class ArrayEngine:
    """An index open for reading."""

    def __init__(self, folder: Path) -> None:
        """Open an index.

        Raises:
            OSError, ValueError, KeyError, TypeError: where it is not what it should be.
        """
        listed = orjson.loads((folder / SEGMENTS).read_bytes())
        opened = [open_postings(folder / f"{entry['name']}{SUFFIX}") for entry in listed]
        self._names = [name for segment in opened for name in segment.names]
        self._live = np.ones(len(self._names), dtype=bool)
        base = 0
        for segment, entry in zip(opened, listed, strict=True):
            self._live[[base + number for number in entry["deleted"]]] = False
            base += len(segment.names)
        self._width = -(-len(self._names) // _LANES) * _LANES
        self._kinds = self._joined([segment.kinds for segment in opened])
        self._services = self._joined([segment.services for segment in opened])
        self._impacts = TermImpacts(
            opened, self._live, max(_LEAST_KEPT, sum(segment.nbytes for segment in opened))
        )

    def rank(self, query: Query, limit: int, asked: Iterable[str] = ()) -> Ranking:
        """The best `limit` documents for a query."""
        if limit < 1 or not self._names or not (query.clauses or query.hints):
            return Ranking((), 0)
        words = np.zeros(self._width, dtype=np.complex64)
        self._add(words, [clause for clause in query.clauses if clause.lone])
        scores = words.real.copy()
        matched = scores > 0
        if others := [clause for clause in query.clauses if not clause.lone]:
            self._add(words, others)
            scores[:] = words.real
        mass = sum(clause.mass for clause in query.hints)
        if mass:
            hints = np.zeros(self._width, dtype=np.complex64)
            self._add(hints, query.hints, GRAMS)
            matched |= hints.imag >= HINTS_SUFFICE * mass
            scores += hints.real
        mass = sum(clause.mass for clause in query.clauses)
        if query.coverage and mass:
            scores *= (1 - query.coverage) + query.coverage / mass * words.imag
        for wanted, held in ((query.kind, self._kinds), (query.service, self._services)):
            if wanted:
                matched &= held == np.uint64(key_of(wanted))
        scores *= matched
        also = frozenset(key for key in asked if scores[self._numbers[key]] > 0)
        return self._best(scores, limit, also)

    def explain(self, query: Query, key: str) -> Account:
        """How a document came by its score for a query."""
        number = self._numbers[key]
        gains: list[Gain] = []
        covered = 0.0
        for clause in (*query.clauses, *query.hints):
            column = GRAMS if clause in query.hints else ""
            docs, columns, impacts = self._impacts.postings(clause.term, column)
            here = docs == number
            if here.any() and column != GRAMS:
                covered += clause.mass
            gains += [
                Gain(clause, COLUMNS[code], float(points) * clause.weight)
                for code, points in zip(columns[here], impacts[here], strict=True)
            ]
        mass = sum(clause.mass for clause in query.clauses)
        share = covered / mass if mass else 1.0
        return Account(tuple(gains), 1 - query.coverage * (1 - share))

    def close(self) -> None:
        """Let go of the files; they are unmapped with the last array over them."""
        del self._impacts

    @cached_property
    def _numbers(self) -> dict[str, int]:
        """The number of each document that is not deleted."""
        return {name: number for number, name in enumerate(self._names) if self._live[number]}

    def _add(self, sums: Plane, clauses: Iterable[Clause], column: str = "") -> None:
        """Add to each document's score what the clauses give it, and their mass beside it."""
        for clause in clauses:
            docs, values = self._impacts.of(clause, column)
            np.add.at(sums, docs.astype(np.intp), values)

    def _best(self, scores: Floats, limit: int, also: frozenset[str]) -> Ranking:
        """The best of some scores; a score of nothing is no match."""
        lanes = scores.reshape(-1, _LANES).max(axis=0) if limit <= _LANES else scores
        # So many documents score at least this, each from a lane of its own.
        floor = np.partition(lanes, -limit)[-limit] if limit <= len(lanes) else 0.0
        # Scores a little below it may round to the same.
        found = np.flatnonzero(scores >= max(floor - 10**-_DIGITS, 1e-9))
        negative = (-scores[found]).astype(float).round(_DIGITS).tolist()
        best = sorted(zip(negative, map(self._names.__getitem__, found.tolist()), strict=True))
        matches = tuple(Match(name, -value) for value, name in best[:limit])
        return Ranking(matches, int(np.count_nonzero(scores > 0)), also)

    def _joined(self, hashes: list[npt.NDArray[np.uint64]]) -> npt.NDArray[np.uint64]:
        """A value for each document and for what fills the last row of lanes."""
        joined = np.zeros(self._width, dtype=np.uint64)
        joined[: len(self._names)] = np.concatenate([joined[:0], *hashes])
        return joined


class _Watched:
    """Documents on their way to the index, and whether they themselves failed."""

    def __init__(self, documents: Iterable[Document]) -> None:
        self._documents = documents
        self.failed = False

    def __iter__(self) -> Iterator[Document]:
        try:
            yield from self._documents
        except GeneratorExit:
            raise
        except BaseException:
            self.failed = True
            raise


class ArrayFormat:
    """A folder of Whoosh segments, with the postings of each as arrays beside it."""

    name = f"arrays-3, analysis-{VERSION}"

    def open(self, folder: Path) -> ArrayEngine:
        """Open an index for reading."""
        return ArrayEngine(folder)

    def update(
        self, folder: Path, changed: Iterable[Document], gone: Iterable[str], *, rewrite: bool
    ) -> None:
        """Add, replace and remove documents; see `EngineFormat.update`."""
        documents = _Watched(changed)
        try:
            update(folder, documents, gone, rewrite=rewrite)
        except Exception as error:  # Whoosh raises whatever its damaged files lead it to
            if documents.failed:
                raise
            raise IndexDamaged(f"{folder} cannot be added to ({error!r})") from error
        listed = []
        for segment in segments(folder):
            path = folder / f"{segment.name}{SUFFIX}"
            if not path.exists():
                segment.write(path)
            listed.append({"name": segment.name, "deleted": segment.deleted})
        used = {entry["name"] for entry in listed}
        for path in folder.glob(f"*{SUFFIX}"):
            if path.stem not in used:
                path.unlink()
        # A hard link to the file of the generation before: replaced, never written to.
        aside = folder / f"{SEGMENTS}.new"
        aside.write_bytes(orjson.dumps(listed))
        aside.replace(folder / SEGMENTS)


ARRAYS = ArrayFormat()
