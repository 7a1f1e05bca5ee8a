"""Forms of other sites: what they send is not taken for what somebody here has sent."""

from urllib.parse import urlsplit

from flask import Flask, g, request
from markupsafe import Markup

from kb.accounts.secret import same
from search_api.access.callers import Caller

FIELD = "csrf"
HEADER = "X-CSRF-Token"
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


def register(app: Flask) -> None:
    """Give every template `csrf_field()`; it is empty where nobody is signed in."""
    app.jinja_env.globals["csrf_field"] = field
    app.jinja_env.globals["csrf_token"] = token


def token() -> str:
    """What requests of this page that write carry; empty where nobody is signed in."""
    caller: Caller | None = g.get("caller")
    return caller.csrf if caller is not None else ""


def field() -> Markup:
    """The same as a field of a form."""
    if not token():
        return Markup("")
    return Markup('<input type="hidden" name="{}" value="{}">').format(FIELD, token())


def from_here() -> bool:
    """Whether a page of this site has sent the request, or no page at all.

    Every browser of today says which, in `Sec-Fetch-Site` or in `Origin`.
    """
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site in ("same-origin", "none")
    origin = request.headers.get("Origin")
    return origin is None or urlsplit(origin).netloc == request.host


def is_meant(caller: Caller) -> bool:
    """Whether the request is what the caller wanted, and not another site in the caller's name."""
    if request.method in _SAFE or caller.method is None:
        return True
    said = request.headers.get(HEADER) or request.form.get(FIELD, "")
    return from_here() and same(said, caller.csrf)
