"""The mystery shopper: asks every question of a bank, and reports how often the answer comes up.

success@k: one of the relevant articles is among the first k results. MRR@10: the mean of 1/rank
of the first relevant one. nDCG@10: with binary relevance, Järvelin and Kekäläinen (2002).
"""

import json
import math
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from indexer.results import SearchRequest
from indexer.search import Searcher

DEPTH = 10
CUTS = (1, 3, 5)


class BankProblem(Exception):
    """A question bank cannot be used; the message names file, line and fix."""


class BankQuestion(BaseModel):
    """A question and the articles that answer it."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    id: str
    query: str
    relevant: tuple[str, ...]


@dataclass(frozen=True)
class Visit:
    """One question asked."""

    question: BankQuestion
    found: tuple[str, ...]
    """The ids of the first ten results."""
    ms: float

    @property
    def rank(self) -> int | None:
        """The rank of the first relevant result, from 1; None where there is none in ten."""
        return next(
            (rank for rank, id_ in enumerate(self.found, 1) if id_ in self.question.relevant), None
        )

    @property
    def ndcg(self) -> float:
        """The normalised discounted cumulative gain of the first ten."""
        relevant = set(self.question.relevant)
        gain = sum(
            1 / math.log2(rank + 1) for rank, id_ in enumerate(self.found, 1) if id_ in relevant
        )
        ideal = sum(1 / math.log2(rank + 1) for rank in range(1, min(len(relevant), DEPTH) + 1))
        return gain / ideal if ideal else 0.0


@dataclass(frozen=True)
class Shopping:
    """The figures of a whole bank; rates in 0 to 1, times in milliseconds."""

    visits: tuple[Visit, ...]

    def success(self, cut: int) -> float:
        """The share of questions answered among the first `cut` results."""
        return statistics.fmean(
            visit.rank is not None and visit.rank <= cut for visit in self.visits
        )

    @property
    def mrr(self) -> float:
        """The mean reciprocal rank."""
        return statistics.fmean(1 / visit.rank if visit.rank else 0.0 for visit in self.visits)

    @property
    def ndcg(self) -> float:
        """The mean nDCG@10."""
        return statistics.fmean(visit.ndcg for visit in self.visits)

    def ms(self, percentile: int) -> float:
        """A percentile of the time that an answer took."""
        times = sorted(visit.ms for visit in self.visits)
        return times[min(len(times) - 1, len(times) * percentile // 100)]

    @property
    def misses(self) -> tuple[Visit, ...]:
        """The questions without an answer among the first three."""
        return tuple(visit for visit in self.visits if visit.rank is None or visit.rank > 3)


def read_bank(path: Path) -> list[BankQuestion]:
    """Read a bank, a JSON object a line.

    Raises:
        BankProblem: if there is no such file, no question in it, or a line that is none.
    """
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise BankProblem(f"{path}: cannot be read ({error})") from error
    questions: list[BankQuestion] = []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            questions.append(BankQuestion.model_validate(json.loads(line)))
        except (ValueError, ValidationError):
            raise BankProblem(
                f"{path}:{number}: this is not a question; write "
                '{"id": "…", "query": "…", "relevant": ["article-id"]}'
            ) from None
    if not questions:
        raise BankProblem(f"{path}: there is no question in it; write one a line")
    return questions


def shop(
    searcher: Searcher, bank: Sequence[BankQuestion], asked: Callable[[int], None]
) -> Shopping:
    """Ask every question.

    Args:
        searcher: what answers.
        bank: at least one question.
        asked: told how many have been asked.
    """
    visits: list[Visit] = []
    for number, question in enumerate(bank, 1):
        started = time.perf_counter()
        page = searcher.search(SearchRequest(question.query, size=DEPTH))
        ms = (time.perf_counter() - started) * 1000
        visits.append(Visit(question, tuple(hit.id for hit in page.results), ms))
        asked(number)
    return Shopping(tuple(visits))
