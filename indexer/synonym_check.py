"""Warnings about the content's synonyms: circles, and words that its articles show to be wrong."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from itertools import chain, pairwise

from indexer.analysis import STOP_WORDS, stem, words
from indexer.document import document
from indexer.expansion import Phrase, phrase, said_as
from indexer.lexicon import Lexicon
from kb.article import Audience, Edition
from kb.crosscheck import Checked
from kb.editions import EditionPlan, plan_edition
from kb.problems import Level, Problem, sort_key
from kb.synonyms import PATH, Synonym

COMMON = 0.1
"""Share of the articles from which on a word is too common to mean another."""
FEWEST = 20
"""Articles there must be for that."""
_MOST_CIRCLES = 20
_STOP_TERMS = frozenset(map(stem, STOP_WORDS))

_APART = re.compile(r"\s+(?!\d)")
"""Between two words; a postcode stays together."""

Groups = tuple[tuple[int, Synonym], ...]
"""As in the file, each with its line."""


@dataclass(frozen=True)
class Words:
    """The words of an edition."""

    articles: int
    terms: Mapping[str, int]
    """By term: the number of articles that have the commonest of its words; terms that no group
    is about may be missing."""


def check_synonyms(checked: Checked) -> tuple[Problem, ...]:
    """Warnings about the synonyms of a content that need not be published, but was read whole."""
    groups = checked.content.synonyms
    reader = _Reader(groups)
    plans = (plan_edition(checked, edition) for edition in served(groups))
    held = {plan.edition: reader.read(plan) for plan in plans}
    return synonym_problems(groups, held)


def served(groups: Groups) -> set[Edition]:
    """The editions whose words have to be known to check some groups."""
    return {_edition(group) for _, group in groups}


def synonym_problems(groups: Groups, held: Mapping[Edition, Words]) -> tuple[Problem, ...]:
    """Warnings about the groups, in their order.

    Args:
        groups: the content's own.
        held: the words of every edition that is `served`.
    """
    found = [*_circles(groups), *_said_twice(groups)]
    for edition, known in held.items():
        mine = tuple(pair for pair in groups if _edition(pair[1]) is edition)
        found += [*_matching_nothing(mine, edition, known.terms), *_swallowing(mine, known)]
    return tuple(sorted(found, key=sort_key))


class _Reader:
    """Reads those words of articles that synonyms are about, and nothing twice.

    Both editions have most texts in common, and texts are made of few different pieces.
    """

    def __init__(self, groups: Groups) -> None:
        phrases = [phrase(mean) for _, group in groups for mean in group.mean]
        phrases += [said_as(say) for _, group in groups for say in group.say]
        self._wanted = {term for one in phrases for term in one}
        self._pieces: dict[str, list[str]] = {}
        self._texts: dict[str, set[str]] = {}

    def read(self, plan: EditionPlan) -> Words:
        """The words of an edition as it would be published."""
        held: dict[str, set[str]] = defaultdict(set)
        for key, draft in plan.drafts.items():
            fields = document(plan.build(key)).fields
            held[draft.id] |= self._in_text("\n".join(fields.values()))
        counts = Counter(chain.from_iterable(held.values()))
        return Words(len(held), Lexicon.of(counts).terms)

    def _in_text(self, text: str) -> set[str]:
        if text not in self._texts:
            pieces = set(_APART.split(text))
            for piece in pieces.difference(self._pieces):
                self._pieces[piece] = [word for word in words(piece) if stem(word) in self._wanted]
            self._texts[text] = {word for piece in pieces for word in self._pieces[piece]}
        return self._texts[text]


def _edition(group: Synonym) -> Edition:
    """The smallest edition that a group serves."""
    return Edition.PUBLIC if group.audience is Audience.PUBLIC else Edition.STAFF


def _warning(line: int, message: str) -> Problem:
    return Problem(level=Level.WARNING, path=PATH, line=line, message=message)


@dataclass(frozen=True)
class _Link:
    """One phrase that means another."""

    line: int
    say: str
    mean: str


def _circles(groups: Groups) -> Iterator[Problem]:
    """Circles of one-way groups, one for each group that closes one."""
    links: dict[Phrase, dict[Phrase, _Link]] = defaultdict(dict)
    for line, group in groups:
        if group.both_ways:
            continue
        for say in group.say:
            for mean in filter(said_as, group.mean):
                links[said_as(say)].setdefault(said_as(mean), _Link(line, say, mean))
    for _ in range(_MOST_CIRCLES):
        try:
            TopologicalSorter(links).prepare()
            return
        except CycleError as error:
            phrases: list[Phrase] = error.args[1][::-1]
        circle = [links[said][meant] for said, meant in pairwise(phrases)]
        last = max(circle, key=lambda link: link.line)
        at = circle.index(last)
        yield _warning(last.line, _circle_message([*circle[at:], *circle[:at]]))
        for said, meant in links.items():
            links[said] = {to: link for to, link in meant.items() if link.line != last.line}


def _circle_message(circle: list[_Link]) -> str:
    first, *rest = circle
    if not rest:
        return f'"{first.say}" means itself; take "{first.mean}" out of mean'
    steps = [f'"{first.say}" means "{first.mean}"']
    steps += [f'"{link.say}" means "{link.mean}" (line {link.line})' for link in rest]
    fix = "take one of them out"
    if len(circle) == 2:
        fix = f"make them one group with both_ways: true, or {fix}"
    return f"{', '.join(steps)}: this goes in a circle; {fix}"


def _said_twice(groups: Groups) -> Iterator[Problem]:
    """The same words said in two groups that serve the same edition."""
    seen: dict[tuple[Phrase, Audience | None], int] = {}
    for number, (line, group) in enumerate(groups):
        for say in filter(said_as, group.say):
            first = seen.setdefault((said_as(say), group.audience), number)
            if first != number:
                message = f'say: "{say}" is said on line {groups[first][0]} too; put all it means'
                yield _warning(line, f"{message} into one of the groups")


def _matching_nothing(
    groups: Groups, edition: Edition, terms: Mapping[str, int]
) -> Iterator[Problem]:
    """Groups whose meaning no article has."""
    for line, group in groups:
        if not any(terms.get(term) for mean in group.mean for term in phrase(mean)):
            meant = ", ".join(f'"{mean}"' for mean in group.mean)
            message = f"mean: no article of the {edition} edition has a word of {meant}"
            yield _warning(line, f"{message}; write the words that articles use, or take it out")


def _swallowing(groups: Groups, held: Words) -> Iterator[Problem]:
    """Single words said so often that every question would be taken for something else."""
    for line, group in groups:
        for say in group.say:
            said = said_as(say)
            if len(said) != 1:
                continue
            count = held.terms.get(said[0], 0)
            if said[0] in _STOP_TERMS:
                what = "is a small word that every question has"
            elif held.articles >= FEWEST and count > held.articles * COMMON:
                what = f"stands in {count:,} of {held.articles:,} articles, so it is no other word"
            else:
                continue
            yield _warning(line, f'say: "{say}" {what}; say it in more words, or take it out')
