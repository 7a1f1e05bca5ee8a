"""Examples of requests that have an answer in this very edition."""

import json
import shlex
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlencode

from indexer.store import ArticleStore
from kb.article import Kind
from search_api.api_docs.description import Operation

Parameters = dict[str, str]
_NOTHING = "opening hours"
"""What to ask an edition that has no article."""


@dataclass(frozen=True)
class Example:
    """A request that can be made as it stands."""

    method: str
    path: str
    """With the parameters of its query."""
    body: str
    """JSON to send; empty for none."""

    def command(self, origin: str) -> str:
        """The same for a shell."""
        words = ["curl", origin + self.path]
        if self.method != ("POST" if self.body else "GET"):
            words += ["--request", self.method]
        if self.body:
            words += ["--header", "Content-Type: application/json", "--data", self.body]
        return shlex.join(words)


@dataclass(frozen=True)
class _Made:
    """What an example is made of."""

    path: Parameters | None = None
    query: Parameters | None = None
    body: dict[str, object] | None = None


def example(operation: Operation, store: ArticleStore) -> Example | None:
    """An example of an operation; None where this edition has nothing to show it with."""
    make = _EXAMPLES.get((operation.method, operation.path))
    made = make(store) if make is not None else _Made()
    if made is None or (make is None and _needs_something(operation)):
        return None
    path = operation.path.format(**(made.path or {}))
    query = f"?{urlencode(made.query)}" if made.query else ""
    body = json.dumps(made.body, ensure_ascii=False) if made.body else ""
    return Example(operation.method, path + query, body)


def _needs_something(operation: Operation) -> bool:
    return bool(operation.body) or any(one.required for one in operation.parameters)


def _title(store: ArticleStore) -> str:
    for kind in (Kind.SERVICE, *Kind):
        for row in store.of_kind(kind):
            return row.title
    return _NOTHING


def _id(store: ArticleStore) -> str | None:
    for kind in (Kind.SERVICE, *Kind):
        for row in store.of_kind(kind):
            return row.id
    return None


def _search(store: ArticleStore) -> _Made:
    return _Made(query={"q": _title(store).lower(), "size": "2"})


def _suggest(store: ArticleStore) -> _Made:
    return _Made(query={"q": _title(store)[:4].lower()})


def _article(store: ArticleStore) -> _Made | None:
    found = _id(store)
    return _Made(path={"id": found}) if found is not None else None


def _feedback(store: ArticleStore) -> _Made:
    return _Made(body={"article": _id(store), "answered": True})


def _flag(store: ArticleStore) -> _Made:
    found = _id(store)
    if found is None:
        return _Made(body={"kind": "nobody-has-written", "query": _NOTHING})
    return _Made(body={"kind": "unclear", "article": found, "comment": "From when on?"})


def _contact(store: ArticleStore) -> _Made:
    """Always the same, so that it is recorded once however often it is tried."""
    body = {
        "id": "5f0c3b0e-6f0d-4b5c-9d1a-2f6f3c8e7a10",
        "started_at": "2026-11-02T09:30:00Z",
        "ended_at": "2026-11-02T09:33:20Z",
        "channel": "telephone",
        "outcome": "resolved",
        "first": True,
        "answered_by": _id(store),
        "searches": [_title(store).lower()],
    }
    return _Made(body=body)


def _draft(store: ArticleStore) -> _Made:
    return _Made(body={"channel": "telephone", "searches": [_title(store).lower()]})


def _of_a_contact(_: ArticleStore) -> None:
    """Which contacts there are, the edition does not know."""


def _of_a_request(_: ArticleStore) -> None:
    """Which requests there are, and whether anybody takes any, it does not know either."""


_EXAMPLES: dict[tuple[str, str], Callable[[ArticleStore], _Made | None]] = {
    ("GET", "/api/v1/search"): _search,
    ("GET", "/api/v1/suggest"): _suggest,
    ("GET", "/api/v1/articles/{id}"): _article,
    ("POST", "/api/v1/feedback"): _feedback,
    ("POST", "/api/v1/flags"): _flag,
    ("POST", "/api/v1/contacts"): _contact,
    ("GET", "/api/v1/contacts/{id}"): _of_a_contact,
    ("POST", "/api/v1/contacts/{id}/corrections"): _of_a_contact,
    ("PUT", "/api/v1/contacts/draft"): _draft,
    ("POST", "/api/v1/requests"): _of_a_request,
    ("GET", "/api/v1/requests/{id}"): _of_a_request,
}
