"""The page of an article."""

from flask import Blueprint, abort, render_template, request

from indexer.search import Searcher
from kb.article import Article
from search_api.pages.notices import notices_for
from search_api.pages.places import DAYS
from search_api.reading import reading
from search_api.recording import opened


def register(pages: Blueprint) -> None:
    """Add the page of an article."""

    @pages.get("/articles/<id>")
    def article(id: str) -> str:
        language = request.args.get("lang", "en")
        with reading() as searcher:
            store = searcher.generation.store
            found = store.read(id, language)
            if found is None:
                abort(404)
            opened(found.id, request.args.get("q", ""), searcher.generation.name)
            authority = searcher.generation.setting.authority
            return render_template(
                "article.html",
                article=found,
                days=DAYS,
                provider=authority.provider_name(found.provider),
                titles=_titles(searcher, found),
                languages=store.translations(id),
                notices=notices_for(searcher, service=found.service or found.id),
            )


def _titles(searcher: Searcher, article: Article) -> dict[str, str]:
    """The titles of all that an article refers to."""
    rows = searcher.generation.store.rows
    steps = [answer.go for step in article.steps for answer in step.answers]
    wanted = [*article.related, *article.services, *steps, article.service or ""]
    return {key: rows[key].title for key in wanted if key in rows}
