"""`/feed.xml`: what was changed last, as an Atom feed (RFC 4287)."""

import uuid
from dataclasses import dataclass
from datetime import UTC, datetime

from flask import Blueprint, Response

from indexer.catalogue import Row
from indexer.store import ArticleStore
from kb.article import Article
from kb.authority import Authority
from search_api.machine.address import absolute, known_origin
from search_api.machine.listing import article_address, when
from search_api.machine.xml import xml
from search_api.reading import reading

ENTRIES = 50
_NAMESPACE = uuid.UUID("f7e652cc-359b-5cae-be51-7ec801b274a8")


@dataclass(frozen=True)
class Entry:
    """An article of the feed."""

    id: str
    """Stays the same whatever address the site moves to."""
    article: Article
    address: str
    changed: datetime


def register(routes: Blueprint) -> None:
    """Add the route."""

    @routes.get("/feed.xml")
    def feed() -> Response:
        """The articles that were changed last, the latest first."""
        known_origin()
        with reading() as searcher:
            authority = searcher.generation.setting.authority
            store = searcher.generation.store
            newest = sorted(store.rows.values(), key=lambda row: (-row.changed, row.key))
            entries = [_entry(row, store, authority) for row in newest[:ENTRIES]]
        return xml(
            "application/atom+xml",
            "machine/feed.xml",
            id=urn(authority, "feed"),
            title=authority.name,
            address=absolute("machine.feed"),
            home=absolute("pages.home"),
            changed=entries[0].changed if entries else datetime.fromtimestamp(0, UTC),
            entries=entries,
        )


def urn(authority: Authority, key: str) -> str:
    """A name that nothing else has, for an article of a council, or its feed (RFC 9562)."""
    council = uuid.uuid5(_NAMESPACE, authority.id or authority.name)
    return uuid.uuid5(council, key).urn


def _entry(row: Row, store: ArticleStore, authority: Authority) -> Entry:
    article = store.get(row.key)
    assert article is not None, row.key
    return Entry(
        id=urn(authority, f"articles/{row.key}"),
        article=article,
        address=article_address(row.id, row.language),
        changed=when(row.changed),
    )
