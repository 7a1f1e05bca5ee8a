"""Scoring on arrays: BM25F over the postings of all segments, with numpy.

    score = Σ over terms and fields of  weight · field weight · idf · tf (k1 + 1) / (tf + norm)
    norm  = k1 (1 - b + b · field length / mean field length)
    idf   = ln(documents / (documents with the term in the field + 1)) + 1

as Whoosh's BM25F has it (after Robertson and Zaragoza, 2009), over live documents. What a term adds
to each document is kept once computed. Nothing but that cache changes after opening, so one engine
serves all threads.
"""

from collections import OrderedDict
from collections.abc import Iterable, Iterator
from pathlib import Path
from threading import Lock

import numpy as np
import numpy.typing as npt
import orjson

from indexer.analysis import VERSION
from indexer.document import Document
from indexer.engine import (
    FIELD_WEIGHTS,
    HINTS_SUFFICE,
    Account,
    Clause,
    Gain,
    IndexDamaged,
    Match,
    Query,
    Ranking,
)
from indexer.postings import (
    COLUMNS,
    GRAMS,
    SUFFIX,
    key_of,
    name_in,
    open_postings,
)
from indexer.whoosh_index import segments, update

B = 0.75
K1 = 1.2
"""BM25's usual constants."""
CACHE_BYTES = 24 * 1024 * 1024
SEGMENTS = "segments.json"
"""Which segments an index has, and the numbers of deleted documents in each."""

Docs = npt.NDArray[np.intp]
Scores = npt.NDArray[np.float32]


