"""Taking requests: about an article that names a service's code, where a system is set up."""

import math
from uuid import UUID, uuid4

from flask import Flask, current_app

from indexer.search import Searcher
from kb.article import Article
from kb.records.database import Database
from kb.requests.keeping import take_in
from kb.requests.request import ServiceRequest, Wanted
from kb.settings import Settings
from search_api.access import account
from search_api.errors import NotTaken
from search_api.i18n import gettext as _
from search_api.rate import RateLimit
from search_api.reading import reading

EACH = (20, 10.0)
"""What one account may request: so many at once, and one more every so many seconds."""

_LIMIT = "firstline-requests-limit"
_STORE = "firstline-requests"


def register(app: Flask, database: Database, settings: Settings) -> None:
    """Let an application take requests, where a system for them is set up."""
    is_set_up = settings.open311 is not None
    app.extensions[_STORE] = database
    app.extensions[_LIMIT] = RateLimit(*EACH)
    app.jinja_env.globals["takes_requests"] = is_set_up


def store() -> Database:
    """Where requests are kept."""
    database: Database = current_app.extensions[_STORE]
    return database


def code_of(searcher: Searcher, id_: str) -> tuple[Article, str]:
    """An article, and the code of the service that is to be asked.

    Raises:
        NotTaken: if it has none, or nothing takes requests here.
    """
    found = searcher.generation.store.get(id_)
    if found is None:
        raise NotTaken(404, _("There is no such article here."))
    if not current_app.jinja_env.globals["takes_requests"] or not found.service_code:
        raise NotTaken(409, _("Nothing can be requested about this article."))
    return found, found.service_code


def take(wanted: Wanted, id_: UUID | None = None) -> ServiceRequest:
    """Keep a request of whoever sent it; it is sent in a moment.

    Raises:
        NotTaken: if it is too much at once, or as `code_of` does.
        RecordsProblem: if the store cannot be used; it is not kept then.
    """
    wait = current_app.extensions[_LIMIT].wait(str(account().id))
    if wait:
        detail = _("There are too many requests at once. Please wait a little.")
        raise NotTaken(429, detail, math.ceil(wait))
    with reading() as searcher:
        _article, code = code_of(searcher, wanted.article)
    request = ServiceRequest(
        id=id_ or uuid4(), account=account().id, service_code=code, wanted=wanted
    )
    take_in(store(), request)
    return request
