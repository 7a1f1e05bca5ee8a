"""The one search path, for pages, the API and the terminal alike."""

import time
from collections import defaultdict
from collections.abc import Sequence
from functools import cached_property

from indexer.catalogue import Row
from indexer.embedding import OFF, ModelUnavailable, Semantics
from indexer.engine import Match, Ranking
from indexer.expansion import Expander, phrase
from indexer.generation import Generation
from indexer.meaning import SHARE, Fused, Meaning
from indexer.notices import notices_for
from indexer.people import People, listings
from indexer.question import Interpreter, Question
from indexer.results import MAX_SIZE, Fusion, SearchHit, SearchPage, SearchRequest, Suggestion
from indexer.signals import FULL, Signals
from indexer.suggest import LIMIT, Suggester
from indexer.topics import Topics
from indexer.vectors import texts_of
from kb.numbers import understood

SURE_OF_MEANING = 0.44
"""Score of the first result from which it counts as an answer, where meaning is compared. Of
questions that were answered 96 to 99 in 100 lie above it, and of questions about something else
altogether 92 to 99 below (docs/measurements.md)."""
SURE = 1.25
"""The same where words alone are compared, for each unit of the question's mass: of questions that
were answered 95 to 99 in 100 lie above it, and of questions about something else 6 in 10 below."""
_NOTICED = 3
"""So many of the first results can have a notice."""


class Searcher:
    """Answers questions from one generation; safe to use from several threads."""

    def __init__(
        self, generation: Generation, signals: Signals = FULL, semantics: Semantics = OFF
    ) -> None:
        self.generation = generation
        self._semantics = semantics
        self.semantic = _unable(generation, semantics)
        """Why meaning is not compared; empty where it is."""
        self._meaning: Meaning | None = None
        if signals.meaning and not self.semantic and generation.vectors and semantics.embedder:
            self._meaning = Meaning(generation.store, generation.vectors, semantics.embedder)
        self._interpreter = Interpreter(generation, signals)
        self._promoted: dict[tuple[str, ...], list[Row]] = defaultdict(list)
        for row in [row for row in generation.store.rows.values() if row.promoted_for]:
            for wanted in filter(None, map(phrase, row.promoted_for)):
                self._promoted[tuple(sorted(wanted))].append(row)

    def having(self, signals: Signals) -> "Searcher":
        """Another searcher of the same generation, with other parts on."""
        return Searcher(self.generation, signals, self._semantics)

    def search(self, request: SearchRequest) -> SearchPage:
        """Answer a request; a page past the last one is empty."""
        started = time.perf_counter()
        size = max(1, min(request.size, MAX_SIZE))
        page = max(1, request.page)
        question = self._interpreter.interpret(request)
        numbered = self._numbered(request)
        promoted = self._promoted_for(request)
        first = list(dict.fromkeys([*numbered, *promoted]))
        wanted = len(self.generation.store.rows) if first else page * size
        found = self._found(question, wanted, quick=request.quick)
        matches, total = _first(first, found.ranking)
        weights = {
            clause.term: clause.weight * self._interpreter.rarity(clause.term)
            for clause in question.query.clauses
            if clause.lone
        }
        hits = [
            self._hit(match, weights, promoted, found, question if request.explain else None)
            for match in matches[(page - 1) * size : page * size]
        ]
        unsure = bool(matches) and not first and not _is_sure(found, question)
        return SearchPage(
            query=request.words,
            total=total,
            page=page,
            size=size,
            generation=self.generation.name,
            took_ms=round((time.perf_counter() - started) * 1000, 2),
            did_you_mean=None if numbered else question.did_you_mean,
            results=tuple(hits),
            unsure=unsure,
            notices=self._notices(request.words, () if unsure else hits),
        )

    def _notices(self, words: str, hits: Sequence[SearchHit]) -> tuple[str, ...]:
        """What is not as usual today about these words, and what they found first."""
        rows = self.generation.store.rows
        found = [rows[hit.id] for hit in hits[:_NOTICED] if words.strip()]
        about = {name for row in found for name in (row.id, row.service)}
        standing = notices_for(self.generation.setting, words, about)
        return tuple(notice.text for notice in standing)

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

    def warm(self) -> None:
        """Ask something of each kind, which makes what is made for the first who asks."""
        self.search(SearchRequest("help"))
        self.suggest("he")

    def close(self) -> None:
        """Close the generation; no call may follow."""
        self.generation.close()

    @cached_property
    def _suggester(self) -> Suggester:
        """Made for the first who types, so that a new generation answers without waiting for it."""
        return Suggester(self.generation.store.rows.values(), self.generation.setting.directory)

    @cached_property
    def people(self) -> People:
        """Whom a call can be handed over to; in the public edition partners alone."""
        setting = self.generation.setting
        titles = {row.id: row.title for row in self.generation.store.rows.values()}
        everybody = listings(setting.directory, setting.authority.partners)
        return People(everybody, titles, Expander(setting.synonyms))

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
        return list(dict.fromkeys(row.id for row in rows if _is_asked_for(row, request)))

    def _numbered(self, request: SearchRequest) -> list[str]:
        """The articles whose number was asked for, as 4-217 or 4217."""
        rows = (self._by_number.get(number) for number in understood(request.words[:20]))
        return [row.id for row in rows if row is not None and _is_asked_for(row, request)]

    @cached_property
    def _by_number(self) -> dict[str, Row]:
        return {row.number: row for row in self.generation.store.rows.values() if row.number}

    def _found(self, question: Question, wanted: int, *, quick: bool) -> Fused:
        """What answers, by words and by meaning; by words alone where it has to be quick."""
        engine, meaning = self.generation.engine, self._meaning
        if meaning is None or quick or not question.asked:
            return Fused(engine.rank(question.query, wanted))
        try:
            return meaning.fuse(engine, question, wanted)
        except ModelUnavailable as error:
            self._meaning, self.semantic = None, str(error)
            return Fused(engine.rank(question.query, wanted))

    def _hit(
        self,
        match: Match,
        weights: dict[str, float],
        promoted: list[str],
        found: Fused,
        explained: Question | None,
    ) -> SearchHit:
        generation = self.generation
        row = generation.store.rows[match.key]
        return SearchHit(
            id=row.id,
            title=row.title,
            number=row.number,
            kind=row.kind,
            url=f"/articles/{row.id}",
            score=match.score,
            answer=generation.store.passages(match.key).best(weights, self._nearest(match, found)),
            promoted=match.key in promoted,
            account=generation.engine.explain(explained.query, match.key) if explained else None,
            fusion=self._fusion(match, found) if explained else None,
        )

    def _nearest(self, match: Match, found: Fused) -> str:
        """The anchor of the section that comes nearest in meaning; empty where it is none."""
        likeness = found.likeness.get(match.key)
        if self._meaning is None or likeness is None or match.key in found.words:
            return ""
        key, text = self._meaning.text(likeness)
        section = text - 1 - len(self.generation.store.rows[key].questions)
        article = self.generation.store.get(key)
        return article.sections[section].anchor if article is not None and section >= 0 else ""

    def _fusion(self, match: Match, found: Fused) -> Fusion | None:
        likeness = found.likeness.get(match.key)
        if self._meaning is None or likeness is None:
            return None
        key, number = self._meaning.text(likeness)
        article = self.generation.store.get(key)
        text = texts_of(article)[number] if article is not None else ""
        return Fusion(found.words.get(match.key, 0.0), likeness.cosine, SHARE, text)


