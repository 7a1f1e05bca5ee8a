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
Docs = npt.NDArray[np.uint32]
Floats = npt.NDArray[np.float32]
Plane = npt.NDArray[np.complex64]


Impacts = tuple[Docs, Plane]
"""What a clause adds to documents.

First the documents, ascending; one comes once for each field that has the term. Where the index is
of one piece they lie in its file, whose pages processes share. Then what that field adds to the
score; and as the imaginary part, once for each document, the mass of the clause. So numpy adds both
up in one pass. A plain tuple of arrays costs the garbage collector nothing, however many are kept.
"""
Key = tuple[str, str, float, float]


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
        self,
        segments: Sequence[SegmentPostings],
        live: npt.NDArray[np.bool_],
        limit: int,
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
            self._segments.append((segment, np.uint32(doc), np.intp(shape)))
            doc += len(segment.names)
            shape += len(segment.columns)
        self._columns = np.concatenate([np.empty(0, np.uint8), *(s.columns for s in segments)])
        self._weights = np.array([*FIELD_WEIGHTS.values(), 1.0], dtype=np.float32)
        self._gains = self._all_gains(segments)
        having = np.arange(self._count + 1, dtype=np.float32)
        self._idf = np.log(self._count / (having + 1)) + 1
        self._held: dict[Key, Impacts] = {}
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
            (
                segment.docs[where] + doc if doc else segment.docs[where],
                segment.shapes[where] + shape,
            )
            for segment, doc, shape in self._segments
            if (where := segment.find(key)) is not None
        ]
        if not parts:
            return Postings(np.empty(0, np.uint32), np.empty(0, np.uint8), np.empty(0, np.float32))
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
        return docs, values

    def _put(self, key: Key, value: Impacts) -> Impacts:
        with self._lock:
            if key not in self._held:
                self._held[key] = value
                self.kept += _size(value)
                while self.kept > self._limit:
                    self.kept -= _size(self._held.pop(next(iter(self._held))))
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


def _size(impacts: Impacts) -> int:
    """The memory that they take; that of objects is a guess."""
    docs, values = impacts
    return (docs.nbytes if docs.flags.owndata else 0) + values.nbytes + 400
