"""Whoosh behind the seam: durable segments, and scoring by its own BM25F.

A Whoosh searcher is not safe to share between threads, so calls take turns; the work is pure
Python and would take turns at the interpreter anyway.
"""

import threading
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from whoosh import fields, index, query, scoring
from whoosh.analysis import Token as WhooshToken
from whoosh.analysis.acore import Composable
from whoosh.searching import Results

from indexer.analysis import terms
from indexer.document import Document, Field
from indexer.engine import FIELD_WEIGHTS, Match, Query, Ranking

B = 0.75
K1 = 1.2
"""BM25's usual constants (Robertson and Zaragoza, 2009)."""


class TermAnalyzer(Composable):  # type: ignore[misc]
    """Gives Whoosh the terms of our own analysis."""

    def __call__(self, value: str, **_: Any) -> Iterator[WhooshToken]:
        token = WhooshToken(positions=False, chars=False)
        for term in terms(value):
            token.text = term
            token.boost = 1.0
            yield token


def _schema() -> fields.Schema:
    text = fields.TEXT(analyzer=TermAnalyzer(), phrase=False)
    return fields.Schema(
        key=fields.ID(unique=True, stored=True),
        kind=fields.ID,
        service=fields.ID,
        **{field.value: text for field in Field},
    )


class WhooshEngine:
    """An index open for reading."""

    def __init__(self, folder: Path) -> None:
        self._index = index.open_dir(str(folder), schema=None, readonly=True)
        self._searcher = self._index.searcher(weighting=scoring.BM25F(B=B, K1=K1))
        self._lock = threading.Lock()

    def rank(self, query: Query, limit: int) -> Ranking:
        """The best `limit` documents for a query."""
        if not query.clauses or limit < 1:
            return Ranking((), 0)
        tree = _compile(query)
        with self._lock:
            results = self._searcher.search(tree, limit=None)
            total = len(results)
            end = min(limit, total)
            while 0 < end < total and _score(results, end) == _score(results, end - 1):
                end += 1  # equal scores straddle the end
            matches = [
                Match(results.fields(rank)["key"], _score(results, rank)) for rank in range(end)
            ]
        matches.sort(key=lambda match: (-match.score, match.key))
        return Ranking(tuple(matches[:limit]), total)

    def close(self) -> None:
        """Close the searcher and its files."""
        with self._lock:
            self._searcher.close()
            self._index.close()
            del self._searcher, self._index  # Whoosh's memory maps go with the last reference


def _score(results: Results, rank: int) -> float:
    return round(results.score(rank), 6)


def _compile(asked: Query) -> query.Query:
    tree: query.Query = query.Or(
        [
            query.Term(field.value, clause.term, boost=clause.weight * weight)
            for clause in asked.clauses
            for field, weight in FIELD_WEIGHTS.items()
        ]
    )
    for name, value in (("kind", asked.kind), ("service", asked.service)):
        if value:
            tree = query.Require(tree, query.Term(name, value))
    return tree


class WhooshFormat:
    """A folder of Whoosh segments."""

    name = "whoosh-1"

    def open(self, folder: Path) -> WhooshEngine:
        """Open an index for reading."""
        return WhooshEngine(folder)

    def update(
        self, folder: Path, changed: Iterable[Document], gone: Iterable[str], *, rewrite: bool
    ) -> None:
        """Add, replace and remove documents, in new segments."""
        fresh = not index.exists_in(str(folder))
        held = index.create_in(str(folder), _schema()) if fresh else index.open_dir(str(folder))
        writer = held.writer(limitmb=64)
        try:
            for key in gone:
                writer.delete_by_term("key", key)
            for document in changed:
                add = writer.add_document if fresh else writer.update_document
                add(
                    key=document.key,
                    kind=document.kind,
                    service=document.service,
                    **{field.value: text for field, text in document.fields.items()},
                )
        except BaseException:
            writer.cancel()
            raise
        writer.commit(optimize=rewrite)
        held.close()
        (folder / "MAIN_WRITELOCK").unlink(missing_ok=True)


WHOOSH = WhooshFormat()
