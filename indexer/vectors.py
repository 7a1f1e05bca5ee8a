"""The vectors of a generation's articles: packs of numbers, mapped into memory.

A pack is three files that are written once and never changed: what articles it holds, the vectors
at 8 bits a dimension, and their signs alone. A question is first compared by signs with everything,
which is a few machine instructions a text, and then by all bits with what comes near.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Any

import numpy as np
import orjson
from numpy.typing import NDArray

from indexer.embedding import Embedder, Vectors
from kb.article import Article

PREFIX = "vectors-"
_MAX_PACKS = 12
_NEAR = 1024
"""Texts compared by all bits; the rest is too far away to come first (docs/measurements.md)."""
_SECTION_WORDS = 28
"""What a section is about stands at its start; more costs more and finds no more."""
_BATCH = 256


def texts_of(article: Article) -> list[str]:
    """What of an article is compared by meaning: title, wordings, and the start of each section."""
    return [
        article.title,
        *article.questions,
        *(
            ". ".join(filter(None, (article.title, section.heading, _opening(section.text))))
            for section in article.sections
        ),
    ]


def _opening(text: str) -> str:
    return " ".join(text.split(maxsplit=_SECTION_WORDS)[:_SECTION_WORDS])


@dataclass(frozen=True)
class _Contents:
    """What a pack holds: article by article, each with the digest and the number of its texts."""

    keys: list[str]
    marks: list[str]
    counts: list[int]


class VectorStore:
    """The vectors of one generation, open for reading; safe to use from several threads."""

    def __init__(self, folder: Path, keys: Iterable[str]) -> None:
        """Open the packs of a generation.

        Args:
            folder: the generation.
            keys: of the articles that it has, in the order in which `similar` numbers them.

        Raises:
            OSError, ValueError, KeyError, TypeError: where the files are not what they should be.
        """
        numbers = {key: number for number, key in enumerate(keys)}
        self._packs = _packs(folder)
        self._rows = [_mapped(path, ".rows.npy") for path in self._packs]
        self.starts = np.cumsum([0, *(len(rows) for rows in self._rows)])
        held = [_contents(path) for path in self._packs]
        last = {key: pack for pack, one in enumerate(held) for key in one.keys}
        self.places: dict[str, tuple[str, int, int]] = {}
        """By key: the digest of the texts, the first row, and how many."""
        owners: list[NDArray[np.int32]] = []
        for pack, one in enumerate(held):
            at = int(self.starts[pack])
            living = [numbers.get(key, -1) if last[key] == pack else -1 for key in one.keys]
            for key, mark, count, number in zip(
                one.keys, one.marks, one.counts, living, strict=True
            ):
                if number >= 0:
                    self.places[key] = (mark, at, count)
                at += count
            if at != self.starts[pack + 1]:
                raise ValueError(f"{self._packs[pack].name} is cut short")
            owners.append(np.repeat(np.array(living, np.int32), one.counts))
        self.owners = np.concatenate(owners) if owners else np.empty(0, np.int32)
        """Of each row the number of its article; -1 of one that is no more."""
        signs = [np.load(f"{path}.signs.npy") for path in self._packs]
        self._signs = np.ascontiguousarray(np.concatenate(signs).T) if signs else None

    @property
    def packs(self) -> int:
        """How many packs there are."""
        return len(self._packs)

    def near(self, vector: NDArray[np.float32], among: NDArray[np.bool_]) -> NDArray[np.intp]:
        """The rows whose signs agree best with those of a vector.

        Args:
            vector: shape (dimensions,).
            among: which rows count; shape (rows,).
        """
        if self._signs is None:
            return np.empty(0, np.intp)
        if int(among.sum()) <= _NEAR:
            return np.flatnonzero(among)
        asked = _signs_of(vector[None])[0]
        apart = np.zeros(self._signs.shape[1], np.uint16)
        for word, own in zip(self._signs, asked, strict=True):
            apart += np.bitwise_count(word ^ own)
        apart[~among] = np.iinfo(np.uint16).max
        return np.argpartition(apart, _NEAR)[:_NEAR]

    def cosines(self, vector: NDArray[np.float32], rows: NDArray[np.intp]) -> NDArray[np.float32]:
        """The cosine of a unit vector with each of some rows."""
        found = np.empty(len(rows), np.float32)
        packs = np.searchsorted(self.starts, rows, side="right") - 1
        for pack in np.unique(packs):
            chosen = packs == pack
            held = self._rows[pack][rows[chosen] - self.starts[pack]].astype(np.float32)
            # Not `held @ vector`: BLAS would put every core to it, and most of that is waiting.
            found[chosen] = np.einsum("rd,d->r", held, vector) / np.linalg.norm(held, axis=1)
        return found

    def raw(self, key: str) -> NDArray[np.int8]:
        """The rows of an article as they are kept."""
        _, at, count = self.places[key]
        pack = int(np.searchsorted(self.starts, at, side="right")) - 1
        start = at - int(self.starts[pack])
        rows: NDArray[np.int8] = self._rows[pack][start : start + count]
        return rows


def write_vectors(
    folder: Path,
    pack: str,
    articles: Mapping[str, Article],
    kept: Iterable[str],
    previous: VectorStore | None,
    embedder: Embedder,
    *,
    rewrite: bool,
    step: Callable[[int, int], None],
) -> None:
    """Write a pack with the vectors of what is new in a generation.

    Args:
        folder: the generation being built; the packs of `previous` are linked there already.
        pack: the name of the new pack.
        articles: the new and changed ones, by key.
        kept: keys of the others.
        previous: the vectors of the generation before, made by the same model.
        embedder: makes the vectors.
        rewrite: copy what is kept into the new pack, so that nothing else remains.
        step: told how many articles are done, of how many.

    Raises:
        ModelUnavailable: if the model is broken.
    """
    rewrite = rewrite or previous is None or previous.packs >= _MAX_PACKS
    contents = _Contents([], [], [])
    parts: list[NDArray[np.int8]] = []

    def add(key: str, mark: str, rows: NDArray[np.int8]) -> None:
        contents.keys.append(key)
        contents.marks.append(mark)
        contents.counts.append(len(rows))
        parts.append(rows)

    new: list[tuple[str, str, list[str]]] = []
    for key, article in articles.items():
        texts = texts_of(article)
        mark = blake2b("\0".join(texts).encode(), digest_size=12).hexdigest()
        if previous is None or previous.places.get(key, ("",))[0] != mark:
            new.append((key, mark, texts))
        elif rewrite:
            add(key, mark, previous.raw(key))
    if rewrite and previous is not None:
        for key in kept:
            add(key, previous.places[key][0], previous.raw(key))
    encoded = _encoded(embedder, new)
    for done, ((key, mark, texts), vectors) in enumerate(zip(new, encoded, strict=True), 1):
        step(done, len(new))
        assert len(vectors) == len(texts)
        add(
            key,
            mark,
            np.rint(vectors * 127 / np.abs(vectors).max(axis=1, keepdims=True)).astype(np.int8),
        )
    if rewrite:
        for old in folder.glob(f"{PREFIX}*"):
            old.unlink()
    if not parts:
        return
    rows = np.concatenate(parts)
    np.save(folder / f"{PREFIX}{pack}.rows.npy", rows)
    np.save(folder / f"{PREFIX}{pack}.signs.npy", _signs_of(rows))
    (folder / f"{PREFIX}{pack}.json").write_bytes(orjson.dumps(contents))


def _encoded(
    embedder: Embedder, articles: Sequence[tuple[str, str, list[str]]]
) -> Iterator[Vectors]:
    """The vectors of each article's texts; many articles at a time, as that is quicker."""
    batch: list[list[str]] = []
    for number, (_, _, texts) in enumerate(articles, 1):
        batch.append(texts)
        if sum(map(len, batch)) >= _BATCH or number == len(articles):
            vectors = embedder.encode([text for texts in batch for text in texts])
            yield from np.split(vectors, np.cumsum([len(texts) for texts in batch])[:-1])
            batch = []


def _signs_of(vectors: NDArray[Any]) -> NDArray[np.uint64]:
    """One bit a dimension, 64 to a number; shape (rows, dimensions / 64, rounded up)."""
    bits = np.packbits(vectors > 0, axis=1)
    width = -(-bits.shape[1] // 8) * 8
    padded = np.zeros((len(bits), width), np.uint8)
    padded[:, : bits.shape[1]] = bits
    return padded.view(np.uint64)


def _packs(folder: Path) -> list[Path]:
    """The packs of a generation, the oldest first: their names begin with the time."""
    return sorted(path.with_suffix("") for path in folder.glob(f"{PREFIX}*.json"))


def _contents(pack: Path) -> _Contents:
    return _Contents(**orjson.loads(Path(f"{pack}.json").read_bytes()))


def _mapped(pack: Path, suffix: str) -> NDArray[np.int8]:
    rows: NDArray[np.int8] = np.load(f"{pack}{suffix}", mmap_mode="r")
    if rows.ndim != 2 or rows.dtype != np.int8:
        raise ValueError(f"{pack.name} holds no vectors")
    return rows
