"""Topics: the tags that articles share."""

import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache

from flask import Blueprint, abort, render_template

from indexer.catalogue import Row
from indexer.generation import Generation
from indexer.store import ArticleStore
from search_api.pages.listing import by_title
from search_api.reading import reading

_SHARED = 3
"""A tag is listed as a topic where so many articles have it, unless the authority chose."""


@dataclass(frozen=True)
class Topic:
    """A tag that leads to its articles."""

    slug: str
    name: str
    articles: int


def register(pages: Blueprint) -> None:
    """Add the list of topics and the page of each."""

    @pages.get("/topics/")
    def topics() -> str:
        with reading() as searcher:
            return render_template("topics.html", topics=chosen_topics(searcher.generation))

    @pages.get("/topics/<tag>")
    def topic(tag: str) -> str:
        with reading() as searcher:
            store = searcher.generation.store
            rows = _by_slug(store).get(tag)
            if rows is None:
                abort(404)
            return render_template(
                "topic.html",
                topic=_topic(tag, rows),
                services=by_title(store, (row for row in rows if row.kind == "service")),
                others=by_title(store, (row for row in rows if row.kind != "service")),
            )


def chosen_topics(generation: Generation) -> list[Topic]:
    """The topics that the authority chose, or those of many articles, by name."""
    by_slug = _by_slug(generation.store)
    chosen = [slug_of(name) for name in generation.setting.authority.topics]
    shared = [slug for slug, rows in by_slug.items() if len(rows) >= _SHARED]
    found = [_topic(slug, by_slug[slug]) for slug in chosen or shared if slug in by_slug]
    return sorted(found, key=lambda one: one.name.casefold())


def _by_slug(store: ArticleStore) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = defaultdict(list)
    for row in store.rows.values():
        if row.language == "en":
            for slug in {slug_of(tag) for tag in row.tags} - {""}:
                found[slug].append(row)
    return found


def _topic(slug: str, rows: list[Row]) -> Topic:
    """Named as most of its articles write it, with a capital."""
    written = sorted(tag for row in rows for tag in row.tags if slug_of(tag) == slug)
    name = max(written, key=written.count)
    return Topic(slug, name[:1].upper() + name[1:], len(rows))


@lru_cache(maxsize=16_384)
def slug_of(tag: str) -> str:
    """The last part of a topic's address."""
    plain = unicodedata.normalize("NFKD", tag.casefold())
    letters = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return re.sub(r"[^\w]+", "-", letters).strip("-")
