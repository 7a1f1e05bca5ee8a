"""Plain Whoosh: its own scoring over two fields, with our analysis."""

from collections.abc import Iterator
from typing import Any

from whoosh import fields, index, query
from whoosh.analysis import Token
from whoosh.analysis.acore import Composable
from whoosh.scoring import BM25F

from indexer.analysis import terms
from indexer.document import Document
from tests.benchmarks.peer import LIMIT, asked_terms
from tests.benchmarks.workload import Workload, two_fields

SHORT_WEIGHT = 2.0


class OurAnalyser(Composable):  # type: ignore[misc]
    """Gives Whoosh the terms of our own analysis."""

    def __call__(self, value: str, **_: Any) -> Iterator[Token]:
        token = Token(positions=False, chars=False)
        for term in terms(value):
            token.text = term
            token.boost = 1.0
            yield token


class Whoosh:
    """Whoosh as its manual has it: any of the words, BM25F, top ten."""

    def __init__(self, workload: Workload) -> None:
        self._workload = workload
        self._folder = str(workload.folder / "whoosh")
        self._index: Any = None
        self._searcher: Any = None

    def build(self) -> None:
        text = fields.TEXT(analyzer=OurAnalyser(), phrase=False)
        schema = fields.Schema(key=fields.ID(unique=True, stored=True), short=text, rest=text)
        (self._workload.folder / "whoosh").mkdir()
        writer = index.create_in(self._folder, schema).writer(limitmb=256)
        for document in self._workload.documents():
            short, rest = two_fields(document)
            writer.add_document(key=document.key, short=short, rest=rest)
        writer.commit()

    def open(self) -> None:
        self._index = index.open_dir(self._folder)
        self._searcher = self._index.searcher(weighting=BM25F())

    def search(self, asked: str) -> list[str]:
        said = asked_terms(asked)
        parts = [query.Term("short", term, boost=SHORT_WEIGHT) for term in said]
        parts += [query.Term("rest", term) for term in said]
        return [hit["key"] for hit in self._searcher.search(query.Or(parts), limit=LIMIT)]

    def complete(self, typed: str) -> int | None:
        return None

    def save(self, path: str, document: Document, word: str) -> bool:
        if self._index is None:
            self.open()
        short, rest = two_fields(document)
        writer = self._index.writer()
        writer.update_document(key=document.key, short=short, rest=rest)
        writer.commit()
        self._searcher = self._searcher.refresh()
        return document.key in self.search(word)
