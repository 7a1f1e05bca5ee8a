"""tantivy, at its own job and given this search's fields, trigrams and expanded words."""

import re
from pathlib import Path

import tantivy

from indexer.analysis import grams, terms, words
from indexer.document import Document, Field
from indexer.engine import FIELD_WEIGHTS, Clause, Query
from tests.benchmarks.own import recipe
from tests.benchmarks.peer import COMPLETIONS, LIMIT, asked_words
from tests.benchmarks.workload import Workload, names, two_fields

HEAP = 128_000_000
BOOSTS = {"short": 2.0, "rest": 1.0}
GRAMS = "grams"
_GRAM_FIELDS = (Field.TITLE, Field.QUESTIONS, Field.TAGS, Field.SUMMARY)


def _written(folder: Path, schema: tantivy.Schema) -> tantivy.Index:
    folder.mkdir(parents=True)
    return tantivy.Index(schema, path=str(folder))


class Tantivy:
    """Two fields, its English stems, any of the words; no count, so that it may skip."""

    def __init__(self, workload: Workload) -> None:
        self._workload = workload
        self._folder = workload.folder / "tantivy"
        self._index: tantivy.Index | None = None
        self._names: tantivy.Index | None = None

    def build(self) -> None:
        schema = tantivy.SchemaBuilder()
        schema.add_text_field("key", stored=True, tokenizer_name="raw")
        for name in BOOSTS:
            schema.add_text_field(name, tokenizer_name="en_stem", index_option="freq")
        plain = tantivy.SchemaBuilder().add_text_field("text", stored=True)
        articles = _written(self._folder / "articles", schema.build())
        lines = _written(self._folder / "names", plain.build())
        writer, other = articles.writer(HEAP), lines.writer(HEAP)
        for document in self._workload.documents():
            writer.add_document(_two(document))
            for line in names(document):
                other.add_document(tantivy.Document(text=line))
        for one in (writer, other):
            one.commit()
            one.wait_merging_threads()

    def open(self) -> None:
        self._index = tantivy.Index.open(str(self._folder / "articles"))
        self._names = tantivy.Index.open(str(self._folder / "names"))

    def search(self, asked: str) -> list[str]:
        assert self._index is not None
        said = " ".join(asked_words(asked))
        return _keys(self._index, self._index.parse_query(said, list(BOOSTS), BOOSTS))

    def complete(self, typed: str) -> int | None:
        assert self._names is not None
        schema = self._names.schema
        *whole, last = words(typed) or [""]
        parts = [tantivy.Query.term_query(schema, "text", word) for word in whole]
        parts.append(tantivy.Query.regex_query(schema, "text", f"{re.escape(last)}.*"))
        query = tantivy.Query.boolean_query([(tantivy.Occur.Must, part) for part in parts])
        searcher = self._names.searcher()
        found = searcher.search(query, COMPLETIONS, count=False).hits
        return len([searcher.doc(address)["text"] for _, address in found])

    def save(self, path: str, document: Document, word: str) -> bool:
        if self._index is None:
            self.open()
        assert self._index is not None
        writer = self._index.writer(HEAP, 1)
        writer.delete_documents("key", document.key)
        writer.add_document(_two(document))
        writer.commit()
        self._index.reload()
        return document.key in self.search(word)


class Recipe:
    """The queries of the whole recipe, made before, over the same fields and trigrams."""

    def __init__(self, workload: Workload) -> None:
        self._workload = workload
        self._folder = workload.folder / "tantivy-recipe"
        self._index: tantivy.Index | None = None
        self._queries: dict[str, tantivy.Query] = {}

    def build(self) -> None:
        schema = tantivy.SchemaBuilder()
        schema.add_text_field("key", stored=True, tokenizer_name="raw")
        for name in (*Field, GRAMS):
            schema.add_text_field(str(name), tokenizer_name="whitespace", index_option="freq")
        writer = _written(self._folder, schema.build()).writer(HEAP)
        for document in self._workload.documents():
            said = {name.value: " ".join(terms(text)) for name, text in document.fields.items()}
            said[GRAMS] = " ".join(grams("\n".join(document.fields[one] for one in _GRAM_FIELDS)))
            writer.add_document(tantivy.Document(key=document.key, **said))
        writer.commit()
        writer.wait_merging_threads()

    def open(self) -> None:
        self._index = tantivy.Index.open(str(self._folder))
        for asked, query in recipe(self._workload).items():
            self._queries[asked] = _translated(self._index.schema, query)

    def search(self, asked: str) -> list[str]:
        assert self._index is not None
        return _keys(self._index, self._queries[asked])

    def complete(self, typed: str) -> int | None:
        return None

    def save(self, path: str, document: Document, word: str) -> bool:
        return False


def _translated(schema: tantivy.Schema, query: Query) -> tantivy.Query:
    def part(name: str, clause: Clause, weight: float) -> tuple[tantivy.Occur, tantivy.Query]:
        term = tantivy.Query.term_query(schema, name, clause.term, "freq")
        return tantivy.Occur.Should, tantivy.Query.boost_query(term, clause.weight * weight)

    parts = [
        part(field.value, clause, weight)
        for clause in query.clauses
        for field, weight in FIELD_WEIGHTS.items()
    ]
    parts += [part(GRAMS, clause, 1.0) for clause in query.hints]
    return tantivy.Query.boolean_query(parts)


def _two(document: Document) -> tantivy.Document:
    short, rest = two_fields(document)
    return tantivy.Document(key=document.key, short=short, rest=rest)


def _keys(index: tantivy.Index, query: tantivy.Query) -> list[str]:
    searcher = index.searcher()
    found = searcher.search(query, LIMIT, count=False).hits
    return [str(searcher.doc(address)["key"][0]) for _, address in found]
