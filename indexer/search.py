"""The one search path, for pages, the API and the terminal alike."""

import time
from collections import defaultdict

from indexer.engine import Match
from indexer.expansion import phrase
from indexer.generation import Generation
from indexer.question import Interpreter, Question
from indexer.results import MAX_SIZE, SearchHit, SearchPage, SearchRequest, Suggestion
from indexer.store import Row
from indexer.suggest import LIMIT, Suggester


class Searcher:
    """Answers questions from one generation; safe to use from several threads."""

    def __init__(self, generation: Generation) -> None:
        self.generation = generation
        self._interpreter = Interpreter(generation)
        self._suggester = Suggester(generation.store.rows.values())
        self._promoted: dict[tuple[str, ...], list[Row]] = defaultdict(list)
        for row in generation.store.rows.values():
            for wanted in filter(None, map(phrase, row.promoted_for)):
                self._promoted[tuple(sorted(wanted))].append(row)

    def search(self, request: SearchRequest) -> SearchPage:
        """Answer a request; a page past the last one is empty."""
        started = time.perf_counter()
        size = max(1, min(request.size, MAX_SIZE))
        page = max(1, request.page)
        question = self._interpreter.interpret(request)
        matches, total = self._ranked(request, question, page * size)
        weights = {
            clause.term: clause.weight * self._interpreter.rarity(clause.term)
            for clause in question.query.clauses
        }
        hits = [self._hit(match, weights) for match in matches[(page - 1) * size : page * size]]
        return SearchPage(
            query=request.words,
            total=total,
            page=page,
            size=size,
            generation=self.generation.name,
            took_ms=round((time.perf_counter() - started) * 1000, 2),
            did_you_mean=question.did_you_mean,
            results=tuple(hits),
        )

    def suggest(self, typed: str, limit: int = LIMIT) -> tuple[Suggestion, ...]:
        """Complete what is being typed."""
        return self._suggester.suggest(typed, limit)

    def close(self) -> None:
        """Close the generation; no call may follow."""
        self.generation.close()

    def _ranked(
        self, request: SearchRequest, question: Question, limit: int
    ) -> tuple[list[Match], int]:
        promoted = [
            row.id
            for row in self._promoted.get(tuple(sorted(phrase(request.words[:200]))), ())
            if request.kind in (None, row.kind)
            and request.service in (None, row.service, row.id if row.kind == "service" else None)
        ]
        if not promoted:
            ranking = self.generation.engine.rank(question.query, limit)
            return list(ranking.matches), ranking.total
        ranking = self.generation.engine.rank(question.query, len(self.generation.store.rows))
        top = ranking.matches[0].score if ranking.matches else 1.0
        rest = [match for match in ranking.matches if match.key not in promoted]
        first = [Match(key, top) for key in dict.fromkeys(promoted)]
        return (first + rest)[:limit], len(first) + len(rest)

    def _hit(self, match: Match, weights: dict[str, float]) -> SearchHit:
        store = self.generation.store
        row = store.rows[match.key]
        return SearchHit(
            id=row.id,
            title=row.title,
            kind=row.kind,
            url=f"/articles/{row.id}",
            score=match.score,
            answer=store.passages(match.key).best(weights),
        )
