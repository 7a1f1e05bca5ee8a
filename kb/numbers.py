"""Short numbers that can be said aloud, as 4-217: every article has one, and it stays.

An editor may set it; where none is set, one is given, and no other article ever gets it. Which one
follows from the article's id, so that nearly all come out the same where what was given is lost:
the first choices lie in a space of 8,100 with one figure before the dash, and the next, for those
whose first choice is taken, in one of 81,000 with two.
"""

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import chain, count, repeat

from kb.article import Audience
from kb.outline import Surroundings

_SPACES = ((1, 9), (10, 90), (100, 900))
"""The least number before the dash, and how many there are from it on. Behind the dash are always
three figures, from 100: what is said without a break can be read in one way only."""
_TRIES = (1, 8)
"""Choices in each space but the last, which has as many as are needed."""
_BEHIND = 900

_PARTED = re.compile(r"\s*([0-9]{1,3})\s*[-\u2010-\u2015.\s]\s*([0-9]{1,4})\s*")
_WHOLE = re.compile(r"\s*([0-9]{2,7})\s*")


@dataclass(frozen=True)
class Numbers:
    """The numbers of all articles, whichever edition they are in today."""

    of: Mapping[str, str]
    """By the article's id; its translations have the same."""
    given: Mapping[str, str]
    """By id: those that were given, to articles that are gone too. They are given to no other."""


def number_articles(around: Surroundings, given: Mapping[str, str]) -> Numbers:
    """Number all articles.

    Args:
        around: the articles, with the numbers that their editors set.
        given: the numbers given before, by id. They stay, unless an editor has set one of them for
            another article.
    """
    own = _set_by_editors(around)
    kept = {id_: one for id_, one in given.items() if one not in around.numbered}
    taken = {*around.numbered, *kept.values()}
    ids = _in_order(around)
    for id_ in ids:
        if id_ not in kept and id_ not in own:
            kept[id_] = next(one for one in _choices(id_) if one not in taken)
            taken.add(kept[id_])
    return Numbers({id_: own.get(id_) or kept[id_] for id_ in ids}, kept)


def understood(words: str) -> tuple[str, ...]:
    """The numbers that somebody may mean, as 4-217 of "4 217", "4217" or "4-217".

    None where the words are anything else.
    """
    parted = _PARTED.fullmatch(words)
    if parted:
        return (f"{parted[1]}-{parted[2]}",)
    whole = _WHOLE.fullmatch(words)
    if not whole:
        return ()
    figures = whole[1]
    return tuple(
        f"{figures[:at]}-{figures[at:]}" for at in (1, 2, 3) if 1 <= len(figures) - at <= 4
    )


def _set_by_editors(around: Surroundings) -> dict[str, str]:
    """By id, where a number is that of one article alone; the original's before a translation's."""
    own: dict[str, str] = {}
    for number, having in around.numbered.items():
        if len({id_ for id_, _ in having}) == 1:
            for id_, path in having:
                if id_ not in own or around.good[path].language == "en":
                    own[id_] = number
    return own


def _in_order(around: Surroundings) -> list[str]:
    """The ids; those of the public first, so that what staff alone have changes none of theirs."""
    originals = [one for one in around.good.values() if one.language == "en"]
    originals.sort(key=lambda one: (one.audience is Audience.STAFF, one.id))
    return [one.id for one in originals]


def _choices(id_: str) -> Iterator[str]:
    """The numbers that an article would like to have, the first choice first."""
    first, more = _TRIES
    spaces = chain(repeat(_SPACES[0], first), repeat(_SPACES[1], more), repeat(_SPACES[2]))
    for choice, (least, many) in zip(count(), spaces, strict=False):
        digest = hashlib.blake2b(f"{choice}\0{id_}".encode(), digest_size=8).digest()
        before, behind = divmod(int.from_bytes(digest, "big") % (many * _BEHIND), _BEHIND)
        yield f"{least + before}-{100 + behind}"
