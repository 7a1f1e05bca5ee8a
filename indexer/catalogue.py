"""What is known of the articles of a generation without opening one: a row each, and all words.

It lies in layers, one for each publish that changed an article: the rows of those that are new, the
keys of those that went, and the words that other articles have than before. A layer is written
once. A new generation links the layers of the one before and adds its own, so that an edit writes
what was edited and no more; and who knows the one before reads no more than that.

    catalogue.json           which layers there are, oldest first; the last that names a thing holds
    articles-<name>.json     a layer
    articles-<name>.pack     its articles (indexer/store.py)
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import takewhile
from pathlib import Path
from sys import intern
from typing import Any, NamedTuple, Self

import orjson

from indexer.lexicon import Lexicon
from kb.article import Article

CATALOGUE = "catalogue.json"
LAYER = ".json"
PACK = ".pack"
_MANY = 12
"""Layers from which on all but the first are put into one."""
_STALE = 0.25
"""The share of the first layer's articles that must have been replaced for it to follow."""


class Row(NamedTuple):
    """What lists and suggestions need of an article, and where all of it lies."""

    layer: str
    offset: int
    """In the layer's pack."""
    length: int
    """Of the article, in bytes."""
    passages: int
    """Of its passages, which lie behind it, in bytes."""
    changed: int
    """Since when the edition has said this: seconds since 1970, UTC."""
    key: str
    fingerprint: str
    id: str
    language: str
    kind: str
    service: str
    title: str
    number: str
    """As 4-217; empty for none."""
    questions: tuple[str, ...]
    a_z: tuple[str, ...]
    tags: tuple[str, ...]
    promoted_for: tuple[str, ...]

    @classmethod
    def of(
        cls,
        article: Article,
        fingerprint: str,
        changed: int,
        layer: str,
        offset: int,
        length: int,
        passages: int,
    ) -> Self:
        """The row of an article that lies at `offset` of a pack."""
        return cls(
            layer=layer,
            offset=offset,
            length=length,
            passages=passages,
            changed=changed,
            key=article.key,
            fingerprint=fingerprint,
            id=article.id,
            language=article.language,
            kind=article.kind.value,
            service=article.service or "",
            title=article.title,
            number=article.number or "",
            questions=article.questions,
            a_z=article.a_z,
            tags=article.tags,
            promoted_for=article.promoted_for,
        )


@dataclass(frozen=True)
class Layer:
    """What one publish changed."""

    rows: tuple[Row, ...]
    gone: tuple[str, ...]
    """Keys that are no longer there, unless they are among the rows."""
    words: Mapping[str, int]
    """By plain word: the number of articles that have it now; nothing for one that went."""

    def write(self, path: Path) -> None:
        """Write it to a new file."""
        held = {"rows": [row[1:] for row in self.rows], "gone": self.gone, "words": self.words}
        path.write_bytes(orjson.dumps(held))

    @classmethod
    def read(cls, path: Path) -> Self:
        """Read what `write` wrote.

        Raises:
            OSError, ValueError, KeyError, TypeError: where it is something else.
        """
        held = orjson.loads(path.read_bytes())
        rows = (_row(path.stem, row) for row in held["rows"])
        return cls(tuple(rows), tuple(held["gone"]), held["words"])


def _row(layer: str, held: list[Any]) -> Row:
    """The row that lies in a file as a list, in the order of its fields."""
    *places, key, fingerprint, id_, language, kind, service, title, number = held[:12]
    few = map(intern, (language, kind, service))  # the same ones in many articles
    lists = map(tuple, held[12:])
    return Row._make((layer, *places, key, fingerprint, id_, *few, title, number, *lists))


class LayerFile(NamedTuple):
    """A layer of a generation, as it is listed and as its file was found."""

    name: str
    merged: tuple[str, ...]
    """The layers of earlier generations that are in it, with all that they say."""
    pack_bytes: int
    bytes: int
    mtime_ns: int


