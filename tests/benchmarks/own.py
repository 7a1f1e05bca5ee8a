"""This search: whole, its engine with the whole recipe, and its engine at the peers' job."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, replace
from typing import Any, cast

from indexer.array_engine import ARRAYS
from indexer.current import CurrentEdition, open_searcher
from indexer.document import Document, Field
from indexer.engine import Clause, Engine, Query, Ranking
from indexer.publish import Publisher
from indexer.results import SearchRequest
from indexer.search import Searcher
from kb.article import Edition
from tests.benchmarks.peer import COMPLETIONS, LIMIT, asked_terms
from tests.benchmarks.workload import Workload, two_fields

RECIPE = "recipe.jsonl"
"""The queries that the whole recipe makes of the questions."""


def edition_of(workload: Workload) -> Edition:
    """The edition to ask: the public one, unless all articles are for staff."""
    return Edition((workload.folder / "edition").read_text())


class Whole:
    """From what was typed to passages with marks, as every page and the API have it."""

    def __init__(self, workload: Workload) -> None:
        self._workload = workload
        self._var = workload.folder / "var"
        self._publisher: Publisher | None = None
        self._current: CurrentEdition | None = None
        self._searcher: Searcher | None = None

    def build(self) -> None:
        Publisher(self._workload.content, self._var).publish()

    def open(self) -> None:
        self._searcher = open_searcher(self._var, edition_of(self._workload))

    def search(self, asked: str) -> list[str]:
        assert self._searcher is not None
        page = self._searcher.search(SearchRequest(asked, size=LIMIT))
        return [hit.id for hit in page.results]

    def complete(self, typed: str) -> int | None:
        assert self._searcher is not None
        return len(self._searcher.suggest(typed, COMPLETIONS))

    def save(self, path: str, document: Document, word: str) -> bool:
        if self._publisher is None or self._current is None:
            self._publisher = Publisher(self._workload.content, self._var)
            self._current = CurrentEdition(self._var, edition_of(self._workload))
        file = self._workload.content / path
        file.write_text(f"{file.read_text(encoding='utf-8')}\n\nEdited {word}.\n", encoding="utf-8")
        self._publisher.publish()
        with self._current.reading() as searcher:
            page = searcher.search(SearchRequest(word))
        return document.key in [hit.id for hit in page.results]

    def write_recipe(self) -> None:
        """Leave the queries that the engine gets, for those who measure with them."""
        searcher = open_searcher(self._var, edition_of(self._workload))
        recorder = _Recorder(searcher.generation.engine)
        searcher.generation.engine = cast(Engine, recorder)
        with (self._workload.folder / RECIPE).open("w", encoding="utf-8") as file:
            for asked in self._workload.asked("warm_up") + self._workload.asked("queries"):
                searcher.search(SearchRequest(asked, size=LIMIT))
                file.write(json.dumps({"asked": asked, "query": asdict(recorder.last)}) + "\n")
        searcher.close()


class _Recorder:
    """An engine that remembers what it was asked."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self.last = Query(())

    def rank(self, query: Query, limit: int, asked: Iterable[str] = ()) -> Ranking:
        self.last = query
        return self._engine.rank(query, limit, asked)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._engine, name)


def recipe(workload: Workload) -> dict[str, Query]:
    """The query of each question, as the whole recipe has it."""
    found: dict[str, Query] = {}
    with (workload.folder / RECIPE).open(encoding="utf-8") as file:
        for line in file:
            held = json.loads(line)
            for name in ("clauses", "hints"):
                held["query"][name] = tuple(Clause(**one) for one in held["query"][name])
            found[held["asked"]] = Query(**held["query"])
    return found


class Recipe:
    """The engine's ranking alone, of queries that were made before."""

    def __init__(self, workload: Workload) -> None:
        self._workload = workload
        self._engine: Engine | None = None
        self._queries: dict[str, Query] = {}

    def build(self) -> None:
        """It reads what the whole path published."""

    def open(self) -> None:
        searcher = open_searcher(self._workload.folder / "var", edition_of(self._workload))
        folder = searcher.generation.folder
        searcher.close()
        self._engine = ARRAYS.open(folder / "index")
        self._queries = recipe(self._workload)

    def search(self, asked: str) -> list[str]:
        assert self._engine is not None
        return [match.key for match in self._engine.rank(self._queries[asked], LIMIT).matches]

    def complete(self, typed: str) -> int | None:
        return None

    def save(self, path: str, document: Document, word: str) -> bool:
        return False


class SameJob:
    """The peers' job: words and stems in two fields, without trigrams, coverage or synonyms."""

    def __init__(self, workload: Workload) -> None:
        self._workload = workload
        self._folder = workload.folder / "plain"
        self._engine: Engine | None = None

    def build(self) -> None:
        self._folder.mkdir()
        ARRAYS.update(self._folder, self._documents(), (), rewrite=False)

    def open(self) -> None:
        self._engine = ARRAYS.open(self._folder)

    def search(self, asked: str) -> list[str]:
        assert self._engine is not None
        query = Query(tuple(map(Clause, asked_terms(asked))))
        return [match.key for match in self._engine.rank(query, LIMIT).matches]

    def complete(self, typed: str) -> int | None:
        return None

    def save(self, path: str, document: Document, word: str) -> bool:
        ARRAYS.update(self._folder, [_two(document)], (), rewrite=False)
        self.open()
        return document.key in self.search(word)

    def _documents(self) -> Iterator[Document]:
        return map(_two, self._workload.documents())


def _two(document: Document) -> Document:
    short, rest = two_fields(document)
    fields = {**dict.fromkeys(Field, ""), Field.TITLE: short, Field.BODY: rest}
    return replace(document, fields=fields)
