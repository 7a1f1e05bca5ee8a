"""Typeahead: titles, callers' own wordings and, for staff, people, by the beginning of any word."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import NamedTuple
from urllib.parse import quote

import numpy as np
from numpy.typing import NDArray

from indexer.analysis import STOP_WORDS, words
from indexer.catalogue import Row
from indexer.results import Suggestion
from kb.directory import DirectoryEntry

LIMIT = 8
PERSON = "person"
"""The kind of a row of the directory, person and team alike."""

_KINDS = {kind: place for place, kind in enumerate(("service", "faq", "guide", "place", PERSON))}
_MAX_CHARACTERS = 500
_MAX_WORDS = 8
_MAX_SLIPS = 3
"""Words in which a slip is looked for."""
_OPENING = 4
"""Words of an entry that are compared with the beginning of what was typed."""
_SHORTEST = 4
"""Letters of a word that may have a slip in it: shorter ones are one slip from everything."""
_END = "\U0010ffff"

Span = tuple[int, int]
"""Words that stand side by side in the alphabet: from the first number up to the second."""
Numbers = NDArray[np.int32]


class _Entry(NamedTuple):
    """A text to suggest. Of two that fit alike the lesser one comes first."""

    wording: bool
    """False for a title or a name."""
    kind: int
    length: int
    text: str
    owner: int
    found_by: str
    """The words by which it is found."""


class Suggester:
    """Completes what is being typed, from one generation's articles and directory."""

    def __init__(self, rows: Iterable[Row], directory: Iterable[DirectoryEntry] = ()) -> None:
        """Make a suggester; the public edition has no directory to give."""
        articles = [row for row in rows if row.language == "en"]
        people = tuple(directory)
        self._owners: list[Row | DirectoryEntry] = [*articles, *people]
        entries = sorted([*_of_articles(articles), *_of_people(people, len(articles))])
        self._texts = [entry.text for entry in entries]
        self._owner = np.array([entry.owner for entry in entries], np.int32)
        held = [words(entry.found_by) for entry in entries]
        self._words = sorted(set(chain.from_iterable(held)))
        numbers = {word: number for number, word in enumerate(self._words)}
        flat = np.array([numbers[word] for one in held for word in one], np.int32)
        places = np.repeat(np.arange(len(held), dtype=np.int32), [len(one) for one in held])
        telling = np.array([word not in STOP_WORDS for word in self._words], bool)[flat]
        self._openings = tuple(
            _openings(flat[some], places[some], len(held))
            for some in (np.ones(len(flat), bool), telling)
        )
        self._places = places[np.argsort(flat, kind="stable")]
        counts = np.bincount(flat, minlength=len(self._words))
        self._starts = np.concatenate(([0], np.cumsum(counts))).tolist()

    def suggest(self, typed: str, limit: int = LIMIT) -> tuple[Suggestion, ...]:
        """The best completions; the last word may be unfinished, and the order of words is free.

        What begins with the words typed comes first, then what begins so but for small words, then
        what merely has them; among these titles and names come before other wordings, and services
        before other kinds. An article or person is suggested once. Small words count only where
        there are no others. Where nothing fits, every word may be
        unfinished; where nothing fits even so, words of four letters and more may have a slip.
        """
        said = words(typed[:_MAX_CHARACTERS])
        unfinished = typed[-1:].isalnum() and len(said) <= _MAX_WORDS
        readings = list(_readings(said[:_MAX_WORDS], unfinished))
        for spans_of in (self._exact, self._begun, self._slipped):
            for reading, open_ended in readings:
                asked = spans_of(reading, open_ended)
                found = self._having(asked)
                if len(found):
                    return tuple(self._best(found, asked, limit))
        return ()

    def _best(self, found: Numbers, asked: list[list[Span]], limit: int) -> Iterator[Suggestion]:
        """The first of what was found, each article and person once."""
        begins, nearly = (_begin(opening[found], asked) for opening in self._openings)
        seen: set[int] = set()
        for some in (found[begins], found[nearly & ~begins], found[~nearly & ~begins]):
            for number, owner in zip(some, self._owner[some], strict=True):
                if len(seen) == limit:
                    return
                if owner not in seen:
                    seen.add(owner)
                    yield _suggestion(self._texts[number], self._owners[owner])

    def _having(self, asked: list[list[Span]]) -> Numbers:
        """The entries that have a word of each of the spans, best first."""
        if not asked or not all(asked):
            return np.empty(0, np.int32)
        found = np.ones(len(self._texts), bool)
        for spans in asked:
            having = np.zeros(len(self._texts), bool)
            for low, high in spans:
                having[self._places[self._starts[low] : self._starts[high]]] = True
            found &= having
        return np.flatnonzero(found).astype(np.int32)

    def _exact(self, reading: list[str], open_ended: bool) -> list[list[Span]]:
        """All words as they were typed; the last may be the beginning of one."""
        *whole, last = reading
        spans = [*map(self._whole, whole), (self._beginning if open_ended else self._whole)(last)]
        return [[span] if span[0] < span[1] else [] for span in spans]

    def _begun(self, reading: list[str], _open_ended: bool) -> list[list[Span]]:
        """Every word as the beginning of one."""
        spans = map(self._beginning, reading)
        return [[span] if span[0] < span[1] else [] for span in spans]

    def _slipped(self, reading: list[str], open_ended: bool) -> list[list[Span]]:
        """Words that begin nothing with one slip; if there are none, all words."""
        asked = self._begun(reading, open_ended)
        unknown = [place for place, spans in enumerate(asked) if not spans]
        for place in (unknown or range(len(reading)))[:_MAX_SLIPS]:
            asked[place] += self._one_slip(reading[place])
        return asked

    def _whole(self, word: str) -> Span:
        low = bisect_left(self._words, word)
        return low, low + (self._words[low : low + 1] == [word])

    def _beginning(self, word: str, within: Span | None = None) -> Span:
        low, high = within or (0, len(self._words))
        low = bisect_left(self._words, word, low, high)
        return low, bisect_left(self._words, word + _END, low, high)

    def _one_slip(self, word: str) -> list[Span]:
        """Words that begin with `word` but for a letter too many, left out, wrong or swapped.

        Goes down the sorted words letter by letter, as far as they agree, so that half-typed words
        are met too, and the time taken does not grow with the number of words.
        """
        if len(word) < _SHORTEST or not word.isalpha():
            return []
        found: set[Span] = set()
        for at in range(len(word)):
            head, rest = word[:at], word[at:]
            within = self._beginning(head)
            if within[0] == within[1]:
                break
            tails = {rest[1:], rest[1::-1] + rest[2:]}
            for letter in self._letters_after(head, within):
                tails |= {letter + rest, letter + rest[1:]}
            found |= {self._beginning(head + tail, within) for tail in tails}
        return [span for span in sorted(found) if span[0] < span[1]]

    def _letters_after(self, head: str, within: Span) -> Iterator[str]:
        """The letters with which the words that begin with `head` go on."""
        low, high = within
        while low < high:
            letter = self._words[low][len(head) : len(head) + 1]
            if letter:
                yield letter
            low = bisect_left(self._words, f"{head}{letter}{_END if letter else chr(1)}", low, high)


