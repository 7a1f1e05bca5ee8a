"""Where the widget is fetched from, and a page that shows it."""

import gzip
from functools import lru_cache

from flask import Blueprint, make_response, request
from flask.wrappers import Response
from werkzeug.http import generate_etag

from indexer.generation import GenerationGone, NotPublished
from kb.authority import DEFAULT_COLOUR
from search_api.reading import current
from search_api.widget.demo import demo_page
from search_api.widget.script import widget_script

_FRESH_S = 3600


@lru_cache(maxsize=4)
def _served(name: str | None, telephone: str | None, colour: str) -> tuple[bytes, bytes, str]:
    """The script, the same gzipped, and its tag."""
    script = widget_script(name, telephone, colour).encode()
    return script, gzip.compress(script, 9, mtime=0), generate_etag(script)


def blueprint() -> Blueprint:
    """The routes of the widget; of the public application alone."""
    routes = Blueprint("widget", __name__)

    @routes.get("/widget.js")
    def script() -> Response:
        """The script. It is served even where nothing is published, to say so on the page."""
        try:
            with current().reading() as searcher:
                authority = searcher.generation.setting.authority
                served = _served(authority.name, authority.channels.telephone, authority.colour)
        except (NotPublished, GenerationGone):
            served = _served(None, None, DEFAULT_COLOUR)
        plain, packed, tag = served
        wants_packed = request.accept_encodings["gzip"] > 0
        response = make_response(packed if wants_packed else plain)
        if wants_packed:
            response.headers["Content-Encoding"] = "gzip"
        response.vary.add("Accept-Encoding")
        response.mimetype = "text/javascript"
        response.headers["Cache-Control"] = f"public, max-age={_FRESH_S}"
        response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
        response.set_etag(tag, weak=True)
        response.make_conditional(request)
        return response

    @routes.get("/widget/demo")
    def demo() -> Response:
        """The widget on a page that is not ours, but for its address."""
        return demo_page("")

    return routes
