"""Synonyms: from the words people say to the words the articles use."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

from indexer.analysis import STOP_WORDS, stem, terms, words
from indexer.vocabulary import general_vocabulary
from kb.synonyms import Synonym

WEIGHT = 0.55
"""Of a synonym beside the word that was said."""

Phrase = tuple[str, ...]
Meanings = Mapping[Phrase, tuple[Phrase, ...]]

_PASSED_OVER = frozenset(
    map(stem, words("a an the my our your his her their its this that of for in on at to and or"))
)
"""Words that may stand between those of a phrase: "tax on my car" says "tax car"."""


def phrase(text: str) -> Phrase:
    """The terms of a phrase; stop words count only where there is nothing else."""
    plain = words(text)
    return tuple(stem(word) for word in plain if word not in STOP_WORDS) or tuple(map(stem, plain))


def spoken(said: Iterable[str]) -> Phrase:
    """The terms of something said in which synonyms are looked for."""
    return tuple(term for term in said if term not in _PASSED_OVER)


def said_as(text: str) -> Phrase:
    """The terms by which a phrase with a meaning is known when it is said."""
    said = terms(text)
    return spoken(said) or tuple(said)


def meanings(groups: Iterable[Synonym]) -> Meanings:
    """What each phrase of some groups means."""
    found: dict[Phrase, dict[Phrase, None]] = defaultdict(dict)
    for group in groups:
        ways = [(group.say, group.mean)]
        if group.both_ways:
            ways.append((group.mean, group.say))
        for say, mean in ways:
            meant = dict.fromkeys(filter(None, map(phrase, mean)))
            for one in say:
                found[said_as(one)] |= meant
    return {said: tuple(meant) for said, meant in found.items() if said and meant}


@lru_cache(maxsize=1)
def _general() -> Meanings:
    return meanings(general_vocabulary())


def _longest(said: Iterable[Phrase]) -> dict[str, int]:
    """By first term: the terms of the longest phrase that begins so."""
    found: dict[str, int] = {}
    for one in said:
        found[one[0]] = max(len(one), found.get(one[0], 0))
    return found


@lru_cache(maxsize=1)
def _general_longest() -> Mapping[str, int]:
    return _longest(_general())


class Expander:
    """Finds the synonyms of a question; a content's own groups override the general ones."""

    def __init__(self, groups: Iterable[Synonym], general: Meanings | None = None) -> None:
        """Make an expander.

        Args:
            groups: the content's own.
            general: what comes before them; by default the vocabulary of the package.
        """
        self._own = meanings(groups)
        self._general = _general() if general is None else general
        self._longest = {**(_general_longest() if general is None else _longest(general))}
        for first, length in _longest(self._own).items():
            self._longest[first] = max(length, self._longest.get(first, 0))

    def known(self, terms: Sequence[str]) -> set[str]:
        """The terms of a question that belong to a synonym said in it, and so are no slips."""
        return {term for said in self._said(terms) for term in said}

    def expand(self, terms: Sequence[str]) -> list[str]:
        """The terms that synonyms add to a question, each once."""
        added: dict[str, None] = {}
        for said in self._said(terms):
            for meant in self._own[said] if said in self._own else self._general[said]:
                added |= dict.fromkeys(meant)
        return [term for term in added if term not in terms]

    def _said(self, terms: Sequence[str]) -> Iterator[Phrase]:
        """The phrases with synonyms that a question holds, the longer before the shorter."""
        for sequence in {tuple(terms): None, spoken(terms): None}:
            for start, first in enumerate(sequence):
                longest = min(self._longest.get(first, 0), len(sequence) - start)
                for length in range(longest, 0, -1):
                    said = sequence[start : start + length]
                    if said in self._own or said in self._general:
                        yield said
