"""People, teams and partner councils, found by name, by sound, by what they do, or by their number.

A caller's words for somebody are uncertain ("the council tax lady", "a Mr McDonald, I think"), so a
word that nobody answers to costs nothing, and a name matches as it sounds.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

import jellyfish
from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from indexer.analysis import STOP_WORDS, stem, words
from indexer.expansion import WEIGHT, Expander
from kb.authority import Partner
from kb.directory import DirectoryEntry

LIMIT = 8
_TEAM = "team"
_NAME, _ROLE, _SERVICES, _TEAM_NAME, _REMARKS = 3.0, 2.0, 1.5, 1.0, 0.4
"""What a word counts for where it stands."""
_BEGUN, _SOUNDS, _SLIP = 0.9, 0.8, 0.7
"""What a match counts for that is not exact: begun, sounding alike, one slip away."""
_SHORTEST_BEGUN, _SHORTEST_SLIP = 3, 5
_ENOUGH = 0.5
"""Share of the best score from which others are shown beside it."""
_MAX_WORDS = 12
_SMALL = frozenset(["mr", "mrs", "miss", "ms", "dr", "the", "of", "and"])


class ListingKind(StrEnum):
    """What an entry is."""

    PERSON = "person"
    TEAM = "team"
    PARTNER = "partner"


@dataclass(frozen=True)
class Listing:
    """Somebody to hand a call over to."""

    id: str
    kind: ListingKind
    name: str
    role: str = ""
    team: str = ""
    """The name of the team of a person."""
    telephone: str = ""
    email: str = ""
    website: str = ""
    location: str = ""
    """An article's id, of a place; or plain text."""
    hours: str = ""
    services: tuple[str, ...] = ()
    """Articles' ids."""
    deputy: str = ""
    """The id of who stands in."""
    notes: str = ""


@dataclass(frozen=True)
class Found:
    """A listing that was asked for."""

    listing: Listing
    score: float


def listings(directory: Iterable[DirectoryEntry], partners: Iterable[Partner]) -> list[Listing]:
    """Everybody: the rows of the directory, then partners that are not among them."""
    entries = tuple(directory)
    names = {entry.id: entry.name for entry in entries}
    found = [
        Listing(
            id=entry.id,
            kind=ListingKind.TEAM if entry.role.casefold() == _TEAM else ListingKind.PERSON,
            name=entry.name,
            role="" if entry.role.casefold() == _TEAM else entry.role,
            team=names.get(entry.team, entry.team),
            telephone=entry.telephone,
            email=entry.email,
            location=entry.location,
            hours=entry.hours,
            services=tuple(filter(None, (one.strip() for one in entry.services.split(";")))),
            deputy=entry.deputy,
            notes=entry.notes,
        )
        for entry in entries
    ]
    found += [
        Listing(
            id=partner.id,
            kind=ListingKind.PARTNER,
            name=partner.name,
            telephone=partner.telephone or "",
            website=partner.website or "",
            notes=partner.responsible_for or "",
        )
        for partner in partners
        if partner.id not in names
    ]
    return found


class People:
    """Finds people; safe to use from several threads."""

    def __init__(
        self, everybody: Iterable[Listing], titles: Mapping[str, str], expander: Expander
    ) -> None:
        """Read them in.

        Args:
            everybody: who can be found.
            titles: of articles, by id: what somebody's services are called.
            expander: from the words people say to those that are written.
        """
        self._listings = list(everybody)
        self._by_id = {one.id: number for number, one in enumerate(self._listings)}
        self._expander = expander
        self._places: dict[str, dict[int, float]] = defaultdict(dict)
        """For each term who has it, and what it counts for there."""
        self._names: dict[str, set[str]] = defaultdict(set)
        """The terms of names by how they sound."""
        for number, one in enumerate(self._listings):
            for text, weight in _texts(one, titles):
                for word in words(text):
                    held = self._places[stem(word)]
                    held[number] = max(held.get(number, 0.0), weight)
            for word in words(one.name):
                if (sound := _sound(word)) is not None:
                    self._names[sound].add(stem(word))
        self._terms = sorted(self._places)

    def get(self, id_: str) -> Listing | None:
        """Somebody by id."""
        number = self._by_id.get(id_)
        return self._listings[number] if number is not None else None

    def all(self) -> list[Listing]:
        """Everybody, as listed."""
        return list(self._listings)

    def search(self, typed: str, limit: int = LIMIT) -> list[Found]:
        """Who is meant, best first; equal scores as listed. Nobody where no word fits."""
        by_number = self._by_telephone(typed)
        if by_number:
            return [Found(one, 1.0) for one in by_number[:limit]]
        said = [word for word in words(typed)[:_MAX_WORDS] if word not in _SMALL]
        asked = [word for word in said if word not in STOP_WORDS] or said
        scores: dict[int, float] = defaultdict(float)
        for place, word in enumerate(asked):
            best: dict[int, float] = defaultdict(float)
            for term, likeness in self._meant(word, unfinished=place == len(asked) - 1):
                rarity = self._rarity(term)
                for number, weight in self._places[term].items():
                    best[number] = max(best[number], likeness * weight * rarity)
            for number, score in best.items():
                scores[number] += score
        for term in self._expander.expand([stem(word) for word in said]):
            for number, weight in self._places.get(term, {}).items():
                scores[number] += WEIGHT * weight * self._rarity(term) * 0.5
        ranked = sorted(scores, key=lambda number: (-scores[number], number))
        if not ranked:
            return []
        enough = scores[ranked[0]] * _ENOUGH
        return [
            Found(self._listings[number], round(scores[number], 4))
            for number in ranked[:limit]
            if scores[number] >= enough
        ]

    def _by_telephone(self, typed: str) -> list[Listing]:
        digits = "".join(sign for sign in typed if sign.isdigit())
        if len(digits) < 4 or any(sign.isalpha() for sign in typed):
            return []
        return [one for one in self._listings if digits in one.telephone.replace(" ", "")]

    def _meant(self, word: str, *, unfinished: bool) -> Iterator[tuple[str, float]]:
        """The terms that a word stands for, and how surely."""
        term = stem(word)
        exact = term in self._places
        if exact:
            yield term, 1.0
        sound = _sound(word)
        alike = self._names.get(sound, set()) - {term} if sound is not None else set()
        for other in alike:
            yield other, _SOUNDS
        if unfinished and len(word) >= _SHORTEST_BEGUN:
            for other in self._terms:
                if other != term and other.startswith(word):
                    yield other, _BEGUN
        if exact or alike or len(word) < _SHORTEST_SLIP:
            return
        for other, slips, _ in process.extract_iter(
            term, self._terms, scorer=DamerauLevenshtein.distance, score_cutoff=1
        ):
            if slips:
                yield other, _SLIP

    def _rarity(self, term: str) -> float:
        """Inverse document frequency: what few have says more about who is meant."""
        return math.log(1 + len(self._listings) / len(self._places[term]))


def _texts(one: Listing, titles: Mapping[str, str]) -> Iterator[tuple[str, float]]:
    yield one.name, _NAME
    yield one.role, _ROLE
    yield one.team, _TEAM_NAME
    for service in one.services:
        yield titles.get(service, service.replace("-", " ")), _SERVICES
    yield one.notes, _SERVICES if one.kind is ListingKind.PARTNER else _REMARKS
    yield one.location.replace("-", " "), _REMARKS


def _sound(word: str) -> str | None:
    """How a name sounds (Lawrence Philips' Metaphone); None where that says too little."""
    sound = jellyfish.metaphone(word) if len(word) >= _SHORTEST_BEGUN else ""
    return sound if len(sound) > 1 else None
