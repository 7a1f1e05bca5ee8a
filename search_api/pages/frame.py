"""What every page shows around its own matter."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import quote, urlencode

from flask import Blueprint, current_app, g, request

from indexer.generation import GenerationGone, NotPublished
from indexer.search import Searcher
from kb.article import Edition, Kind
from kb.authority import Authority
from search_api import i18n
from search_api.i18n import gettext as _
from search_api.look import brand_version
from search_api.pages import drawing
from search_api.pages.contact import reach
from search_api.reading import current
from search_api.times import say_date


def register(pages: Blueprint) -> None:
    """Give every template the frame."""

    @pages.record_once
    def add_filters(state: Any) -> None:
        state.app.jinja_env.filters.update(
            date=say_date,
            dial=drawing.dial,
            number=drawing.number,
            marked=drawing.marked,
            in_language=drawing.in_language,
            without_ids=drawing.without_ids,
        )

    @pages.app_context_processor
    def frame() -> dict[str, Any]:
        """An error page may have no edition."""
        edition = current().edition
        authority = _authority()
        logo = authority.logo if authority is not None else None
        return {
            "edition": edition.value,
            "banner": _("Staff edition: not for the public") if edition is Edition.STAFF else "",
            "authority": authority,
            "brand": brand_version(authority) if authority is not None else None,
            "logo": f"/{quote(logo)}" if logo else None,
            "reach": reach(authority) if authority is not None else None,
            "interface": i18n.interface(),
            "asked_language": i18n.wanted(),
            "spoken": str(i18n.locale()).replace("_", "-"),
            "switch": other_languages(request.path, request.args.items(multi=True)),
            "kinds": _kinds(),
            "feedback_page": "feedback.form" in current_app.view_functions,
        }


def _kinds() -> dict[str, str]:
    return {
        Kind.SERVICE.value: _("Service"),
        Kind.FAQ.value: _("Question"),
        Kind.GUIDE.value: _("Guide"),
        Kind.PLACE.value: _("Place"),
    }


def other_languages(path: str, arguments: Iterable[tuple[str, str]]) -> list[tuple[str, str, str]]:
    """Code, name and address of a page in the other languages of the interface.

    Args:
        path: as the request has it, not quoted.
        arguments: those of its address.
    """
    here = "/" + quote(path.lstrip("/"))
    others = [(name, value) for name, value in arguments if name != "lang"]
    found: list[tuple[str, str, str]] = []
    for code, name in i18n.LANGUAGES.items():
        if code != i18n.interface():
            asked = [*others, *([("lang", code)] if code != "en" else [])]
            found.append((code, name, f"{here}?{urlencode(asked)}" if asked else here))
    return found


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
