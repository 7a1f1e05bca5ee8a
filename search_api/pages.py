"""The pages, drawn on the server: they work without JavaScript."""

from collections import defaultdict
from typing import Any

from flask import Blueprint, abort, current_app, g, render_template, request
from pydantic import ValidationError

from indexer.generation import GenerationGone, NotPublished
from indexer.results import SearchRequest
from indexer.search import Searcher
from kb import clock
from kb.article import Article, Edition, Kind
from kb.authority import Authority
from kb.hours import WEEKDAYS
from kb.notices import Notice
from search_api.reading import current, reading
from search_api.schemas import SearchParameters

_BANNERS = {Edition.PUBLIC: "", Edition.STAFF: "Staff edition: not for the public"}
_KINDS = {
    "service": "Service",
    "faq": "Question",
    "guide": "Guide",
    "place": "Place",
}
_DAYS = dict(
    zip(
        WEEKDAYS,
        ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
        strict=True,
    )
)


def blueprint() -> Blueprint:
    """The pages that both editions have."""
    pages = Blueprint("pages", __name__)

    @pages.app_context_processor
    def frame() -> dict[str, Any]:
        """What every page shows around its own matter; an error page may have no edition."""
        edition = current().edition
        authority = _authority()
        return {
            "edition": edition.value,
            "banner": _BANNERS[edition],
            "authority": authority,
            "kinds": _KINDS,
            "problems_page": "problems" in current_app.blueprints,
        }

    @pages.get("/")
    def home() -> str:
        with reading() as searcher:
            rows = [row for row in searcher.generation.store.rows.values() if row.language == "en"]
            return render_template(
                "home.html",
                services=searcher.generation.store.of_kind(Kind.SERVICE),
                articles=len(rows),
                notices=_notices(searcher),
            )

    @pages.get("/search")
    def search() -> str:
        try:
            asked = SearchParameters.model_validate(
                {name: value for name, value in request.args.items() if value}
            )
        except ValidationError:
            abort(400)
        wanted = SearchRequest(asked.q, asked.kind, asked.service, asked.page, asked.size)
        with reading() as searcher:
            page = searcher.search(wanted)
            return render_template(
                "search.html", page=page, asked=asked, notices=_notices(searcher, asked.q)
            )

    @pages.get("/articles/<id>")
    def article(id: str) -> str:
        language = request.args.get("lang", "en")
        with reading() as searcher:
            store = searcher.generation.store
            found = store.read(id, language)
            if found is None:
                abort(404)
            authority = searcher.generation.setting.authority
            return render_template(
                "article.html",
                article=found,
                days=_DAYS,
                provider=authority.provider_name(found.provider),
                titles=_titles(searcher, found),
                languages=store.translations(id),
                notices=_notices(searcher, service=found.service or found.id),
            )

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

    @pages.get("/places/")
    def places() -> str:
        with reading() as searcher:
            store = searcher.generation.store
            found = [store.get(row.key) for row in store.of_kind(Kind.PLACE)]
            return render_template("places.html", places=found, days=_DAYS)

    return pages


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


def _titles(searcher: Searcher, article: Article) -> dict[str, str]:
    """The titles of all that an article refers to."""
    rows = searcher.generation.store.rows
    steps = [answer.go for step in article.steps for answer in step.answers]
    wanted = [*article.related, *article.services, *steps, article.service or ""]
    return {key: rows[key].title for key in wanted if key in rows}


def _notices(searcher: Searcher, words: str = "", service: str = "") -> list[Notice]:
    """The notices that stand today and are about these words, this service, or everything."""
    today = clock.today()
    lower = words.casefold()
    return [
        notice
        for notice in searcher.generation.setting.notices
        if notice.stands_on(today)
        and (
            not (notice.services or notice.queries)
            or service in notice.services
            or any(query.casefold() in lower for query in notice.queries)
        )
    ]
