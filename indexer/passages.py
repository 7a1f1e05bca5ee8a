"""The passage of an article that answers best, with the words that were asked for marked.

At publish an article is cut into passages of whole sentences, and for each term it is noted in which
of them it stands. A question then needs no more than these notes.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Self

import orjson

from indexer.analysis import terms, tokens
from indexer.results import Answer, Span
from kb.article import Article, Audience

LENGTH = 320
"""Characters of a passage, at most a sentence more: two breaths when read out."""

_SENTENCE_END = re.compile(r"(?<=[.!?…])\s+|\n+")
_HEADING = 0.5
"""What a word in the heading alone counts for; beside one in the text, a little less."""
_HEADING_TOO = 0.3
_REPEAT = 0.15
_FIRST = 1.15
"""The first passage is the one its editor wrote to be read out."""


@dataclass(frozen=True)
class Passage:
    """A stretch of one section that can be read out."""

    anchor: str
    heading: str
    audience: Audience
    text: str


@dataclass(frozen=True)
class PassageIndex:
    """The passages of an article, and where each term stands."""

    passages: tuple[Passage, ...]
    lead: int
    """How many of them come first and answer by themselves: the summary, the opening."""
    places: Mapping[str, list[int]]
    """By term: passage, count, passage, count, …"""
    headings: Mapping[str, list[int]]
    """By term: the passages below a heading that has it."""

    @classmethod
    def of(cls, article: Article) -> Self:
        """Cut an article into passages; one without a body has none."""
        passages: list[Passage] = []
        if article.sections and article.summary:
            passages.append(Passage("", "", Audience.PUBLIC, article.summary))
        opening = len(passages)
        for section in article.sections:
            for text in _pieces(section.text or section.heading):
                passage = Passage(section.anchor, section.heading, section.audience, text)
                passages.append(passage)
        places: dict[str, list[int]] = defaultdict(list)
        headings: dict[str, list[int]] = defaultdict(list)
        for number, passage in enumerate(passages):
            for term, count in Counter(terms(passage.text)).items():
                places[term] += (number, count)
            for term in set(terms(passage.heading or article.title)):
                headings[term].append(number)
        return cls(tuple(passages), min(opening + 1, len(passages)), dict(places), dict(headings))

    def best(self, weights: Mapping[str, float]) -> Answer | None:
        """Choose an answer.

        Args:
            weights: what each term of the question counts for.

        Returns:
            None where the article has no body.
        """
        if not self.passages:
            return None
        scores = self._scores(weights)
        chosen = self._chosen(scores)
        passage = self.passages[chosen]
        spans = tuple(_marked(passage.text, weights))
        return Answer(passage.anchor, passage.heading, spans, passage.audience)

    def _scores(self, weights: Mapping[str, float]) -> list[float]:
        """What each passage holds of the question: each word once, repeats a little."""
        scores = [0.0] * len(self.passages)
        for term, weight in weights.items():
            places = self.places.get(term, ())
            here = places[::2]
            for number, count in zip(here, places[1::2], strict=True):
                scores[number] += weight * (1 + _REPEAT * min(count - 1, 3))
            for number in self.headings.get(term, ()):
                scores[number] += weight * (_HEADING_TOO if number in here else _HEADING)
        for number in range(self.lead):
            scores[number] *= _FIRST
        return scores

    def _chosen(self, scores: list[float]) -> int:
        """The first of the best; a staff passage only where no open one has a word of it."""
        numbers = range(len(self.passages))
        opened = [n for n in numbers if self.passages[n].audience is Audience.PUBLIC]
        best = max(opened or numbers, key=lambda n: (scores[n], -n))
        if opened and scores[best] == 0:
            hidden = max(numbers, key=lambda n: (scores[n], -n))
            return hidden if scores[hidden] > 0 else best
        return best

    def dump(self) -> bytes:
        """As it is kept beside the article."""
        return orjson.dumps(
            [
                [[p.anchor, p.heading, p.audience.value, p.text] for p in self.passages],
                self.lead,
                self.places,
                self.headings,
            ]
        )

    @classmethod
    def load(cls, data: bytes) -> Self:
        """Read what `dump` wrote.

        Raises:
            ValueError: where it is something else.
        """
        passages, lead, places, headings = orjson.loads(data)
        return cls(tuple(_passage(*fields) for fields in passages), lead, places, headings)


def _passage(anchor: str, heading: str, audience: str, text: str) -> Passage:
    return Passage(anchor, heading, Audience(audience), text)


def best_passage(article: Article, weights: Mapping[str, float]) -> Answer | None:
    """The answer of an article that has not been cut into passages before."""
    return PassageIndex.of(article).best(weights)


def _pieces(text: str) -> Iterator[str]:
    """Whole sentences together, to about `LENGTH` characters."""
    piece: list[str] = []
    size = 0
    for sentence in filter(None, map(str.strip, _SENTENCE_END.split(text))):
        if piece and size + len(sentence) > LENGTH:
            yield _cut(" ".join(piece))
            piece, size = [], 0
        piece.append(sentence)
        size += len(sentence) + 1
    if piece:
        yield _cut(" ".join(piece))


def _cut(text: str) -> str:
    """A text of at most twice `LENGTH`, cut between words."""
    if len(text) <= LENGTH * 2:
        return text
    return text[: LENGTH * 2].rsplit(" ", 1)[0] + " …"


def _marked(text: str, weights: Mapping[str, Any]) -> Iterator[Span]:
    at = 0
    for token in tokens(text):
        if token.term in weights:
            if token.start > at:
                yield Span(text[at : token.start])
            yield Span(text[token.start : token.end], hit=True)
            at = token.end
    if at < len(text):
        yield Span(text[at:])
