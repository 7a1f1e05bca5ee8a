"""The articles of a generation: packs of JSON, one for each layer of its catalogue.

A pack is written once and never changed. A new generation links the packs of the one before and
adds one of its own, so that an edit writes what was edited and no more.
"""

import os
from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache
from pathlib import Path

from indexer.catalogue import (
    NOTHING,
    PACK,
    Catalogue,
    Layer,
    Row,
    add_layer,
    list_layers,
    read_catalogue,
)
from indexer.changes import first_known, says_the_same
from indexer.engine import IndexDamaged
from indexer.passages import PassageIndex
from kb.article import Article, Kind

_CACHED_ARTICLES = 64
_CACHED_PASSAGES = 128


class ArticleStore:
    """The articles of one generation, open for reading; safe to use from several threads."""

    def __init__(self, folder: Path, before: Catalogue = NOTHING) -> None:
        """Open a generation's articles.

        Args:
            folder: the generation.
            before: what is known of an earlier one, so as not to read it again.

        Raises:
            OSError, ValueError, KeyError, TypeError: where the files are not what they should be.
        """
        self.catalogue = read_catalogue(folder, before)
        self._files: dict[str, int] = {}
        try:
            for layer in self.catalogue.layers:
                pack = folder / f"{layer.name}{PACK}"
                self._files[layer.name] = os.open(pack, os.O_RDONLY)
                if os.fstat(self._files[layer.name]).st_size != layer.pack_bytes:
                    raise ValueError(f"{pack.name} is not as it was written")
        except (OSError, ValueError):
            self.close()
            raise
        self._cached = lru_cache(maxsize=_CACHED_ARTICLES)(self._read)
        self._cached_passages = lru_cache(maxsize=_CACHED_PASSAGES)(self._read_passages)

    @property
    def rows(self) -> Mapping[str, Row]:
        """By key, in its order."""
        return self.catalogue.rows

    def get(self, key: str) -> Article | None:
        """An article by its key; None where this generation has no such article.

        Raises:
            IndexDamaged: if its pack holds something else.
        """
        return self._cached(key) if key in self.rows else None

    def read(self, article_id: str, language: str) -> Article | None:
        """An article in a language, or in English where it has no such translation."""
        original = self.get(article_id)
        if original is None or original.id != article_id:
            return None
        translation = self.get(f"{article_id}.{language}")
        return original if translation is None else translation.completed_by(original)

    def of_kind(self, kind: Kind) -> list[Row]:
        """The rows of a kind by title, each article once."""
        rows = (row for row in self.rows.values() if row.kind == kind and row.language == "en")
        return sorted(rows, key=lambda row: (row.title.casefold(), row.id))

    def passages(self, key: str) -> PassageIndex:
        """The passages of an article that this generation has."""
        return self._cached_passages(key)

    def translations(self, article_id: str) -> list[str]:
        """The languages other than English that an article can be read in."""
        return sorted(
            row.language
            for row in self.rows.values()
            if row.id == article_id and row.language != "en"
        )

    def raw(self, key: str) -> bytes:
        """An article's JSON and passages, for copying them into another pack."""
        row = self.rows[key]
        return os.pread(self._files[row.layer], row.length + row.passages, row.offset)

    def _read(self, key: str) -> Article:
        try:
            return Article.model_validate_json(self.raw(key)[: self.rows[key].length])
        except ValueError as error:
            raise IndexDamaged(f"{self.rows[key].layer} holds no article {key}") from error

    def _read_passages(self, key: str) -> PassageIndex:
        row = self.rows[key]
        data = os.pread(self._files[row.layer], row.passages, row.offset + row.length)
        return PassageIndex.load(data)

    def close(self) -> None:
        """Close the packs; no call may follow."""
        for file in self._files.values():
            os.close(file)
        self._files = {}


def write_articles(
    folder: Path,
    name: str,
    articles: Sequence[tuple[str, Article]],
    gone: Collection[str],
    words: Mapping[str, int],
    previous: ArticleStore | None,
    *,
    rewrite: bool,
    at: int,
) -> None:
    """Write what changes as one layer, and the catalogue.

    Args:
        folder: the generation being built; the layers of `previous` are linked there already.
        name: of the new layer.
        articles: fingerprint and article of each new or changed one.
        gone: the keys of those that are no longer there.
        words: each plain word that another number of articles has now, with that number.
        previous: the store that changes; None for none.
        rewrite: copy everything into the new layer, so that nothing else remains.
        at: the time of this publish, in seconds since 1970, UTC.
    """
    before = previous.catalogue if previous is not None else NOTHING
    merged = before.layers if rewrite else before.to_merge()
    layers = before.layers
    rows: dict[str, Row] = {}
    if articles or gone or merged:
        with (folder / f"{name}{PACK}").open("wb") as file:
            for fingerprint, article in articles:
                data = article.model_dump_json(exclude_defaults=True).encode()
                passages = PassageIndex.of(article).data
                changed = _changed_at(article, previous, at)
                place = (name, file.tell(), len(data), len(passages))
                rows[article.key] = Row.of(article, fingerprint, changed, *place)
                file.write(data + passages)
            for row in before.rows_in(merged):
                if previous is not None and row.key not in rows and row.key not in gone:
                    rows[row.key] = row._replace(layer=name, offset=file.tell())
                    file.write(previous.raw(row.key))
            size = file.tell()
        layer = Layer(tuple(rows.values()), tuple(gone), words)
        layers = add_layer(folder, name, layer, size, before, merged)
    list_layers(folder, layers, len((before.rows.keys() | rows.keys()) - set(gone)))


def _changed_at(article: Article, previous: ArticleStore | None, at: int) -> int:
    if previous is None:
        return first_known(article, at)
    before = previous.get(article.key)
    if before is None or not says_the_same(article, before):
        return at
    return previous.rows[article.key].changed
