"""What a search has to offer in order to be measured."""

from collections.abc import Callable
from importlib import import_module
from typing import Protocol

from indexer.analysis import STOP_WORDS, terms, words
from indexer.document import Document
from tests.benchmarks.workload import Workload

LIMIT = 10
COMPLETIONS = 8


class Peer(Protocol):
    """A search over one workload, its files in `<workload>/<name of the index>`."""

    def build(self) -> None:
        """Build the index on disk."""
        ...

    def open(self) -> None:
        """Open it for reading."""
        ...

    def search(self, asked: str) -> list[str]:
        """The keys of the best ten articles, best first."""
        ...

    def complete(self, typed: str) -> int | None:
        """How many completions there are, eight at most; None where it has no such thing."""
        ...

    def save(self, path: str, document: Document, word: str) -> bool:
        """Save an article with one word more and have it searchable; False where it cannot."""
        ...


# By name: the module and class, the folder of its index, and what it is.
PEERS: dict[str, tuple[str, str, str]] = {
    "firstline": ("own:Whole", "var", "this search, whole path"),
    "firstline-engine": ("own:Recipe", "var", "this search, engine, whole recipe"),
    "firstline-plain": ("own:SameJob", "plain", "this search, engine, the peers' job"),
    "whoosh": ("whoosh_peer:Whoosh", "whoosh", "Whoosh, BM25F"),
    "fts5": ("fts5:Fts5", "fts5", "SQLite FTS5"),
    "tantivy": ("tantivy_peer:Tantivy", "tantivy", "tantivy"),
    "tantivy-recipe": ("tantivy_peer:Recipe", "tantivy-recipe", "tantivy, our fields and terms"),
    "bm25s": ("bm25s_peer:Bm25s", "bm25s", "bm25s"),
}


def peer(name: str, workload: Workload) -> Peer:
    """The adapter of a name; its libraries are imported only now."""
    module, _, title = PEERS[name][0].partition(":")
    make: Callable[[Workload], Peer] = getattr(import_module(f"tests.benchmarks.{module}"), title)
    return make(workload)


def asked_words(asked: str) -> list[str]:
    """The plain words of a question without stop words, as long as others are left."""
    said = words(asked)
    return [word for word in said if word not in STOP_WORDS] or said


def asked_terms(asked: str) -> list[str]:
    """Their terms, each once."""
    return list(dict.fromkeys(terms(" ".join(asked_words(asked)))))
