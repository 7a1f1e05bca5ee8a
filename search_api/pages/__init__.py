"""The pages, drawn on the server: they work without JavaScript. One module a family of pages."""

from flask import Blueprint

from search_api.pages import article, frame, home, places, search, services


def blueprint() -> Blueprint:
    """The pages that both editions have."""
    pages = Blueprint("pages", __name__)
    for family in (frame, home, search, article, services, places):
        family.register(pages)
    return pages