@dataclass(frozen=True)
class Catalogue:
    """All layers of a generation together; not changed once made, so that others may share it."""

    layers: tuple[LayerFile, ...]
    rows: Mapping[str, Row]
    """By key, in its order."""
    lexicon: Lexicon

    def rows_in(self, layers: Collection[LayerFile]) -> list[Row]:
        """The rows that lie in some layers."""
        names = {layer.name for layer in layers}
        return [row for row in self.rows.values() if row.layer in names] if names else []

    def to_merge(self) -> tuple[LayerFile, ...]:
        """The layers that had better be put into the next one: none but when there are many."""
        if len(self.layers) < _MANY:
            return ()
        first, *others = self.layers
        live = sum(row.length + row.passages for row in self.rows_in([first]))
        stale = live < first.pack_bytes * (1 - _STALE)
        return self.layers if stale else tuple(others)


NOTHING = Catalogue((), {}, Lexicon.of({}))


def read_catalogue(folder: Path, before: Catalogue = NOTHING) -> Catalogue:
    """Read the catalogue of a generation.

    Args:
        folder: the generation.
        before: what is known of an earlier one; what both have is not read again.

    Raises:
        OSError, ValueError, KeyError, TypeError: where the files are not what they should be.
    """
    listed = orjson.loads((folder / CATALOGUE).read_bytes())
    layers = tuple(_found(folder, **entry) for entry in listed["layers"])
    if layers == before.layers:
        return before
    known = _known(before.layers, layers)
    base = before if known else NOTHING
    rows = dict(base.rows)
    words: dict[str, int] = {}
    for layer in layers[known:]:
        read = Layer.read(folder / f"{layer.name}{LAYER}")
        for key in read.gone:
            rows.pop(key, None)
        rows |= {row.key: row for row in read.rows}
        words |= read.words
    if len(rows) != listed["articles"]:
        raise ValueError(f"{CATALOGUE} counts other articles than its layers have")
    if list(rows) != list(base.rows):
        rows = {key: rows[key] for key in sorted(rows)}
    lexicon = base.lexicon.changed(words) if known else Lexicon.of(words)
    return Catalogue(layers, rows, lexicon)


def _found(folder: Path, name: str, merged: list[str], pack_bytes: int) -> LayerFile:
    status = (folder / f"{name}{LAYER}").stat()
    return LayerFile(name, tuple(merged), pack_bytes, status.st_size, status.st_mtime_ns)


def _known(before: tuple[LayerFile, ...], now: tuple[LayerFile, ...]) -> int:
    """How many layers need not be read: those in common, if the others say all that went since."""
    pairs = zip(before, now, strict=False)
    same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
    merged = {name for layer in now[same:] for name in layer.merged}
    return same if all(layer.name in merged for layer in before[same:]) else 0


def add_layer(
    folder: Path,
    name: str,
    layer: Layer,
    pack_bytes: int,
    before: Catalogue,
    merged: tuple[LayerFile, ...],
) -> tuple[LayerFile, ...]:
    """Write a layer beside those of an earlier catalogue.

    Args:
        folder: the generation being built, in which the layers of `before` are linked.
        name: of the new layer.
        layer: what is new, and the rows of all that lies in `merged`.
        pack_bytes: the size of its pack.
        before: the catalogue that changes.
        merged: layers in whose place the new one comes; nothing of them is kept.

    Returns:
        The layers that there are now.
    """
    kept = tuple(one for one in before.layers if one not in merged)
    now = before.lexicon.changed(layer.words).words
    if not kept:
        layer = replace(layer, gone=(), words=now)
    for one in merged if kept else ():
        earlier = Layer.read(folder / f"{one.name}{LAYER}")
        layer = replace(
            layer,
            gone=(*layer.gone, *earlier.gone),
            words={**layer.words, **{word: now[word] for word in earlier.words}},
        )
    layer.write(folder / f"{name}{LAYER}")
    for one in merged:
        for suffix in (LAYER, PACK):
            (folder / f"{one.name}{suffix}").unlink()
    return (*kept, _found(folder, name, [one.name for one in merged], pack_bytes))


def list_layers(folder: Path, layers: Iterable[LayerFile], articles: int) -> None:
    """Write down which layers a generation has, and how many articles are in all of them."""
    listed = [
        {"name": one.name, "merged": one.merged, "pack_bytes": one.pack_bytes} for one in layers
    ]
    held = {"layers": listed, "articles": articles}
    (folder / CATALOGUE).write_bytes(orjson.dumps(held))
