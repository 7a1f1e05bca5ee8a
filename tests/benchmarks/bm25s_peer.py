"""bm25s: scores computed when the index is built, one field, our analysis; numpy, memory-mapped."""

import json
from typing import Any

import bm25s

from indexer.analysis import STOP_WORDS, tokens
from indexer.document import Document
from tests.benchmarks.peer import LIMIT, asked_terms
from tests.benchmarks.workload import Workload, two_fields


class Bm25s:
    """It has no updates: one edit means building anew."""

    def __init__(self, workload: Workload) -> None:
        self._workload = workload
        self._folder = workload.folder / "bm25s"
        self._keys: list[str] = []
        self._index: Any = None

    def build(self) -> None:
        keys: list[str] = []
        texts: list[list[str]] = []
        for document in self._workload.documents():
            keys.append(document.key)
            said = tokens("\n".join(two_fields(document)))
            texts.append([token.term for token in said if token.word not in STOP_WORDS])
        index = bm25s.BM25()
        index.index(texts, show_progress=False)
        index.save(str(self._folder), show_progress=False)
        (self._folder / "keys.json").write_text(json.dumps(keys), encoding="utf-8")

    def open(self) -> None:
        self._index = bm25s.BM25.load(str(self._folder), mmap=True, show_progress=False)
        self._keys = json.loads((self._folder / "keys.json").read_bytes())

    def search(self, asked: str) -> list[str]:
        said = [term for term in asked_terms(asked) if term in self._index.vocab_dict]
        if not said:
            return []
        found, scores = self._index.retrieve(
            [said], k=min(LIMIT, len(self._keys)), show_progress=False
        )
        pairs = zip(found[0].tolist(), scores[0].tolist(), strict=True)
        return [self._keys[place] for place, score in pairs if score > 0]

    def complete(self, typed: str) -> int | None:
        return None

    def save(self, path: str, document: Document, word: str) -> bool:
        return False
