"""The pages, drawn on the server: they work without JavaScript. One module a family of pages."""

from flask import Blueprint

from search_api.pages import (
    article,
    frame,
    home,
    notices,
    places,
    search,
    services,
    standards,
    topics,
)

_FAMILIES = (frame, home, search, article, services, topics, places, standards, notices)


def blueprint() -> Blueprint:
    """The pages that both editions have."""
    pages = Blueprint("pages", __name__)
    for family in _FAMILIES:
        family.register(pages)
    return pages
