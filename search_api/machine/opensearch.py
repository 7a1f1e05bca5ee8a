"""`/opensearch.xml`: the search of this site for a browser's own search box, with suggestions.

https://github.com/dewitt/opensearch/blob/master/opensearch-1-1-draft-6.md and its extension for
suggestions.
"""

from flask import Blueprint, Response, current_app, request

from search_api.machine.address import absolute, known_origin
from search_api.machine.xml import xml
from search_api.reading import reading

_SHORT_NAME = 16
_TERMS = "{searchTerms}"


def register(routes: Blueprint) -> None:
    """Add the description and the suggestions."""

    @routes.get("/opensearch.xml")
    def opensearch() -> Response:
        known_origin()
        with reading() as searcher:
            name = searcher.generation.setting.authority.name
        return xml(
            "application/opensearchdescription+xml",
            "machine/opensearch.xml",
            short_name=name[:_SHORT_NAME].strip(),
            name=name,
            address=absolute("machine.opensearch"),
            search=f"{absolute('pages.search')}?q={_TERMS}",
            suggestions=f"{absolute('machine.suggestions')}?q={_TERMS}",
            icon=absolute("static", filename="icon.svg"),
        )

    @routes.get("/opensearch/suggestions")
    def suggestions() -> Response:
        """`[what was typed, texts, descriptions, addresses]`, as browsers ask for it."""
        typed = request.args.get("q", "")
        origin = known_origin()
        with reading() as searcher:
            found = searcher.suggest(typed)
        answer = [
            typed,
            [one.text for one in found],
            ["" for _ in found],
            [origin + one.url for one in found],
        ]
        body = current_app.json.dumps(answer)
        return Response(body, content_type="application/x-suggestions+json")
