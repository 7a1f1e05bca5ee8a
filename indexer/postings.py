"""Postings as arrays: read out of a Whoosh segment once, then mapped into memory.

A file holds one segment: a JSON header, then plain arrays. Several processes that map it share its
pages. Terms are found by a 64-bit hash; of a million terms, two collide with a chance of 3 in 10⁸.

    keys     uint64  [terms]         hash of each term, ascending
    starts   uint32  [terms + 1]     where each term's postings begin
    docs     uint32  [postings]      document number in the segment
    columns  uint8   [postings]      position in `COLUMNS`
    weights  float32 [postings]      how often the term stands in that field
    lengths  float32 [columns, docs]  how long each field is, in terms, as Whoosh rounds it
    sizes    float32 [columns, docs]  the same, exactly
    kinds    uint64  [docs]          hash of the kind
    services uint64  [docs]          hash of the service
"""

import hashlib
import mmap
from collections.abc import Iterable
from dataclasses import dataclass
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
_MAGIC = b"kbpost2\n"
_ALIGN = 64

Array = npt.NDArray[Any]


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
    columns: Array
    weights: Array
    lengths: Array
    sizes: Array

    def find(self, key: int) -> slice | None:
        """Where the postings of a term lie; None where the segment does not have it."""
        place = int(np.searchsorted(self.keys, np.uint64(key)))
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
    hashes: list[int] = []
    counts: list[int] = []
    codes: list[int] = []
    docs: list[int] = []
    weights: list[float] = []
    known: dict[str, int] = {}
    for term, column, ids, values in postings:
        hashes.append(known.setdefault(name_in(column, term), len(known)))
        counts.append(len(ids))
        codes.append(COLUMNS.index(column))
        docs += ids
        weights += values
    sizes = np.zeros(lengths.shape, dtype=np.float32)
    columns = np.repeat(np.array(codes, dtype=np.uint8), counts)
    np.add.at(sizes, (columns.astype(np.intp), np.array(docs, dtype=np.intp)), weights)
    keys = np.array([key_of(term) for term in known], dtype=np.uint64)
    order = np.argsort(keys, kind="stable")
    rank = np.empty_like(order)
    rank[order] = np.arange(len(order))
    term_of = np.repeat(rank[np.array(hashes, dtype=np.int64)], counts) if hashes else order
    sort = np.argsort(term_of, kind="stable")
    starts = np.searchsorted(term_of[sort], np.arange(len(keys) + 1)).astype(np.uint32)
    arrays: dict[str, Array] = {
        "keys": keys[order],
        "starts": starts,
        "docs": np.array(docs, dtype=np.uint32)[sort],
        "columns": columns[sort],
        "weights": np.array(weights, dtype=np.float32)[sort],
        "lengths": lengths.astype(np.float32),
        "sizes": sizes,
        "kinds": np.array([key_of(kind) for _, kind, _ in described], dtype=np.uint64),
        "services": np.array([key_of(service) for _, _, service in described], dtype=np.uint64),
    }
    _write(path, {"names": [name for name, _, _ in described]}, arrays)


def _write(path: Path, header: dict[str, Any], arrays: dict[str, Array]) -> None:
    table: dict[str, Any] = {}
    at = 0
    for name, array in arrays.items():
        table[name] = [array.dtype.str, list(array.shape), at]
        at += -(-array.nbytes // _ALIGN) * _ALIGN
    head = orjson.dumps({**header, "arrays": table})
    with path.open("wb") as file:
        file.write(_MAGIC + len(head).to_bytes(8, "little") + head)
        file.write(b"\0" * (-file.tell() % _ALIGN))
        for array in arrays.values():
            file.write(np.ascontiguousarray(array).tobytes())
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
