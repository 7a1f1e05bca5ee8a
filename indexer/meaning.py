"""Likeness of meaning, and how it is put together with the score of the words."""

import heapq
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from threading import BoundedSemaphore

import numpy as np
from numpy.typing import NDArray

from indexer.embedding import Embedder
from indexer.engine import Engine, Match, Ranking
from indexer.question import Question
from indexer.store import ArticleStore
from indexer.vectors import VectorStore

TOP = 50
"""Articles of each of the two rankings that are put together."""
SHARE = 0.75
"""What likeness counts for, beside the words."""
WELL_SAID = 2.0
"""Score of the best by words, per unit of the question's mass, from which they count in full."""
TITLE = 0.02
"""What likeness to a title counts more than to another text: it says what the whole is about."""
BEST, AGREEING = 3, 0.3
"""How many of an article's nearest texts count together, and how much beside the nearest alone."""
REMEMBERED = 1000
"""Questions whose vectors are kept: what many ask, and the next page of what one asks."""
ALONE = 0.3
"""Likeness from which an article is found that has no word of the question."""


_ENCODING = BoundedSemaphore(max(1, (os.cpu_count() or 1) - 1))
"""Leaves a core to whatever else is asked: more at a time would only be slower."""


@dataclass(frozen=True)
class Likeness:
    """How near an article comes to a question in meaning."""

    cosine: float
    """From -1 to 1: of the text that comes nearest, and a little of the next."""
    row: int
    """Of the text that comes nearest; `Meaning.text` tells which it is."""


@dataclass(frozen=True)
class Fused:
    """A ranking by words and meaning together."""

    ranking: Ranking
    likeness: Mapping[str, Likeness] = field(default_factory=dict)
    """Of the articles that were compared by meaning."""
    words: Mapping[str, float] = field(default_factory=dict)
    """What the words gave each of them, from 0 to 1."""


class Meaning:
    """Compares questions with the articles of one generation; safe to use from several threads."""

    def __init__(self, store: ArticleStore, vectors: VectorStore, embedder: Embedder) -> None:
        self._store, self._vectors, self._embedder = store, vectors, embedder
        self._keys = list(store.rows)
        self._versions: dict[str, list[str]] = {}
        for row in store.rows.values():
            self._versions.setdefault(row.id, []).append(row.key)
        self._ids = list(self._versions)
        numbers = {id_: number for number, id_ in enumerate(self._ids)}
        self._articles = np.array([numbers[row.id] for row in store.rows.values()], np.intp)
        """The number of the article that each key is a version of."""
        self._favour = np.zeros(len(vectors.owners), np.float32)
        self._favour[[first for _, first, _ in vectors.places.values()]] = TITLE
        self._vector = lru_cache(maxsize=REMEMBERED)(self._encoded)
        self._among = lru_cache(maxsize=16)(self._rows_among)

    def _rows_among(self, kind: str | None, service: str | None) -> NDArray[np.bool_]:
        """Which rows belong to articles that may be found."""
        wanted = np.array(
            [
                kind in (None, row.kind)
                and service in (None, row.service, row.id if row.kind == "service" else None)
                for row in self._store.rows.values()
            ],
            np.bool_,
        )
        owners = self._vectors.owners
        living = owners >= 0
        return living & wanted[owners] if len(wanted) else living

    def _encoded(self, words: str) -> NDArray[np.float32]:
        with _ENCODING:
            vector: NDArray[np.float32] = self._embedder.encode([words])[0]
        return vector

    def fuse(self, engine: Engine, question: Question, limit: int) -> Fused:
        """Rank by words and by meaning, and put the two together.

        The words' scores of the first `TOP` are brought to 0–1 (the lowest 0, the highest 1, or
        less where the words of the question found little), and the sum is weighted by `SHARE`; what
        neither ranking has among its first follows after.

        Args:
            engine: ranks by words.
            question: for the meaning, slips are corrected in words that the model has not learned.
            limit: how many are wanted.

        Raises:
            ModelUnavailable: if the model turns out to be broken.
        """
        query = question.query
        vector = self._vector(question.spelt(self._embedder.knows))
        rows = self._vectors.near(vector, self._among(query.kind, query.service))
        nearest = self._likeness(vector, rows)
        near = heapq.nlargest(TOP, nearest, key=lambda key: (nearest[key].cosine, key))
        near = [key for key in near if nearest[key].cosine >= ALONE]
        ranking = engine.rank(query, max(limit, TOP), near)
        by_words = _scaled(ranking.matches[:TOP], WELL_SAID * question.mass)
        own = [self._rows_of(version) for id_ in by_words for version in self._versions[id_]]
        likeness = self._likeness(vector, np.unique(np.concatenate([rows, *own])))
        score = {
            key: (1 - SHARE) * by_words.get(key, 0.0) + SHARE * likeness[key].cosine
            for key in (*by_words, *near)
        }
        matches = [
            Match(key, round(score[key], 4))
            for key in sorted(score, key=lambda key: (-score[key], key))
        ]
        total = ranking.total + sum(key not in ranking.also for key in near)
        rest = [match for match in ranking.matches[TOP:] if match.key not in score]
        floor = min(0.0, matches[-1].score) if matches else 0.0
        # Below all others, and among themselves in the order of the words.
        matches += [Match(match.key, floor - 1 / (1 + match.score)) for match in rest]
        return Fused(Ranking(tuple(matches[:limit]), total), likeness, by_words)

    def _likeness(self, vector: NDArray[np.float32], rows: NDArray[np.intp]) -> dict[str, Likeness]:
        """The likeness of the articles that some rows belong to."""
        if not len(rows):
            return {}
        cosines = np.minimum(self._vectors.cosines(vector, rows) + self._favour[rows], 1.0)
        articles = self._articles[self._vectors.owners[rows]]
        order = np.lexsort((-cosines, articles))
        rows, cosines, articles = rows[order], cosines[order], articles[order]
        first = np.flatnonzero(np.diff(articles, prepend=-1))
        counts = np.minimum(np.diff(first, append=len(rows)), BEST)
        sums = np.concatenate([[0.0], np.cumsum(cosines, dtype=np.float64)])
        means = (sums[first + counts] - sums[first]) / counts
        values = (1 - AGREEING) * cosines[first] + AGREEING * means
        return {
            self._ids[article]: Likeness(value, row)
            for article, value, row in zip(
                articles[first].tolist(), values.tolist(), rows[first].tolist(), strict=True
            )
        }

    def text(self, likeness: Likeness) -> tuple[str, int]:
        """The key of the article that the nearest text belongs to, and which of its texts it is."""
        key = self._keys[self._vectors.owners[likeness.row]]
        return key, likeness.row - self._vectors.places[key][1]

    def _rows_of(self, key: str) -> NDArray[np.intp]:
        _, first, count = self._vectors.places[key]
        return np.arange(first, first + count, dtype=np.intp)


def _scaled(matches: tuple[Match, ...], well: float) -> dict[str, float]:
    """Scores brought to 0–1; the highest is less than 1 where it is below `well`."""
    if not matches:
        return {}
    highest, lowest = matches[0].score, matches[-1].score
    apart = highest - lowest
    most = min(1.0, highest / well) if well > 0 else 1.0
    return {
        match.key: most * (match.score - lowest) / apart if apart > 0 else most for match in matches
    }
