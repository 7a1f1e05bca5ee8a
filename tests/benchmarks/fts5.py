"""SQLite FTS5: Porter stems, stop words stripped, any of the words, its own bm25."""

import sqlite3
from collections.abc import Iterator

from indexer.analysis import words
from indexer.document import Document
from tests.benchmarks.peer import COMPLETIONS, LIMIT, asked_words
from tests.benchmarks.workload import Workload, names, two_fields

_SCHEMA = """
create virtual table articles using fts5(key unindexed, short, rest, tokenize='porter unicode61');
insert into articles(articles, rank) values ('rank', 'bm25(0.0, 2.0, 1.0)');
create virtual table names using fts5(text, prefix='2 3');
create table places(key text primary key, place integer) without rowid;
"""
_SEARCH = "select key from articles where articles match ? order by rank limit ?"
_COMPLETE = "select text from names where names match ? order by rank limit ?"


class Fts5:
    """One database: articles of two fields, and a table of titles and questions to complete."""

    def __init__(self, workload: Workload) -> None:
        self._workload = workload
        self._folder = workload.folder / "fts5"
        self._database: sqlite3.Connection | None = None

    def build(self) -> None:
        self._folder.mkdir()
        self.open()
        assert self._database is not None
        self._database.executescript(_SCHEMA)
        with self._database:
            for place, document in enumerate(self._workload.documents(), 1):
                self._add(place, document)
                lines = [(line,) for line in names(document)]
                self._database.executemany("insert into names(text) values (?)", lines)
            for table in ("articles", "names"):
                self._database.execute(f"insert into {table}({table}) values ('optimize')")
        self._database.close()

    def open(self) -> None:
        self._database = sqlite3.connect(self._folder / "index.db")

    def search(self, asked: str) -> list[str]:
        words_or = " OR ".join(f'"{word}"' for word in asked_words(asked))
        return [str(key) for (key,) in self._rows(_SEARCH, words_or, LIMIT)]

    def complete(self, typed: str) -> int | None:
        said = [f'"{word}"' for word in words(typed)]
        return sum(1 for _ in self._rows(_COMPLETE, f"{' '.join(said)}*", COMPLETIONS))

    def save(self, path: str, document: Document, word: str) -> bool:
        if self._database is None:
            self.open()
        assert self._database is not None
        with self._database:
            found = "select place from places where key = ?"
            (place,) = self._database.execute(found, (document.key,)).fetchone()
            self._database.execute("delete from articles where rowid = ?", (place,))
            self._add(place, document)
        return document.key in self.search(word)

    def _add(self, place: int, document: Document) -> None:
        assert self._database is not None
        self._database.execute(
            "insert into articles(rowid, key, short, rest) values (?, ?, ?, ?)",
            (place, document.key, *two_fields(document)),
        )
        self._database.execute("replace into places values (?, ?)", (document.key, place))

    def _rows(self, statement: str, match: str, limit: int) -> Iterator[tuple[str]]:
        assert self._database is not None
        yield from self._database.execute(statement, (match, limit))