def _of_articles(rows: Sequence[Row]) -> Iterator[_Entry]:
    for owner, row in enumerate(rows):
        kind = _KINDS.get(row.kind, len(_KINDS))
        yield _Entry(False, kind, len(row.title), row.title, owner, row.title)
        for text in (*row.a_z, *row.questions):
            yield _Entry(True, kind, len(text), text, owner, text)


def _of_people(people: Sequence[DirectoryEntry], first_owner: int) -> Iterator[_Entry]:
    names = {person.id: person.name for person in people}
    for owner, person in enumerate(people, first_owner):
        name, team = person.name, names.get(person.team, person.team)
        yield _Entry(False, _KINDS[PERSON], len(name), name, owner, name)
        if person.role or team:
            found_by = f"{person.role} {team} {name}"
            yield _Entry(True, _KINDS[PERSON], len(name), name, owner, found_by)


def _suggestion(text: str, owner: Row | DirectoryEntry) -> Suggestion:
    if isinstance(owner, Row):
        return Suggestion(text, owner.kind, owner.id, f"/articles/{owner.id}")
    return Suggestion(text, PERSON, owner.id, f"/search?q={quote(owner.name, safe='')}")


def _begin(opening: Numbers, asked: list[list[Span]]) -> NDArray[np.bool_]:
    """Which of some openings are the words asked for, in their order."""
    begin = np.ones(len(opening), bool)
    for place, spans in enumerate(asked[:_OPENING]):
        word = opening[:, place]
        fits = np.zeros(len(opening), bool)
        for low, high in spans:
            fits |= (word >= low) & (word < high)
        begin &= fits
    return begin


def _openings(flat: Numbers, places: Numbers, entries: int) -> Numbers:
    """The first words of each entry, with -1 where it has no more."""
    firsts = np.searchsorted(places, np.arange(entries))
    order = np.arange(len(flat)) - firsts[places]
    opening = np.full((entries, _OPENING), -1, np.int32)
    early = order < _OPENING
    opening[places[early], order[early]] = flat[early]
    return opening


def _readings(said: list[str], unfinished: bool) -> Iterator[tuple[list[str], bool]]:
    """The words that count, and whether the last may be unfinished; the surest reading first.

    A small word at the very end may be the beginning of another: "bins in" on the way to "bins
    inspected".
    """
    telling = [word for word in said if word not in STOP_WORDS]
    if not telling:
        if said:
            yield said, unfinished
    elif unfinished and said[-1] in STOP_WORDS:
        yield [*telling, said[-1]], True
        yield telling, False
    else:
        yield telling, unfinished
