"""The A–Z of services."""

from collections import defaultdict

from flask import Blueprint, render_template

from kb.article import Kind
from search_api.reading import reading


def register(pages: Blueprint) -> None:
    """Add the A–Z."""

    @pages.get("/a-z/")
    def a_to_z() -> str:
        entries: dict[str, list[tuple[str, str]]] = defaultdict(list)
        with reading() as searcher:
            for row in searcher.generation.store.of_kind(Kind.SERVICE):
                for text in (row.title, *row.a_z):
                    entries[text[0].upper()].append((text, row.id))
            letters = sorted(
                (letter, sorted(found, key=lambda entry: entry[0].casefold()))
                for letter, found in entries.items()
            )
            return render_template("a_to_z.html", letters=letters)
