"""Who to hand a call over to, and whether they can be reached now."""

from collections.abc import Iterator
from dataclasses import dataclass

from indexer.people import Listing, ListingKind
from indexer.search import Searcher
from kb import clock
from kb.article import Article
from kb.opening import opening
from kb.said_hours import Presence, availability
from search_api.i18n import gettext as _
from search_api.times import say_opening


@dataclass(frozen=True)
class PersonShown:
    """Somebody, and whether they can be reached at this moment."""

    listing: Listing
    presence: Presence | None
    """None where their hours are not understood."""
    now: str
    """As "Open until 5.30pm" or "Not in today"; empty where that is not known."""
    deputy: Listing | None
    place: str
    """The title of the place they are at, or what the directory says of it."""


def shown(searcher: Searcher, listing: Listing) -> PersonShown:
    """Somebody at this moment."""
    presence, now = _presence(searcher, listing)
    row = searcher.generation.store.rows.get(listing.location)
    return PersonShown(
        listing=listing,
        presence=presence,
        now=now,
        deputy=searcher.people.get(listing.deputy) if listing.deputy else None,
        place=row.title if row is not None else listing.location,
    )


def _presence(searcher: Searcher, listing: Listing) -> tuple[Presence | None, str]:
    authority = searcher.generation.setting.authority
    moment = clock.now()
    found = availability(listing.hours, moment, authority.is_bank_holiday)
    if found is None:
        hours = authority.channels.hours
        own = listing.telephone and listing.telephone == authority.channels.telephone
        if not (own and hours):
            return None, ""
        state = opening(hours, moment, authority.is_bank_holiday)
        return Presence.OPEN if state.is_open else Presence.CLOSED, say_opening(state, moment)
    if found.opening is not None:
        return found.presence, say_opening(found.opening, moment)
    there = found.presence is Presence.TODAY
    return found.presence, _("In today") if there else _("Not in today")


def for_article(searcher: Searcher, article: Article) -> list[PersonShown]:
    """Who an article's call is handed over to: its provider, its owner, and who stands in."""
    return [shown(searcher, one) for one in _chain(searcher, article)]


def _chain(searcher: Searcher, article: Article) -> Iterator[Listing]:
    seen: set[str] = set()
    service = article.id if article.kind == "service" else article.service
    answering = [
        one.id
        for one in searcher.people.all()
        if service in one.services and one.kind is not ListingKind.PERSON
    ]
    for id_ in (article.owner, *answering, article.provider):
        listing = searcher.people.get(id_) if id_ else None
        if listing is None or listing.id in seen:
            continue
        seen.add(listing.id)
        yield listing
        if len(seen) == _MOST:
            return


_MOST = 4
"""More than this nobody reads with a caller on the line."""
