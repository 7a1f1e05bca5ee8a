"""What the council promises: as a whole, and service by service."""

from dataclasses import dataclass

from flask import Blueprint, render_template

from indexer.store import ArticleStore
from kb.article import Kind
from search_api.i18n import wanted
from search_api.reading import reading


@dataclass(frozen=True)
class Promise:
    """The promise of one service."""

    id: str
    title: str
    promise: str
    provider: str | None
    language: str


def register(pages: Blueprint) -> None:
    """Add the page of standards."""

    @pages.get("/standards/")
    def standards() -> str:
        with reading() as searcher:
            store = searcher.generation.store
            return render_template("standards.html", promises=_promises(store, wanted()))


def _promises(store: ArticleStore, language: str) -> tuple[Promise, ...]:
    """The services that promise something, by title."""
    found = (store.read(row.id, language) for row in store.of_kind(Kind.SERVICE))
    return tuple(
        Promise(one.id, one.title, one.standard, one.provider, one.language)
        for one in found
        if one is not None and one.standard
    )
