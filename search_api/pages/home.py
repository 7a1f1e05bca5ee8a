"""The first page."""

from flask import Blueprint, render_template

from kb.article import Kind
from search_api.pages.notices import notices_for
from search_api.reading import reading


def register(pages: Blueprint) -> None:
    """Add the first page."""

    @pages.get("/")
    def home() -> str:
        with reading() as searcher:
            rows = [row for row in searcher.generation.store.rows.values() if row.language == "en"]
            return render_template(
                "home.html",
                services=searcher.generation.store.of_kind(Kind.SERVICE),
                articles=len(rows),
                notices=notices_for(searcher),
            )
