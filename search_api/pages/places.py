"""Where people can come in, and which places are open now."""

from flask import Blueprint, render_template

from search_api.pages import contact
from search_api.reading import reading


def register(pages: Blueprint) -> None:
    """Add the page of places."""

    @pages.get("/places/")
    def places() -> str:
        with reading() as searcher:
            generation = searcher.generation
            found = contact.places(generation.store, generation.setting.authority)
            return render_template("places.html", places=found)