class ArrayEngine:
    """An index open for reading."""

    def __init__(self, folder: Path) -> None:
        """Open an index.

        Raises:
            OSError, ValueError, KeyError, TypeError: where it is not what it should be.
        """
        listed = orjson.loads((folder / SEGMENTS).read_bytes())
        self._segments = [open_postings(folder / f"{entry['name']}{SUFFIX}") for entry in listed]
        sizes = [len(segment.names) for segment in self._segments]
        self._bases = [sum(sizes[:place]) for place in range(len(sizes))]
        self._names = [name for segment in self._segments for name in segment.names]
        self._live = np.ones(len(self._names), dtype=bool)
        for base, entry in zip(self._bases, listed, strict=True):
            self._live[[base + number for number in entry["deleted"]]] = False
        self._count = int(self._live.sum())
        self._kinds = _joined([segment.kinds for segment in self._segments])
        self._services = _joined([segment.services for segment in self._segments])
        self._norms = self._all_norms()
        weights = [*FIELD_WEIGHTS.values(), 1.0]
        self._weights = np.array(weights, dtype=np.float32)
        self._cache = _Cache(CACHE_BYTES)

    def rank(self, query: Query, limit: int) -> Ranking:
        """The best `limit` documents for a query."""
        if limit < 1 or not self._count or not (query.clauses or query.hints):
            return Ranking((), 0)
        scores, covered = self._sums([clause for clause in query.clauses if clause.lone], "")
        matched = scores > 0
        more, also_covered = self._sums([one for one in query.clauses if not one.lone], "")
        scores += more
        covered += also_covered
        hints, hinted = self._sums(query.hints, GRAMS)
        mass = sum(clause.mass for clause in query.hints)
        if mass:
            matched |= hinted >= HINTS_SUFFICE * mass
            scores += hints
        mass = sum(clause.mass for clause in query.clauses)
        if query.coverage and mass:
            scores *= (1 - query.coverage) + query.coverage / mass * covered
        for wanted, held in ((query.kind, self._kinds), (query.service, self._services)):
            if wanted:
                matched &= held == np.uint64(key_of(wanted))
        return self._best(scores, np.flatnonzero(matched), limit)

    def explain(self, query: Query, key: str) -> Account:
        """How a document came by its score for a query."""
        number = next(n for n, name in enumerate(self._names) if name == key and self._live[n])
        gains: list[Gain] = []
        covered = 0.0
        for clause in (*query.clauses, *query.hints):
            column = GRAMS if clause in query.hints else ""
            docs, columns, impacts = self._postings(key_of(name_in(column, clause.term)))
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
        self._segments = []
        self._cache = _Cache(0)

    def _sums(self, clauses: Iterable[Clause], column: str) -> tuple[Scores, Scores]:
        """What the clauses add to each document, and the mass of those that it has."""
        scores = np.zeros(len(self._names), dtype=np.float32)
        covered = np.zeros(len(self._names), dtype=np.float32)
        for clause in clauses:
            docs, impacts = self._impacts(name_in(column, clause.term))
            scores[docs] += impacts * np.float32(clause.weight)
            if clause.mass:
                covered[docs] += np.float32(clause.mass)
        return scores, covered

    def _best(self, scores: Scores, found: Docs, limit: int) -> Ranking:
        total = len(found)
        values = scores[found]
        if total > limit:
            edge = np.partition(values, total - limit)[total - limit]
            kept = values >= edge
            found, values = found[kept], values[kept]
        matches = [
            Match(self._names[number], round(value, 4))
            for number, value in zip(found.tolist(), values.tolist(), strict=True)
        ]
        matches.sort(key=lambda match: (-match.score, match.key))
        return Ranking(tuple(matches[:limit]), total)

    def _all_norms(self) -> Scores:
        """The norm of each column of each document; shape (columns, documents)."""
        none = [np.zeros((len(COLUMNS), 0))]
        lengths = np.concatenate([s.lengths for s in self._segments] or none, axis=1)
        sizes = np.concatenate([s.sizes for s in self._segments] or none, axis=1)
        means = sizes[:, self._live].sum(axis=1) / max(1, self._count)
        means[means == 0] = 1
        norms: Scores = (K1 * (1 - B + B * lengths / means[:, np.newaxis])).astype(np.float32)
        return norms

    def _impacts(self, name: str) -> tuple[Docs, Scores]:
        """What a term adds to each document that has it, all fields together."""
        known = self._cache.get(name)
        return known if known is not None else self._cache.put(name, self._compute(key_of(name)))

    def _compute(self, key: int) -> tuple[Docs, Scores]:
        docs, _, impacts = self._postings(key)
        once, place = np.unique(docs, return_inverse=True)
        return once, np.bincount(place, weights=impacts, minlength=len(once)).astype(np.float32)

    def _postings(self, key: int) -> tuple[Docs, npt.NDArray[np.uint8], Scores]:
        """The live postings of a term: document, column, and what it adds there."""
        parts = [
            (segment.docs[where] + np.intp(base), segment.columns[where], segment.weights[where])
            for base, segment in zip(self._bases, self._segments, strict=True)
            if (where := segment.find(key)) is not None
        ]
        if not parts:
            return np.empty(0, np.intp), np.empty(0, np.uint8), np.empty(0, np.float32)
        docs, columns, weights = (np.concatenate(arrays) for arrays in zip(*parts, strict=True))
        live = self._live[docs]
        if not live.all():
            docs, columns, weights = docs[live], columns[live], weights[live]
        having = np.bincount(columns, minlength=len(COLUMNS))
        idf = np.log(self._count / (having + 1)) + 1
        impacts = (self._weights * idf)[columns] * weights * (K1 + 1)
        impacts /= weights + self._norms[columns, docs]
        return docs, columns, impacts


def _joined(arrays: list[npt.NDArray[np.uint64]]) -> npt.NDArray[np.uint64]:
    return np.concatenate(arrays) if arrays else np.empty(0, dtype=np.uint64)


class _Cache:
    """What was computed last, up to a number of bytes."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._held: OrderedDict[str, tuple[Docs, Scores]] = OrderedDict()
        self._size = 0
        self._lock = Lock()

    def get(self, key: str) -> tuple[Docs, Scores] | None:
        with self._lock:
            found = self._held.get(key)
            if found is not None:
                self._held.move_to_end(key)
            return found

    def put(self, key: str, value: tuple[Docs, Scores]) -> tuple[Docs, Scores]:
        with self._lock:
            if key not in self._held and _size(value) <= self._limit:
                self._held[key] = value
                self._size += _size(value)
                while self._size > self._limit:
                    self._size -= _size(self._held.popitem(last=False)[1])
        return value


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


def _size(value: tuple[Docs, Scores]) -> int:
    return value[0].nbytes + value[1].nbytes + 200


class ArrayFormat:
    """A folder of Whoosh segments, with the postings of each as arrays beside it."""

    name = f"arrays-2, analysis-{VERSION}"

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
