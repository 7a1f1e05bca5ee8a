"""The addresses of the public site, from the catalogue of a generation."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from indexer.generation import Generation
from search_api import i18n
from search_api.machine.address import absolute
from search_api.pages.topics import chosen_topics

LISTS = ("pages.home", "pages.a_to_z", "pages.topics", "pages.places", "pages.standards")
"""Pages that lead to articles, in the languages of the interface."""


@dataclass(frozen=True)
class Alternate:
    """The same page in a language."""

    language: str
    address: str


@dataclass(frozen=True)
class Listed:
    """A page that can be found by search engines."""

    address: str
    changed: datetime | None
    """None where it only draws together what changes elsewhere."""
    alternates: tuple[Alternate, ...]
    """All its languages, its own among them; empty where there is but one."""


def article_address(article_id: str, language: str) -> str:
    """The absolute address of an article in a language that it is written in."""
    return absolute("pages.article", id=article_id, lang=None if language == "en" else language)


def article_alternates(article_id: str, translations: list[str]) -> tuple[Alternate, ...]:
    """An article in each language that it is written in."""
    languages = ["en", *translations] if translations else []
    return tuple(Alternate(one, article_address(article_id, one)) for one in languages)


def interface_alternates(endpoint: str, **values: str) -> tuple[Alternate, ...]:
    """A page of the site itself in each language of the interface."""
    return tuple(
        Alternate(one, absolute(endpoint, **values, lang=None if one == "en" else one))
        for one in i18n.LANGUAGES
    )


def when(changed: int) -> datetime:
    """A time of the catalogue."""
    return datetime.fromtimestamp(changed, UTC)


def listed(generation: Generation) -> Iterator[Listed]:
    """Every page of an edition: its lists, its topics, then its articles by id."""
    store = generation.store
    pages = [interface_alternates(endpoint) for endpoint in LISTS]
    topics = chosen_topics(generation)
    pages += [interface_alternates("pages.topic", tag=topic.slug) for topic in topics]
    for alternates in pages:
        for alternate in alternates:
            yield Listed(alternate.address, None, alternates)
    languages: dict[str, list[str]] = defaultdict(list)
    for row in store.rows.values():
        if row.language != "en":
            languages[row.id].append(row.language)
    for row in store.rows.values():
        alternates = article_alternates(row.id, sorted(languages[row.id]))
        yield Listed(article_address(row.id, row.language), when(row.changed), alternates)
