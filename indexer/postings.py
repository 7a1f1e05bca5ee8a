"""Postings as arrays: read out of a Whoosh segment once, then mapped into memory.

A file holds one segment: a JSON header, then plain arrays. Several processes that map it share its
pages. Terms are found by a 64-bit hash; of a million terms, two collide with a chance of 3 in 10⁸.

    keys     uint64  [terms]         hash of each term, ascending
    starts   uint32  [terms + 1]     where each term's postings begin
    docs     uint32  [postings]      document number in the segment, ascending within a term
    shapes   uint16  [postings]      which of the shapes below it has; uint32 where there are many
    columns  uint8   [shapes]        position in `COLUMNS`
    counts   float32 [shapes]        how often the term stands in that field
    lengths  float32 [shapes]        how long that field is, in terms, as Whoosh rounds it
    sizes    float32 [columns, docs]  how long each field is, exactly
    kinds    uint64  [docs]          hash of the kind
    services uint64  [docs]          hash of the service

A posting's shape is all that its score depends on besides the term. A few thousand of them serve
millions of postings, so that what a shape is worth is worked out once, when the file is opened.
"""

import hashlib
import mmap
from array import array
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import orjson

from indexer.document import Field

GRAMS = "grams"
COLUMNS = (*(field.value for field in Field), GRAMS)
"""What postings are told apart by: the fields, and trigrams of the short ones."""
SUFFIX = ".postings"
_MAGIC = b"kbpost3\n"
_ALIGN = 64

Array = npt.NDArray[Any]


@lru_cache(maxsize=10_000)
def key_of(text: str) -> int:
    """The 64-bit hash by which a term is found."""
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "little")


def name_in(column: str, term: str) -> str:
    """The name a term is kept under; trigrams apart from words."""
    return f"{GRAMS}:{term}" if column == GRAMS else term


@dataclass(frozen=True)
class SegmentPostings:
    """One segment, mapped into memory."""

    names: tuple[str, ...]
    """The key of each document."""
    kinds: Array
    services: Array
    keys: Array
    starts: Array
    docs: Array
    shapes: Array
    columns: Array
    counts: Array
    lengths: Array
    sizes: Array

    @property
    def nbytes(self) -> int:
        """What the postings take."""
        return int(self.docs.nbytes + self.shapes.nbytes)

    def find(self, key: int) -> slice | None:
        """Where the postings of a term lie; None where the segment does not have it."""
        place = int(self.keys.searchsorted(np.uint64(key)))
        if place == len(self.keys) or int(self.keys[place]) != key:
            return None
        return slice(int(self.starts[place]), int(self.starts[place + 1]))


def write_postings(
    path: Path,
    documents: Iterable[tuple[str, str, str]],
    postings: Iterable[tuple[str, str, list[int], list[float]]],
    lengths: Array,
) -> None:
    """Write a segment.

    Args:
        path: the file to write.
        documents: key, kind and service of each document, in order.
        postings: term, column, document numbers and weights.
        lengths: shape (columns, documents).
    """
    described = list(documents)
    known: dict[str, int] = {}
    runs = array("I"), array("B"), array("I")
    docs, counts = array("I"), array("f")
    for term, column, ids, values in postings:
        run = known.setdefault(name_in(column, term), len(known)), COLUMNS.index(column), len(ids)
        for held, value in zip(runs, run, strict=True):
            held.append(value)
        docs.extend(ids)
        counts.extend(values)
    terms, codes, sizes_of_runs = map(np.array, runs)
    numbers = np.array(docs, dtype=np.uint32)
    weights = np.array(counts, dtype=np.float32)
    columns = np.repeat(codes, sizes_of_runs)
    sizes = np.zeros(lengths.shape, dtype=np.float32)
    np.add.at(sizes, (columns, numbers), weights)
    shape_of, shapes = _shapes(columns, weights, lengths, numbers)
    keys = np.array([key_of(name) for name in known], dtype=np.uint64)
    rank = np.argsort(np.argsort(keys)).astype(np.uint64)
    # By term, then by document; the fields of a document as they came.
    place = np.repeat(rank[terms], sizes_of_runs) << np.uint64(32) | numbers
    order = np.argsort(place, kind="stable")
    firsts = np.arange(len(keys) + 1, dtype=np.uint64) << np.uint64(32)
    arrays: dict[str, Array] = {
        "keys": np.sort(keys),
        "starts": np.searchsorted(place[order], firsts).astype(np.uint32),
        "docs": numbers[order],
        "shapes": shape_of[order],
        **shapes,
        "sizes": sizes,
        "kinds": np.array([key_of(kind) for _, kind, _ in described], dtype=np.uint64),
        "services": np.array([key_of(service) for _, _, service in described], dtype=np.uint64),
    }
    _write(path, {"names": [name for name, _, _ in described]}, arrays)


def _shapes(
    columns: Array, counts: Array, lengths: Array, docs: Array
) -> tuple[Array, dict[str, Array]]:
    """The number of each posting's shape, and what the shapes are."""
    rounded, code = np.unique(lengths, return_inverse=True)
    code = code.reshape(lengths.shape)[columns, docs].astype(np.uint64)
    high = columns.astype(np.uint64) << np.uint64(24) | code
    packed = high << np.uint64(32) | counts.view(np.uint32)
    found, shape_of = np.unique(packed, return_inverse=True)
    high = found >> np.uint64(32)
    shapes = {
        "columns": (high >> np.uint64(24)).astype(np.uint8),
        "counts": found.astype(np.uint32).view(np.float32),
        "lengths": rounded[high & np.uint64(0xFFFFFF)].astype(np.float32),
    }
    return shape_of.astype(np.min_scalar_type(len(found))), shapes


def _write(path: Path, header: dict[str, Any], arrays: dict[str, Array]) -> None:
    table: dict[str, Any] = {}
    at = 0
    for name, held in arrays.items():
        table[name] = [held.dtype.str, list(held.shape), at]
        at += -(-held.nbytes // _ALIGN) * _ALIGN
    head = orjson.dumps({**header, "arrays": table})
    with path.open("wb") as file:
        file.write(_MAGIC + len(head).to_bytes(8, "little") + head)
        file.write(b"\0" * (-file.tell() % _ALIGN))
        for held in arrays.values():
            file.write(np.ascontiguousarray(held).tobytes())
            file.write(b"\0" * (-file.tell() % _ALIGN))


def open_postings(path: Path) -> SegmentPostings:
    """Map a segment into memory.

    Raises:
        OSError, ValueError: where the file is not what it should be.
    """
    with path.open("rb") as file:
        mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    if mapped[: len(_MAGIC)] != _MAGIC:
        raise ValueError(f"{path.name} is not a postings file of this version")
    begin = len(_MAGIC) + 8
    size = int.from_bytes(mapped[len(_MAGIC) : begin], "little")
    header = orjson.loads(mapped[begin : begin + size])
    base = -(-(begin + size) // _ALIGN) * _ALIGN
    arrays = {
        name: np.frombuffer(
            mapped, dtype=np.dtype(kind), count=int(np.prod(shape)), offset=base + at
        ).reshape(shape)
        for name, (kind, shape, at) in header["arrays"].items()
    }
    return SegmentPostings(names=tuple(header["names"]), **arrays)
