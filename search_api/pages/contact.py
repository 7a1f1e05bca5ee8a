"""How to reach a person: the ways there are, and which of them are open now."""

from dataclasses import dataclass

from indexer.store import ArticleStore
from kb.article import Article, Kind
from kb.authority import Authority, Channels
from search_api.i18n import wanted
from search_api.times import HoursShown, hours_shown


@dataclass(frozen=True)
class Reach:
    """The ways to reach the authority."""

    channels: Channels
    telephone_hours: HoursShown | None

    @property
    def any(self) -> bool:
        """Whether there is any way at all."""
        said = self.channels
        return any((said.telephone, said.email, said.sms, said.website, said.emergency))


@dataclass(frozen=True)
class PlaceShown:
    """Somewhere people can come in, and whether it is open now."""

    place: Article
    hours: HoursShown | None


def reach(authority: Authority) -> Reach:
    """The ways to reach an authority at this moment."""
    hours = authority.channels.hours
    return Reach(authority.channels, hours_shown(hours, authority) if hours else None)


def place_shown(place: Article, authority: Authority) -> PlaceShown:
    """A place at this moment."""
    return PlaceShown(place, hours_shown(place.hours, authority) if place.hours else None)


def places(store: ArticleStore, authority: Authority) -> list[PlaceShown]:
    """All places by title, at this moment."""
    found = [store.read(row.id, wanted()) for row in store.of_kind(Kind.PLACE)]
    return [place_shown(place, authority) for place in found if place is not None]
