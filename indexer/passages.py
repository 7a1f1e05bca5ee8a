"""The passage of an article that answers best, with the words that were asked for marked.

At publish an article is cut into passages of whole sentences, and for each term it is noted in
which of them it stands. A question then needs no more than these notes.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

import orjson

from indexer.analysis import places_of, terms
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

    passages: Sequence[Sequence[str]]
    """The fields of each `Passage`, as they are kept: only the chosen one is made."""
    lead: int
    """How many of them come first and answer by themselves: the summary, the opening."""
    notes: bytes
    """A line for each term, `term<tab>passage count passage count …<tab>passages below a heading
    that has it`: the few that are asked for are found without reading the others."""

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
        below: dict[str, list[int]] = defaultdict(list)
        for number, passage in enumerate(passages):
            for term, count in Counter(terms(passage.text)).items():
                places[term] += (number, count)
            for term in set(terms(passage.heading or article.title)):
                below[term].append(number)
        notes = "".join(
            f"\n{term}\t{_listed(places[term])}\t{_listed(below[term])}"
            for term in {**places, **below}
        )
        fields = [(p.anchor, p.heading, p.audience.value, p.text) for p in passages]
        return cls(fields, min(opening + 1, len(passages)), notes.encode())

    def best(self, weights: Mapping[str, float], nearest: str = "") -> Answer | None:
        """Choose an answer.

        Args:
            weights: what each term of the question counts for.
            nearest: the anchor of the section to choose where no passage has a word of it.

        Returns:
            None where the article has no body.
        """
        if not self.passages:
            return None
        scores = self._scores(weights)
        chosen = self._chosen(scores) if any(scores) else self._below(nearest)
        anchor, heading, audience, text = self.passages[chosen]
        return Answer(anchor, heading, tuple(_marked(text, weights)), Audience(audience))

    def _scores(self, weights: Mapping[str, float]) -> list[float]:
        """What each passage holds of the question: each word once, repeats a little."""
        scores = [0.0] * len(self.passages)
        for term, weight in weights.items():
            places, below = self._noted(term)
            here = places[::2]
            for number, count in zip(here, places[1::2], strict=True):
                scores[number] += weight * (1 + _REPEAT * min(count - 1, 3))
            for number in below:
                scores[number] += weight * (_HEADING_TOO if number in here else _HEADING)
        for number in range(self.lead):
            scores[number] *= _FIRST
        return scores

    def _noted(self, term: str) -> tuple[list[int], list[int]]:
        """Where a term stands, and the passages below a heading that has it."""
        begin = self.notes.find(b"\n%b\t" % term.encode())
        if begin < 0:
            return [], []
        end = self.notes.find(b"\n", begin + 1)
        _, places, below = self.notes[begin : end if end > 0 else None].split(b"\t")
        return list(map(int, places.split())), list(map(int, below.split()))

    def _chosen(self, scores: list[float]) -> int:
        """The first of the best; a staff passage only where no open one has a word of it."""
        highest = max(scores)
        first = scores.index(highest)
        if self._is_open(first):
            return first
        opened = [number for number in range(len(scores)) if self._is_open(number)]
        best = max(opened, key=lambda number: (scores[number], -number), default=first)
        return best if scores[best] > 0 else first

    def _below(self, anchor: str) -> int:
        """The first open passage of a section; the first of all where there is none."""
        opened = [number for number in range(len(self.passages)) if self._is_open(number)]
        here = [number for number in opened if self.passages[number][0] == anchor]
        return next(iter([*here, *opened]), 0)

    def _is_open(self, number: int) -> bool:
        return self.passages[number][2] == Audience.PUBLIC

    def dump(self) -> bytes:
        """As it is kept beside the article."""
        head = orjson.dumps([self.passages, self.lead])
        return len(head).to_bytes(4, "little") + head + self.notes

    @classmethod
    def load(cls, data: bytes) -> Self:
        """Read what `dump` wrote.

        Raises:
            ValueError: where it is something else.
        """
        end = 4 + int.from_bytes(data[:4], "little")
        passages, lead = orjson.loads(data[4:end])
        return cls(passages, lead, data[end:])


def _listed(numbers: Sequence[int]) -> str:
    return " ".join(map(str, numbers))


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
    for start, end in places_of(text, weights):
        if start > at:
            yield Span(text[at:start])
        yield Span(text[start:end], hit=True)
        at = end
    if at < len(text):
        yield Span(text[at:])
