"""Where people can come in."""

from flask import Blueprint, render_template

from kb.article import Kind
from kb.hours import WEEKDAYS
from search_api.reading import reading

DAYS = dict(
    zip(
        WEEKDAYS,
        ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
        strict=True,
    )
)


def register(pages: Blueprint) -> None:
    """Add the page of places."""

    @pages.get("/places/")
    def places() -> str:
        with reading() as searcher:
            store = searcher.generation.store
            found = [store.get(row.key) for row in store.of_kind(Kind.PLACE)]
            return render_template("places.html", places=found, days=DAYS)
