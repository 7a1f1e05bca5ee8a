"""The page of the API, with examples that were answered while it was drawn."""

import json
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, current_app, g, render_template
from flask_openapi3.openapi import OpenAPI

from search_api.api_docs.description import Operation, operations
from search_api.api_docs.examples import Example, example
from search_api.machine.address import origin
from search_api.reading import reading

SHOWN = 2
"""Of each list in an answer, as many entries are shown."""


@dataclass(frozen=True)
class Shown:
    """An operation with its example."""

    operation: Operation
    command: str
    """For a shell; empty where there is no example."""
    status: str
    """How the example is answered, as `200 OK`; empty where it is not tried."""
    answer: str
    """JSON, each list cut to its first entries."""


def blueprint() -> Blueprint:
    """The route of the page."""
    routes = Blueprint("api_docs", __name__)

    @routes.get("/api/docs")
    def page() -> str:
        """Every operation of this application's API."""
        app = current_app
        assert isinstance(app, OpenAPI)
        with reading() as searcher:
            store = searcher.generation.store
            shown = [
                _shown(one, example(one, store), origin() or "http://localhost:8000")
                for one in operations(app.api_doc)
            ]
            return render_template(
                "api_docs.html", operations=shown, shown=SHOWN, needs_token="caller" in g
            )

    return routes


def _shown(operation: Operation, made: Example | None, start: str) -> Shown:
    if made is None:
        return Shown(operation, "", "", "")
    if made.method != "GET":  # it would leave something behind
        return Shown(operation, made.command(start), "", "")
    status, answer = _asked(made)
    text = json.dumps(_cut(answer), indent=2, ensure_ascii=False)
    return Shown(operation, made.command(start), status, text)


def _asked(made: Example) -> tuple[str, Any]:
    """What this application answers the same caller; asked as HEAD is, which nobody records."""
    app, caller = current_app, g.get("caller")
    with app.app_context(), app.test_request_context(made.path, method="HEAD"):
        g.caller = caller
        response = app.full_dispatch_request()
        return response.status, response.get_json()


def _cut(value: Any) -> Any:
    """The same with fewer entries in each list."""
    if isinstance(value, list):
        return [_cut(one) for one in value[:SHOWN]]
    if isinstance(value, dict):
        return {name: _cut(one) for name, one in value.items()}
    return value
