"""What every page shows around its own matter."""

from typing import Any

from flask import Blueprint, current_app, g

from indexer.generation import GenerationGone, NotPublished
from indexer.search import Searcher
from kb.article import Edition
from kb.authority import Authority
from search_api import i18n
from search_api.reading import current

_BANNERS = {Edition.PUBLIC: "", Edition.STAFF: "Staff edition: not for the public"}
_KINDS = {
    "service": "Service",
    "faq": "Question",
    "guide": "Guide",
    "place": "Place",
}


def register(pages: Blueprint) -> None:
    """Give every template the frame."""

    @pages.app_context_processor
    def frame() -> dict[str, Any]:
        """An error page may have no edition."""
        edition = current().edition
        return {
            "edition": edition.value,
            "banner": _BANNERS[edition],
            "authority": _authority(),
            "interface": i18n.interface(),
            "spoken": str(i18n.locale()).replace("_", "-"),
            "kinds": _KINDS,
            "problems_page": "problems" in current_app.blueprints,
        }


def _authority() -> Authority | None:
    """Whose page it is: of the generation that the page is drawn from, where there is one."""
    if "searcher" in g:
        drawn_from: Searcher = g.searcher
        return drawn_from.generation.setting.authority
    try:
        with current().reading() as searcher:
            return searcher.generation.setting.authority
    except (NotPublished, GenerationGone):
        return None
