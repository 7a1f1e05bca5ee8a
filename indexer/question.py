"""From the caller's words to a query. What a person types never reaches an engine's own parser."""

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from indexer.analysis import STOP_WORDS, Token, stem, tokens, word_grams
from indexer.engine import Clause, Query, Source
from indexer.expansion import WEIGHT, Expander
from indexer.generation import Generation
from indexer.results import SearchRequest
from indexer.signals import FULL, Signals
from indexer.spelling import Speller

MAX_CHARACTERS = 2_000
MAX_TERMS = 32
MAX_HINTS = 96
_NEVER_ALONE = frozenset({"not", "no"})
"""What only means something with another word; half of all articles have it."""
_MAX_SAID = 200
"""Words of a question in which synonyms are looked for."""
_COVERAGE = 0.6
_HINT = 0.4
"""Weight of a trigram. These three were chosen on questions of several kinds; the figures hardly
change between half and twice of each (docs/measurements.md)."""
_CORRECTED = 0.9
"""Weight of a correction: a little less sure than what was typed."""


@dataclass(frozen=True)
class Question:
    """A request understood."""

    query: Query
    mass: float
    """The rarity of all its words together, also of those that no article has."""
    typed: str
    asked: tuple[Token, ...]
    """The words that count."""
    corrections: Mapping[str, str]
    """Of the words that no article has and that look like a slip."""

    @property
    def did_you_mean(self) -> str | None:
        """The words with slips corrected; None where there is nothing to correct."""
        return self.spelt(lambda _: False) if self.corrections else None

    def spelt(self, keep: Callable[[str], bool]) -> str:
        """What was typed, with the corrected words in their places, but for those to keep."""
        parts: list[str] = []
        at = 0
        for token in self.asked:
            if token.word in self.corrections and not keep(token.word):
                parts += [self.typed[at : token.start], self.corrections[token.word]]
                at = token.end
        return " ".join("".join([*parts, self.typed[at:]]).split())


class Interpreter:
    """Understands questions in the words of one generation."""

    def __init__(self, generation: Generation, signals: Signals = FULL) -> None:
        self._signals = signals
        self._articles = max(1, len(generation.store.rows))
        self._counts = generation.lexicon.terms
        self._speller = Speller(generation.lexicon.words)
        own = generation.setting.synonyms
        self._expander = Expander(own) if signals.synonyms else Expander((), {})

    def rarity(self, term: str) -> float:
        """The inverse document frequency of a term, from near 0 up; Robertson and Spärck Jones."""
        count = min(self._counts[term], self._articles)
        return math.log(1 + (self._articles - count + 0.5) / (count + 0.5))

    def interpret(self, request: SearchRequest) -> Question:
        """Turn a request into a query of bounded size."""
        typed = request.words[:MAX_CHARACTERS]
        said = list(tokens(typed))
        asked = [token for token in said if token.word not in STOP_WORDS] or said
        corrections = self._corrections(said, asked) if self._signals.corrections else {}
        meant = [token for token in asked if corrections.get(token.word) not in STOP_WORDS]
        clauses = self._clauses(said, meant or asked, corrections)
        query = Query(
            clauses,
            request.kind,
            request.service,
            hints=_hints(token.word for token in asked) if self._signals.trigrams else (),
            coverage=_COVERAGE if self._signals.coverage else 0.0,
        )
        mass = sum(self.rarity(term) for term in {token.term for token in asked})
        return Question(query, mass, typed, tuple(asked), corrections)

    def _clauses(
        self, said: list[Token], asked: list[Token], corrections: dict[str, str]
    ) -> tuple[Clause, ...]:
        def term_of(token: Token) -> str:
            better = corrections.get(token.word)
            return stem(better) if better else token.term

        chosen: dict[str, Clause] = {}
        for token in asked:
            term = term_of(token)
            weight = _CORRECTED if token.word in corrections else 1.0
            lone = term not in _NEVER_ALONE or len(asked) == 1
            source = Source.CORRECTION if token.word in corrections else Source.WORD
            clause = Clause(term, weight, self.rarity(term), lone, source, token.word)
            chosen.setdefault(term, clause)
        for term in self._expander.expand([term_of(token) for token in said[:_MAX_SAID]]):
            chosen.setdefault(term, Clause(term, WEIGHT, source=Source.SYNONYM, said=term))
        known = [clause for clause in chosen.values() if self._counts[clause.term]]
        if len(known) > MAX_TERMS:
            known.sort(key=lambda clause: self.rarity(clause.term), reverse=True)
        return tuple(known[:MAX_TERMS])

    def _corrections(self, said: list[Token], asked: list[Token]) -> dict[str, str]:
        corrections: dict[str, str] = {}
        strange = [token for token in asked[: MAX_TERMS * 2] if not self._counts[token.term]]
        if not strange:
            return corrections
        known = self._expander.known([token.term for token in said[:_MAX_SAID]])
        for token in strange:
            if token.term in known:
                continue
            better = self._speller.correct(token.word)
            if better is not None:
                corrections[token.word] = better
        return corrections


def _hints(asked: Iterable[str]) -> tuple[Clause, ...]:
    found = dict.fromkeys(gram for word in asked for gram in word_grams(word))
    return tuple(map(_hint, islice(found, MAX_HINTS)))


@lru_cache(maxsize=4_096)
def _hint(gram: str) -> Clause:
    return Clause(gram, _HINT, 1.0, source=Source.TRIGRAM, said=gram)
