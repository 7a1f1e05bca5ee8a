"""What a request leaves in the records: the search it made or the article it opened.

Never who made it: no address, no cookie, no user agent.
"""

from typing import Any

from flask import Flask, current_app, request

from indexer.results import SearchPage
from kb.article import Edition, Kind
from kb.records.entries import RESULTS, AnyEntry, Opening, Search, Surface
from kb.records.recorder import Recorder
from search_api import i18n
from search_api.reading import current

EXTENSION = "firstline-recorder"
_ALL = "firstline-recorders"


def register(app: Flask, recorder: Recorder[AnyEntry], *others: Recorder[Any]) -> None:
    """Let an application record; the others keep what is no part of the search log."""
    app.extensions[EXTENSION] = recorder
    app.extensions[_ALL] = (recorder, *others)


def recorder_of(app: Flask) -> Recorder[AnyEntry]:
    """What an application records with."""
    recorder: Recorder[AnyEntry] = app.extensions[EXTENSION]
    return recorder


def recorders_of(app: Flask) -> tuple[Recorder[Any], ...]:
    """All that an application records with: to be started, closed and asked how they are."""
    found: tuple[Recorder[Any], ...] = app.extensions[_ALL]
    return found


def recorder() -> Recorder[AnyEntry]:
    """What this application records with."""
    return recorder_of(current_app)


def surface() -> Surface:
    """Where the request comes from.

    Scripts of our own pages and of others tell themselves apart from programs by the headers that
    browsers add: `Sec-Fetch-Site`, or on a plain connection `Origin`, sent to another site only.
    """
    if current().edition is Edition.STAFF:
        return Surface.DESK
    if not request.path.startswith("/api/"):
        return Surface.SITE
    host = request.headers.get("Origin", "").partition("://")[2]
    if host and host != request.host:
        return Surface.WIDGET
    site = request.headers.get("Sec-Fetch-Site", "")
    return {"same-origin": Surface.SITE, "cross-site": Surface.WIDGET}.get(site, Surface.API)


def searched(page: SearchPage, kind: Kind | None) -> None:
    """Record a search, once: its first page, if anything was asked and somebody will see it."""
    if page.page != 1 or not page.query.strip() or request.method != "GET":
        return
    entry = Search(
        edition=current().edition,
        generation=page.generation,
        surface=surface(),
        language=i18n.wanted(),
        query=page.query,
        kind=kind,
        total=page.total,
        unsure=page.unsure,
        results=tuple(hit.id for hit in page.results[:RESULTS]),
    )
    recorder().record(entry)


def opened(article: str, words: str, generation: str) -> None:
    """Record that an article was opened from the results of a search."""
    if not words.strip() or request.method != "GET":
        return
    entry = Opening(
        edition=current().edition,
        generation=generation,
        surface=surface(),
        language=i18n.wanted(),
        query=words,
        article=article,
    )
    recorder().record(entry)
