"""The one search path, for pages, the API and the terminal alike."""

import time
from collections import defaultdict
from functools import cached_property

from indexer.catalogue import Row
from indexer.engine import Match
from indexer.expansion import phrase
from indexer.generation import Generation
from indexer.question import Interpreter, Question
from indexer.results import MAX_SIZE, SearchHit, SearchPage, SearchRequest, Suggestion
from indexer.signals import FULL, Signals
from indexer.suggest import LIMIT, Suggester
from indexer.topics import Topics

SURE = 1.25
"""Score of the first result for each unit of the question's mass from which it counts as an answer.
Of questions that were answered 95 to 99 in 100 lie above it, and of questions about something else
altogether 6 in 10 lie below (docs/measurements.md)."""


class Searcher:
    """Answers questions from one generation; safe to use from several threads."""

    def __init__(self, generation: Generation, signals: Signals = FULL) -> None:
        self.generation = generation
        self._interpreter = Interpreter(generation, signals)
        self._promoted: dict[tuple[str, ...], list[Row]] = defaultdict(list)
        for row in [row for row in generation.store.rows.values() if row.promoted_for]:
            for wanted in filter(None, map(phrase, row.promoted_for)):
                self._promoted[tuple(sorted(wanted))].append(row)

    def search(self, request: SearchRequest) -> SearchPage:
        """Answer a request; a page past the last one is empty."""
        started = time.perf_counter()
        size = max(1, min(request.size, MAX_SIZE))
        page = max(1, request.page)
        question = self._interpreter.interpret(request)
        promoted = self._promoted_for(request)
        matches, total = self._ranked(promoted, question, page * size)
        weights = {
            clause.term: clause.weight * self._interpreter.rarity(clause.term)
            for clause in question.query.clauses
            if clause.lone
        }
        hits = [
            self._hit(match, weights, promoted, question if request.explain else None)
            for match in matches[(page - 1) * size : page * size]
        ]
        return SearchPage(
            query=request.words,
            total=total,
            page=page,
            size=size,
            generation=self.generation.name,
            took_ms=round((time.perf_counter() - started) * 1000, 2),
            did_you_mean=question.did_you_mean,
            results=tuple(hits),
            unsure=bool(matches) and not promoted and not _is_sure(matches[0], question),
        )

    def suggest(self, typed: str, limit: int = LIMIT) -> tuple[Suggestion, ...]:
        """Complete what is being typed."""
        return self._suggester.suggest(typed, limit)

    def about(self, *names: str, limit: int = LIMIT) -> tuple[Suggestion, ...]:
        """What to suggest before anything is typed.

        Args:
            names: the topic, what the page is called, and so on; the first that leads to something
                counts. One that is no topic is searched for, and counts where that gives an answer.
            limit: how many.
        """
        for name in names:
            found = self._topics.about(name, limit) or self._titles(name, limit)
            if found:
                return found
        return ()

    def close(self) -> None:
        """Close the generation; no call may follow."""
        self.generation.close()

    @cached_property
    def _suggester(self) -> Suggester:
        """Made for the first who types, so that a new generation answers without waiting for it."""
        return Suggester(self.generation.store.rows.values(), self.generation.setting.directory)

    @cached_property
    def _topics(self) -> Topics:
        return Topics(self.generation.store.rows.values())

    def _titles(self, name: str, limit: int) -> tuple[Suggestion, ...]:
        """The titles that answer what something is called; none where that is not sure."""
        page = self.search(SearchRequest(name, size=limit))
        if page.unsure:
            return ()
        return tuple(Suggestion(hit.title, hit.kind, hit.id, hit.url) for hit in page.results)

    def _promoted_for(self, request: SearchRequest) -> list[str]:
        """The articles whose editors put them first for just these words."""
        rows = self._promoted.get(tuple(sorted(phrase(request.words[:200]))), ())
        return list(
            dict.fromkeys(
                row.id
                for row in rows
                if request.kind in (None, row.kind)
                and request.service
                in (None, row.service, row.id if row.kind == "service" else None)
            )
        )

    def _ranked(
        self, promoted: list[str], question: Question, limit: int
    ) -> tuple[list[Match], int]:
        engine = self.generation.engine
        if not promoted:
            ranking = engine.rank(question.query, limit)
            return list(ranking.matches), ranking.total
        ranking = engine.rank(question.query, len(self.generation.store.rows))
        top = ranking.matches[0].score if ranking.matches else 1.0
        rest = [match for match in ranking.matches if match.key not in promoted]
        first = [Match(key, top) for key in promoted]
        return (first + rest)[:limit], len(first) + len(rest)

    def _hit(
        self,
        match: Match,
        weights: dict[str, float],
        promoted: list[str],
        explained: Question | None,
    ) -> SearchHit:
        generation = self.generation
        row = generation.store.rows[match.key]
        return SearchHit(
            id=row.id,
            title=row.title,
            kind=row.kind,
            url=f"/articles/{row.id}",
            score=match.score,
            answer=generation.store.passages(match.key).best(weights),
            promoted=match.key in promoted,
            account=generation.engine.explain(explained.query, match.key) if explained else None,
        )


def _is_sure(first: Match, question: Question) -> bool:
    """Whether the best score is what an answer usually has."""
    return first.score >= SURE * question.mass
