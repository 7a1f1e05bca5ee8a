"""The first page: search, what is wanted most, notices, and how to reach a person."""

from collections import Counter

from flask import Blueprint, render_template

from indexer.search import Searcher
from kb.article import Kind
from search_api.pages.contact import places
from search_api.pages.listing import Listed, by_id
from search_api.pages.notices import standing_notices
from search_api.pages.services import letters
from search_api.pages.topics import chosen_topics
from search_api.reading import reading

_MOST_WANTED = 12
_TOPICS = 18


def register(pages: Blueprint) -> None:
    """Add the first page."""

    @pages.get("/")
    def home() -> str:
        with reading() as searcher:
            store = searcher.generation.store
            return render_template(
                "home.html",
                wanted=most_wanted(searcher),
                articles=len(store.rows),
                letters=letters(store),
                topics=chosen_topics(searcher.generation)[:_TOPICS],
                places=places(store, searcher.generation.setting.authority),
                notices=standing_notices(searcher),
            )


def most_wanted(searcher: Searcher) -> list[Listed]:
    """What the authority put first; else the services that most questions and guides belong to."""
    store = searcher.generation.store
    chosen = searcher.generation.setting.authority.most_wanted
    if not chosen:
        belonging = Counter(row.service for row in store.rows.values() if row.language == "en")
        services = [row.id for row in store.of_kind(Kind.SERVICE)]
        chosen = tuple(sorted(services, key=lambda id_: -belonging[id_]))
    return list(by_id(store, chosen[:_MOST_WANTED]).values())
