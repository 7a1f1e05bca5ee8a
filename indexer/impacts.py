"""What a term adds to the score of each document: BM25F over the postings of all segments.

    impact = Σ over fields of  field weight · idf · tf (k1 + 1) / (tf + norm)
    norm   = k1 (1 - b + b · field length / mean field length)
    idf    = ln(documents / (documents with the term in the field + 1)) + 1

as Whoosh's BM25F has it (after Robertson and Zaragoza, 2009), over live documents.
"""

from collections.abc import Sequence
from threading import Lock
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from indexer.engine import FIELD_WEIGHTS, Clause
from indexer.postings import COLUMNS, SegmentPostings, key_of, name_in

B = 0.75
K1 = 1.2
"""BM25's usual constants."""
CACHE_BYTES = 32 * 1024 * 1024

Docs = npt.NDArray[np.intp]
Floats = npt.NDArray[np.float32]
Plane = npt.NDArray[np.complex64]


class Impacts(NamedTuple):
    """What a clause adds to documents."""

    docs: Docs
    """Ascending; a document comes once for each field that has the term."""
    values: Plane
    """What that field adds to the score; and as the imaginary part, once for each document, the
    mass of the clause. So numpy adds both up in one pass."""

    @property
    def nbytes(self) -> int:
        """The memory that it takes; the cache's own part is a guess."""
        return self.docs.nbytes + self.values.nbytes + 300


class Postings(NamedTuple):
    """The postings of a term: by document, then field."""

    docs: Docs
    columns: npt.NDArray[np.uint8]
    impacts: Floats


class TermImpacts:
    """The impacts of every term of an index; safe to use from several threads.

    What was computed is kept, up to a number of bytes, the newest longest.
    """

    def __init__(
        self, segments: Sequence[SegmentPostings], live: npt.NDArray[np.bool_], limit: int
    ) -> None:
        """Read the shapes of all postings.

        Args:
            segments: of which the index is made.
            live: whether each document is still there, those of all segments together.
            limit: bytes of impacts to keep.
        """
        self._live = live
        self._all_live = bool(live.all())
        self._count = max(1, int(live.sum()))
        self._segments = []
        doc = shape = 0
        for segment in segments:
            self._segments.append((segment, np.intp(doc), np.intp(shape)))
            doc += len(segment.names)
            shape += len(segment.columns)
        self._columns = np.concatenate([np.empty(0, np.uint8), *(s.columns for s in segments)])
        self._weights = np.array([*FIELD_WEIGHTS.values(), 1.0], dtype=np.float32)
        self._gains = self._all_gains(segments)
        having = np.arange(self._count + 1, dtype=np.float32)
        self._idf = np.log(self._count / (having + 1)) + 1
        self._held: dict[tuple[str, str, float, float], Impacts] = {}
        self._limit = limit
        self.kept = 0
        """Bytes of impacts that are kept."""
        self._lock = Lock()

    def of(self, clause: Clause, column: str = "") -> Impacts:
        """What a clause adds to each document."""
        key = (column, clause.term, clause.weight, clause.mass)
        # No lock: looking a key up is one step, and what is found is never changed.
        return self._held.get(key) or self._put(key, self._computed(clause, column))

    def postings(self, term: str, column: str = "") -> Postings:
        """The live postings of a term, in `column` or, where that is empty, in all fields."""
        key = key_of(name_in(column, term))
        parts = [
            (segment.docs[where] + doc, segment.shapes[where] + shape)
            for segment, doc, shape in self._segments
            if (where := segment.find(key)) is not None
        ]
        if not parts:
            return Postings(np.empty(0, np.intp), np.empty(0, np.uint8), np.empty(0, np.float32))
        docs, shapes = (
            parts[0] if len(parts) == 1 else map(np.concatenate, zip(*parts, strict=True))
        )
        if not self._all_live:
            live = self._live[docs]
            docs, shapes = docs[live], shapes[live]
        columns = self._columns.take(shapes)
        having = np.bincount(columns, minlength=len(COLUMNS))
        worth = self._weights * self._idf[having]
        return Postings(docs, columns, worth.take(columns) * self._gains.take(shapes))

    def _computed(self, clause: Clause, column: str) -> Impacts:
        docs, _, impacts = self.postings(clause.term, column)
        values = np.empty(len(docs), dtype=np.complex64)
        np.multiply(impacts, clause.weight, out=values.real)
        values.imag = clause.mass
        values.imag[1:] *= docs[1:] != docs[:-1]
        return Impacts(docs, values)

    def _put(self, key: tuple[str, str, float, float], value: Impacts) -> Impacts:
        with self._lock:
            if key not in self._held:
                self._held[key] = value
                self.kept += value.nbytes
                while self.kept > self._limit:
                    self.kept -= self._held.pop(next(iter(self._held))).nbytes
        return value

    def _all_gains(self, segments: Sequence[SegmentPostings]) -> Floats:
        """What each shape of posting is worth, before idf and the field's weight."""
        none = np.empty((len(COLUMNS), 0), np.float32)
        sizes = np.concatenate([none, *(s.sizes for s in segments)], axis=1)
        counts = np.concatenate([none[0], *(s.counts for s in segments)])
        lengths = np.concatenate([none[0], *(s.lengths for s in segments)])
        means = sizes[:, self._live].sum(axis=1, dtype=float) / self._count
        means[means == 0] = 1
        norms = K1 * (1 - B + B * lengths / means[self._columns])
        gains: Floats = (counts * (K1 + 1) / (counts + norms)).astype(np.float32)
        return gains
