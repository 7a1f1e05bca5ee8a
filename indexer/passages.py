"""The passage of an article that answers best, with the words that were asked for marked.

At publish an article is cut into passages of whole sentences, and for each term it is noted where
it stands in which of them. A question then needs no more than the notes of its own words.
"""

import re
from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate
from typing import NamedTuple, Self

import orjson

from indexer.analysis import terms, tokens
from indexer.postings import key_of
from indexer.results import Answer, Span
from kb.article import Article, Audience

LENGTH = 320
"""Characters of a passage, at most a sentence more: two breaths when read out."""
MOST = 0xFFFF
"""Passages of an article; what comes behind them is found, but not read out."""

_SENTENCE_END = re.compile(r"(?<=[.!?…])\s+|\n+")
_HEADING = 0.5
"""What a word in the heading alone counts for; beside one in the text, a little less."""
_HEADING_TOO = 0.3
_REPEAT = 0.15
_FIRST = 1.15
"""The first passage is the one its editor wrote to be read out."""


Places = tuple[list[int], list[int], int]
"""The passages that have a term, how often each has it, and where their spans begin."""


class Passage(NamedTuple):
    """A stretch of one section that can be read out."""

    anchor: str
    heading: str
    audience: str
    text: str


class PassageIndex(NamedTuple):
    """The passages of an article, and where each term stands; kept and read as one piece of bytes.

    texts    each passage as JSON
    keys     uint64  the hash of each term, ascending
    places   uint32  where the record of each term begins
    records  uint16  how many passages have the term, and how many stand below a heading that has
                     it; the former; how often each of them has it; the latter; and each time that
                     it stands in a passage, in that order, where it begins and ends
    """

    lead: int
    """How many passages come first and answer by themselves: the summary, the opening."""
    ends: Sequence[int]
    """Where each passage ends in the texts."""
    staff: Sequence[int]
    """The passages that come from staff blocks."""
    texts: int
    """Where they begin in `data`."""
    data: bytes
    keys: memoryview
    places: memoryview
    records: memoryview

    @classmethod
    def of(cls, article: Article) -> Self:
        """Cut an article into passages; one without a body has none."""
        passages: list[Passage] = []
        if article.sections and article.summary:
            passages.append(Passage("", "", Audience.PUBLIC, _cut(article.summary)))
        opening = len(passages)
        for section in article.sections:
            for text in _pieces(section.text or section.heading):
                passages.append(Passage(section.anchor, section.heading, section.audience, text))
        del passages[MOST:]
        texts = [orjson.dumps(list(passage)) for passage in passages]
        ends = list(accumulate(map(len, texts)))
        staff = [n for n, passage in enumerate(passages) if passage.audience == Audience.STAFF]
        keys, places, records = _noted(passages, article.title)
        lead = min(opening + 1, len(passages))
        head = orjson.dumps([lead, ends, staff, len(keys)])
        parts = [len(head).to_bytes(4, "little"), head, *texts]
        return cls.load(
            b"".join([*parts, array("Q", keys), array("I", places), array("H", records)])
        )

    @classmethod
    def load(cls, data: bytes) -> Self:
        """Read what is kept in `data`.

        Raises:
            ValueError, TypeError: where it is something else.
        """
        texts = 4 + int.from_bytes(data[:4], "little")
        lead, ends, staff, terms = orjson.loads(data[4:texts])
        keys = texts + (ends[-1] if ends else 0)
        places = keys + 8 * terms
        records = places + 4 * terms
        held = memoryview(data)
        return cls(
            lead,
            ends,
            staff,
            texts,
            data,
            held[keys:places].cast("Q"),
            held[places:records].cast("I"),
            held[records:].cast("H"),
        )

    def best(self, weights: Mapping[str, float], nearest: str = "") -> Answer | None:
        """Choose an answer.

        Args:
            weights: what each term of the question counts for.
            nearest: the anchor of the section to choose where no passage has a word of it.

        Returns:
            None where the article has no body.
        """
        if not self.ends:
            return None
        scores = [0.0] * len(self.ends)
        found = [
            self._add(scores, at, weight)
            for term, weight in weights.items()
            if (at := self._find(term)) is not None
        ]
        for number in range(self.lead):
            scores[number] *= _FIRST
        chosen = self._chosen(scores) if any(scores) else self._below(nearest)
        marks = [span for places in found for span in self._spans(places, chosen)]
        anchor, heading, audience, text = self._passage(chosen)
        return Answer(anchor, heading, tuple(_marked(text, sorted(marks))), Audience(audience))

    def _passage(self, number: int) -> list[str]:
        """The fields of a `Passage`."""
        begin = self.texts + (self.ends[number - 1] if number else 0)
        fields: list[str] = orjson.loads(self.data[begin : self.texts + self.ends[number]])
        return fields

    def _find(self, term: str) -> int | None:
        """Where the record of a term begins; None where the article does not have it."""
        key = key_of(term)
        place = bisect_left(self.keys, key)
        found = place < len(self.keys) and self.keys[place] == key
        return int(self.places[place]) if found else None

    def _add(self, scores: list[float], at: int, weight: float) -> Places:
        """Add to the scores what a term gives each passage: itself once, repeats a little."""
        records = self.records
        size = records[at]
        counted = at + 2 + size
        below = counted + size
        end = below + records[at + 1]
        here = records[at + 2 : counted].tolist()
        counts = records[counted:below].tolist()
        for number, count in zip(here, counts, strict=True):
            scores[number] += weight * (1 + _REPEAT * (count - 1 if count < 4 else 3))
        if end > below:
            for number in records[below:end].tolist():
                scores[number] += weight * (_HEADING_TOO if number in here else _HEADING)
        return here, counts, end

    def _spans(self, places: Places, chosen: int) -> Iterable[tuple[int, int]]:
        """Where a term stands in the chosen passage."""
        here, counts, at = places
        if chosen not in here:
            return ()
        number = here.index(chosen)
        begin = at + 2 * sum(counts[:number])
        span = self.records[begin : begin + 2 * counts[number]].tolist()
        return zip(span[::2], span[1::2], strict=True)

    def _chosen(self, scores: list[float]) -> int:
        """The first of the best; a staff passage only where no open one has a word of it."""
        highest = max(scores)
        first = scores.index(highest)
        if first not in self.staff:
            return first
        opened = [number for number in range(len(scores)) if number not in self.staff]
        best = max(opened, key=lambda number: (scores[number], -number), default=first)
        return best if scores[best] > 0 else first

    def _below(self, anchor: str) -> int:
        """The first open passage of a section; the first of all where there is none."""
        opened = [number for number in range(len(self.ends)) if number not in self.staff]
        here = (number for number in opened if self._passage(number)[0] == anchor)
        return next(here, opened[0] if opened else 0)


def _noted(passages: Sequence[Passage], title: str) -> tuple[list[int], list[int], list[int]]:
    """The keys, places and records of the terms of some passages."""
    spans: dict[str, list[int]] = defaultdict(list)
    counts: dict[str, dict[int, int]] = defaultdict(dict)
    below: dict[str, list[int]] = defaultdict(list)
    for number, passage in enumerate(passages):
        for term, _, start, end in tokens(passage.text):
            spans[term] += (start, end)
            here = counts[term]
            here[number] = here.get(number, 0) + 1
        for term in set(terms(passage.heading or title)):
            below[term].append(number)
    places: list[int] = []
    records: list[int] = []
    keyed = sorted((key_of(term), term) for term in {**spans, **below})
    for _, term in keyed:
        places.append(len(records))
        here, under = counts.get(term, {}), below.get(term, ())
        records += (len(here), len(under), *here, *here.values(), *under, *spans.get(term, ()))
    return [key for key, _ in keyed], places, records


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


def _marked(text: str, marks: list[tuple[int, int]]) -> Iterator[Span]:
    at = 0
    for start, end in marks:
        if start > at:
            yield Span(text[at:start])
        yield Span(text[start:end], True)
        at = end
    if at < len(text):
        yield Span(text[at:])