def _unable(generation: Generation, semantics: Semantics) -> str:
    """Why meaning cannot be compared, with the fix; empty where it can."""
    if semantics.embedder is None:
        return semantics.reason or "switched off"
    if generation.manifest.model is None:
        return "published without a model; run: kb index"
    if generation.manifest.model != semantics.embedder.name:
        return "published with another model; run: kb index"
    if generation.vectors is None:
        return "the vectors cannot be read; run: kb index --full"
    return ""


def _is_asked_for(row: Row, request: SearchRequest) -> bool:
    """Whether an article is of the kind and service that are asked for, if any is."""
    own = row.id if row.kind == "service" else None
    return request.kind in (None, row.kind) and request.service in (None, row.service, own)


def _first(promoted: list[str], ranking: Ranking) -> tuple[list[Match], int]:
    """The matches with what is promoted before all others, and how many there are in all."""
    if not promoted:
        return list(ranking.matches), ranking.total
    top = ranking.matches[0].score if ranking.matches else 1.0
    rest = [match for match in ranking.matches if match.key not in promoted]
    return [Match(key, top) for key in promoted] + rest, len(promoted) + len(rest)


def _is_sure(found: Fused, question: Question) -> bool:
    """Whether the best score is what an answer usually has."""
    if found.likeness:
        return found.ranking.matches[0].score >= SURE_OF_MEANING
    return found.ranking.matches[0].score >= SURE * question.mass
