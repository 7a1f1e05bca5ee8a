"""The articles of a generation: packs of JSON, and a catalogue that says where each one lies.

A pack is written once and never changed. A new generation links the packs of the one before and
adds one of its own, so that an edit writes what was edited and no more.
"""

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Self

import orjson

from indexer.changes import first_known, says_the_same
from indexer.engine import IndexDamaged
from indexer.passages import PassageIndex
from kb.article import Article, Kind

CATALOGUE = "catalogue.json"
_MAX_PACKS = 12
_CACHED_ARTICLES = 64
_CACHED_PASSAGES = 128


@dataclass(frozen=True, slots=True)
class Row:
    """What lists and suggestions need of an article, and where all of it lies."""

    key: str
    fingerprint: str
    id: str
    language: str
    title: str
    kind: str
    service: str
    questions: tuple[str, ...]
    a_z: tuple[str, ...]
    tags: tuple[str, ...]
    promoted_for: tuple[str, ...]
    changed: int
    """Since when the edition has said this: seconds since 1970, UTC."""
    pack: str
    offset: int
    length: int
    """Of the article, in bytes."""
    passages: int
    """Of its passages, which lie behind it, in bytes."""

    @classmethod
    def of(
        cls,
        article: Article,
        fingerprint: str,
        changed: int,
        pack: str,
        offset: int,
        length: int,
        passages: int,
    ) -> Self:
        """The row of an article that lies at `offset` of a pack."""
        return cls(
            key=article.key,
            fingerprint=fingerprint,
            id=article.id,
            language=article.language,
            title=article.title,
            kind=article.kind.value,
            service=article.service or "",
            questions=article.questions,
            a_z=article.a_z,
            tags=article.tags,
            promoted_for=article.promoted_for,
            changed=changed,
            pack=pack,
            offset=offset,
            length=length,
            passages=passages,
        )


class ArticleStore:
    """The articles of one generation, open for reading; safe to use from several threads."""

    def __init__(self, folder: Path) -> None:
        """Open a generation's articles.

        Raises:
            OSError, ValueError, KeyError, TypeError: where the files are not what they should be.
        """
        rows = orjson.loads((folder / CATALOGUE).read_bytes())
        self.rows: dict[str, Row] = {}
        for row in rows:
            lists = ("questions", "a_z", "tags", "promoted_for")
            self.rows[row["key"]] = Row(**{**row, **{name: tuple(row[name]) for name in lists}})
        ends: dict[str, int] = {}
        for one in self.rows.values():
            ends[one.pack] = max(ends.get(one.pack, 0), one.offset + one.length + one.passages)
        self._files: dict[str, int] = {}
        try:
            for pack, end in ends.items():
                self._files[pack] = os.open(folder / pack, os.O_RDONLY)
                if os.fstat(self._files[pack]).st_size < end:
                    raise ValueError(f"{pack} is cut short")
        except (OSError, ValueError):
            self.close()
            raise
        self._cached = lru_cache(maxsize=_CACHED_ARTICLES)(self._read)
        self._cached_passages = lru_cache(maxsize=_CACHED_PASSAGES)(self._read_passages)

    def get(self, key: str) -> Article | None:
        """An article by its key; None where this generation has no such article.

        Raises:
            IndexDamaged: if its pack holds something else.
        """
        return self._cached(key) if key in self.rows else None

    def read(self, article_id: str, language: str) -> Article | None:
        """An article in a language, or in English where it has no such translation."""
        found = self.get(f"{article_id}.{language}") or self.get(article_id)
        return found if found is not None and found.id == article_id else None

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
        return os.pread(self._files[row.pack], row.length + row.passages, row.offset)

    def _read(self, key: str) -> Article:
        try:
            return Article.model_validate_json(self.raw(key)[: self.rows[key].length])
        except ValueError as error:
            raise IndexDamaged(f"{self.rows[key].pack} holds no article {key}") from error

    def _read_passages(self, key: str) -> PassageIndex:
        row = self.rows[key]
        data = os.pread(self._files[row.pack], row.passages, row.offset + row.length)
        return PassageIndex.load(data)

    def close(self) -> None:
        """Close the packs; no call may follow."""
        for file in self._files.values():
            os.close(file)
        self._files = {}


def write_articles(
    folder: Path,
    pack: str,
    articles: Iterable[tuple[str, Article]],
    previous: ArticleStore | None,
    kept: Mapping[str, str],
    *,
    rewrite: bool,
    at: int,
) -> None:
    """Write a generation's catalogue, and one pack of what is new in it.

    Args:
        folder: the generation being built; the packs of `previous` are linked there already.
        pack: the name of the new pack.
        articles: fingerprint and article of each new or changed one.
        previous: the store to take `kept` from.
        kept: fingerprints by key of the articles that have not changed.
        rewrite: copy what is kept into the new pack, so that nothing else remains.
        at: the time of this publish, in seconds since 1970, UTC.
    """
    rows: list[Row] = []
    packs = {previous.rows[key].pack for key in kept} if previous and kept else set()
    rewrite = rewrite or len(packs) >= _MAX_PACKS
    with (folder / pack).open("wb") as file:
        for fingerprint, article in articles:
            data = article.model_dump_json(exclude_defaults=True).encode()
            passages = PassageIndex.of(article).dump()
            changed = _changed_at(article, previous, at)
            row = Row.of(article, fingerprint, changed, pack, file.tell(), len(data), len(passages))
            rows.append(row)
            file.write(data + passages)
        for key, fingerprint in kept.items():
            assert previous is not None
            row = previous.rows[key]
            values = {name: getattr(row, name) for name in Row.__slots__}
            values["fingerprint"] = fingerprint
            if rewrite:
                values |= {"pack": pack, "offset": file.tell()}
                file.write(previous.raw(key))
            rows.append(Row(**values))
    rows.sort(key=lambda row: row.key)
    used = {row.pack for row in rows}
    for old in folder.glob("articles-*.pack"):
        if old.name not in used:
            old.unlink()
    catalogue = orjson.dumps(rows, option=orjson.OPT_APPEND_NEWLINE)
    (folder / CATALOGUE).write_bytes(catalogue)


def _changed_at(article: Article, previous: ArticleStore | None, at: int) -> int:
    if previous is None:
        return first_known(article, at)
    before = previous.get(article.key)
    if before is None or not says_the_same(article, before):
        return at
    return previous.rows[article.key].changed
