"""The words of an edition, each with the number of articles that have it."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Self

from indexer.analysis import stem, words
from indexer.document import Document


def document_words(document: Document) -> set[str]:
    """The plain words of a document, each once."""
    return {word for text in document.fields.values() for word in words(text)}


@dataclass(frozen=True)
class Lexicon:
    """The words of one generation."""

    words: Counter[str]
    """By plain word: the number of articles that have it."""
    terms: Counter[str]
    """By term: the number of articles that have the commonest of its words."""
    _families: Mapping[str, tuple[str, ...]] = field(compare=False)
    """The words of each term."""

    @classmethod
    def of(cls, counts: Mapping[str, int]) -> Self:
        """The lexicon of some words; a count of nothing is no word."""
        held = Counter({word: count for word, count in counts.items() if count > 0})
        families: dict[str, tuple[str, ...]] = {}
        for word in held:
            term = stem(word)
            families[term] = (*families.get(term, ()), word)
        terms = Counter({term: _commonest(family, held) for term, family in families.items()})
        return cls(held, terms, families)

    def changed(self, counts: Mapping[str, int]) -> Self:
        """The lexicon with other counts for some words, in a time that hardly depends on the rest.

        Args:
            counts: by plain word, the new number of articles; nothing for a word that goes.
        """
        held, terms, families = self.words.copy(), self.terms.copy(), dict(self._families)
        for word, count in counts.items():
            others = tuple(one for one in families.pop(stem(word), ()) if one != word)
            if count > 0:
                held[word] = count
                others = (*others, word)
            else:
                held.pop(word, None)
            if others:
                families[stem(word)] = others
        for term in set(map(stem, counts)):
            terms.pop(term, None)
            if term in families:
                terms[term] = _commonest(families[term], held)
        return type(self)(held, terms, families)


def _commonest(family: tuple[str, ...], counts: Mapping[str, int]) -> int:
    return max(map(counts.__getitem__, family))
