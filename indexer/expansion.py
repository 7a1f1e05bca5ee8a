"""Synonyms: from the words people say to the words the articles use."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from indexer.analysis import STOP_WORDS, stem, words
from kb.synonyms import Synonym

WEIGHT = 0.6
"""Of a synonym beside the word that was said."""

Phrase = tuple[str, ...]


def phrase(text: str) -> Phrase:
    """The terms of a phrase; stop words count only where there is nothing else."""
    plain = words(text)
    return tuple(stem(word) for word in plain if word not in STOP_WORDS) or tuple(map(stem, plain))


class Expander:
    """Finds the synonyms of a question."""

    def __init__(self, groups: Iterable[Synonym]) -> None:
        self._means: dict[Phrase, list[Phrase]] = defaultdict(list)
        for group in groups:
            self._add(group.say, group.mean)
            if group.both_ways:
                self._add(group.mean, group.say)
        self._longest = max((len(said) for said in self._means), default=0)

    def _add(self, said: Iterable[str], meant: Iterable[str]) -> None:
        targets = [target for target in map(phrase, meant) if target]
        for one in map(phrase, said):
            if one:
                self._means[one] += [t for t in targets if t not in self._means[one]]

    def known(self, terms: Sequence[str]) -> set[str]:
        """The terms of a question that belong to a synonym said in it, and so are no slips."""
        return {term for said in self._said(terms) for term in said}

    def expand(self, terms: Sequence[str]) -> list[str]:
        """The terms that synonyms add to a question, each once."""
        added: dict[str, None] = {}
        for said in self._said(terms):
            for meant in self._means[said]:
                added |= dict.fromkeys(meant)
        return [term for term in added if term not in terms]

    def _said(self, terms: Sequence[str]) -> Iterator[Phrase]:
        """The phrases with synonyms that a question holds, the longer before the shorter."""
        for start in range(len(terms)):
            for length in range(min(self._longest, len(terms) - start), 0, -1):
                said = tuple(terms[start : start + length])
                if said in self._means:
                    yield said
