"""What the head of a page tells machines: its one address, its languages, and what it is about."""

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, g, request

from indexer.search import Searcher
from kb import clock
from kb.article import Article
from search_api import i18n
from search_api.machine.address import absolute, origin
from search_api.machine.listing import (
    Alternate,
    article_address,
    article_alternates,
    interface_alternates,
)
from search_api.machine.schema_org import Thing, as_json_ld
from search_api.machine.structured import about_article, about_site

_DESCRIPTION = 300
_NOT_LISTED = {"pages.search"}
"""Pages that are different for everybody who comes."""


@dataclass(frozen=True)
class Head:
    """For `machine_head.html`."""

    canonical: str
    """The address under which search engines should know the page."""
    alternates: tuple[Alternate, ...]
    description: str
    """Empty where the page says nothing of its own."""
    graph: dict[str, Any] | None
    """A JSON-LD document; None where there is nothing to say."""


def register(routes: Blueprint) -> None:
    """Give every template the head of its page."""

    @routes.app_context_processor
    def heads() -> dict[str, Any]:
        return {"machine_head": head}


def head(article: Article | None) -> Head | None:
    """The head of the page being drawn.

    Args:
        article: what the page is about; None for any other page.

    Returns:
        None for a page that search engines should not keep: an error, a page of results, what
        follows a form, and any page whose absolute address cannot be known.
    """
    endpoint = request.endpoint or ""
    if "searcher" not in g or not origin() or not endpoint.startswith("pages."):
        return None
    if endpoint in _NOT_LISTED:
        return None
    searcher: Searcher = g.searcher
    generation = searcher.generation
    if article is not None:
        return Head(
            canonical=article_address(article.id, article.language),
            alternates=article_alternates(article.id, generation.store.translations(article.id)),
            description=_short(article.lead),
            graph=as_json_ld(about_article(article, generation, clock.today())),
        )
    values = request.view_args or {}
    language = i18n.interface()
    things: tuple[Thing, ...] = ()
    if endpoint == "pages.home":
        things = about_site(generation.setting.authority)
    return Head(
        canonical=absolute(endpoint, **values, lang=None if language == "en" else language),
        alternates=interface_alternates(endpoint, **values),
        description="",
        graph=as_json_ld(things) if things else None,
    )


def _short(text: str) -> str:
    """The beginning of a text, ending with a whole word."""
    if len(text) <= _DESCRIPTION:
        return text
    return text[:_DESCRIPTION].rsplit(" ", 1)[0] + "…"
