"""Corrections, from the edition's own words only."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cached_property

from rapidfuzz import process
from rapidfuzz.distance import OSA

_SHORTEST = 4
_LONG = 9
_VERY_LONG = 12
_SOUND = 5
"""First letters of a very long word that have to be right: its end is what is guessed."""


class Speller:
    """Corrects words that no article has."""

    def __init__(self, counts: Mapping[str, int]) -> None:
        """Make a speller of an edition's words and the number of articles that have each."""
        self._counts = counts

    @cached_property
    def _by_first(self) -> Mapping[str, list[str]]:
        """By first letter; made for the first slip, as most questions have none."""
        found: dict[str, list[str]] = defaultdict(list)
        for word in self._counts:
            if len(word) >= _SHORTEST - 1 and word.isalpha():
                found[word[0]].append(word)
        return found

    def correct(self, word: str) -> str | None:
        """The most frequent word one slip away that begins with the same letter.

        Words of nine letters and more may be two slips away, and of twelve three, if they begin
        alike. Short words and codes stay as they are: almost everything is one slip from them.
        """
        if len(word) < _SHORTEST or not word.isalpha():
            return None
        alike = self._by_first.get(word[0], [])
        found = self._within(2 if len(word) >= _LONG else 1, word, alike)
        if found is None and len(word) >= _VERY_LONG:
            found = self._within(3, word, [one for one in alike if one[:_SOUND] == word[:_SOUND]])
        return found

    def _within(self, slips: int, word: str, among: Sequence[str]) -> str | None:
        """The nearest of some words, and of several as near the most frequent."""
        found = process.extract(word, among, scorer=OSA.distance, score_cutoff=slips, limit=None)
        if not found:
            return None
        best = min(found, key=lambda item: (item[1], -self._counts[item[0]], item[0]))
        return str(best[0])
