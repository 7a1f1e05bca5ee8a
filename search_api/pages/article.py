"""The page of an article: the answer first, then how to get it done, then all the rest."""

from dataclasses import dataclass

from flask import Blueprint, abort, render_template, request

from indexer.search import Searcher
from kb.article import Action, Article, Kind
from search_api import i18n
from search_api.machine.listing import article_address
from search_api.pages.contact import PlaceShown, place_shown, places
from search_api.pages.listing import Listed, by_id, by_title
from search_api.pages.notices import notices_about
from search_api.reading import reading
from search_api.recording import opened

_SELF_SERVICE_FIRST = ("online", "telephone", "visit")


@dataclass(frozen=True)
class Around:
    """What stands around the text of an article."""

    linked: dict[str, Listed]
    """All that it refers to, by id."""
    belonging: list[Listed]
    """The questions and guides of a service."""
    places: list[PlaceShown]
    """Where people can come in for it."""
    related: list[Listed]
    """What it says to see also, and is not listed above."""
    here: PlaceShown | None
    """The place itself, where it is one."""


def register(pages: Blueprint) -> None:
    """Add the page of an article."""

    @pages.get("/articles/<id>")
    def article(id: str) -> str:
        with reading() as searcher:
            store = searcher.generation.store
            found, original = store.read(id, i18n.wanted()), store.get(id)
            if found is None or original is None:
                abort(404)
            opened(found.id, request.args.get("q", ""), searcher.generation.name)
            return render_template(
                "article.html",
                article=found,
                original=original,
                actions=in_order(found.actions or original.actions),
                address=article_address(found.id, found.language),
                around=_around(searcher, found),
                languages=[
                    (code, i18n.name_of(code))
                    for code in ("en", *store.translations(id))
                    if code != found.language
                ],
                notices=notices_about(searcher, found),
            )


def in_order(actions: tuple[Action, ...]) -> list[Action]:
    """Ways to get something done, self-service first."""
    return sorted(actions, key=lambda action: _SELF_SERVICE_FIRST.index(action.kind))


def _around(searcher: Searcher, article: Article) -> Around:
    store, authority = searcher.generation.store, searcher.generation.setting.authority
    steps = [answer.go for step in article.steps for answer in step.answers]
    refers = [*article.related, *article.services, *steps, article.service or ""]
    rows = (row for row in store.rows.values() if row.language == "en" and row.id != article.id)
    offered = {article.id, article.service} if article.kind is not Kind.PLACE else set()
    linked = by_id(store, refers)
    belonging = by_title(store, (row for row in rows if row.service == article.id))
    above = {one.id for one in belonging}
    return Around(
        linked=linked,
        belonging=belonging,
        related=[linked[id_] for id_ in article.related if id_ in linked and id_ not in above],
        places=[one for one in places(store, authority) if offered & set(one.place.services)],
        here=place_shown(article, authority) if article.kind is Kind.PLACE else None,
    )
