"""The page of results."""

from flask import Blueprint, abort, render_template, request
from pydantic import ValidationError

from indexer.results import SearchRequest
from search_api.pages.notices import notices_for
from search_api.reading import reading
from search_api.recording import searched
from search_api.schemas import SearchParameters


def register(pages: Blueprint) -> None:
    """Add the page of results."""

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
            searched(page, asked.kind)
            return render_template(
                "search.html", page=page, asked=asked, notices=notices_for(searcher, asked.q)
            )
