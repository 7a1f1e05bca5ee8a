"""The A–Z of services, with the names that people look under besides."""

import unicodedata
from collections import defaultdict
from dataclasses import dataclass

from flask import Blueprint, abort, redirect, render_template, url_for
from werkzeug.wrappers import Response

from indexer.store import ArticleStore
from kb.article import Kind
from search_api.i18n import wanted
from search_api.pages.listing import Listed, listed
from search_api.reading import reading

ALPHABET = "abcdefghijklmnopqrstuvwxyz"
_DIGITS = "0-9"
_LETTERS = (*ALPHABET, _DIGITS)


@dataclass(frozen=True)
class Entry:
    """A line of the A–Z."""

    text: str
    language: str
    service: Listed
    see_also: bool
    """Whether the text is another name for the service."""


def register(pages: Blueprint) -> None:
    """Add the A–Z: all of it, and a page for each letter."""

    @pages.get("/a-z/")
    def a_to_z() -> str:
        with reading() as searcher:
            found = entries(searcher.generation.store)
            return render_template("a_to_z.html", entries=found, letters=list(found), letter=None)

    @pages.get("/a-z/<letter>")
    def letter(letter: str) -> str | Response:
        if letter != letter.lower() and letter.lower() in _LETTERS:
            return redirect(url_for("pages.letter", letter=letter.lower()), 301)
        if letter not in _LETTERS:
            abort(404)
        with reading() as searcher:
            found = entries(searcher.generation.store)
            return render_template(
                "a_to_z.html",
                entries={letter: found.get(letter, [])},
                letters=list(found),
                letter=letter,
            )


def letters(store: ArticleStore) -> list[str]:
    """The letters that have an entry."""
    return list(entries(store))


def entries(store: ArticleStore) -> dict[str, list[Entry]]:
    """The lines of the A–Z by letter, in order."""
    found: dict[str, list[Entry]] = defaultdict(list)
    for row in store.of_kind(Kind.SERVICE):
        service = listed(store, row)
        lines = [Entry(service.title, service.language, service, see_also=False)]
        for version in (row, store.rows.get(f"{row.id}.{wanted()}")):
            if version is not None:
                others = (Entry(name, version.language, service, True) for name in version.a_z)
                lines += (entry for entry in others if entry.text != service.title)
        for line in lines:
            found[_letter_of(line.text)].append(line)
    return {
        letter: sorted(found[letter], key=lambda entry: (_plain(entry.text), entry.see_also))
        for letter in _LETTERS
        if letter in found
    }


def _letter_of(text: str) -> str:
    first = next((sign for sign in _plain(text) if sign.isalnum()), "")
    return first if first in ALPHABET and first else _DIGITS


def _plain(text: str) -> str:
    """Without accents and capitals, to be put in order."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(sign for sign in plain if not unicodedata.combining(sign))
