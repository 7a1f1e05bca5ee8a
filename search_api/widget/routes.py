"""Where the widget is fetched from, and a page that shows it."""

from functools import lru_cache

from flask import Blueprint, make_response, request
from flask.wrappers import Response

from indexer.generation import GenerationGone, NotPublished
from kb.authority import DEFAULT_COLOUR
from search_api.reading import current
from search_api.widget.demo import demo_page
from search_api.widget.script import widget_script

_FRESH_S = 3600
_script = lru_cache(maxsize=4)(widget_script)


def blueprint() -> Blueprint:
    """The routes of the widget; of the public application alone."""
    routes = Blueprint("widget", __name__)

    @routes.get("/widget.js")
    def script() -> Response:
        """The script. It is served even where nothing is published, to say so on the page."""
        try:
            with current().reading() as searcher:
                authority = searcher.generation.setting.authority
                source = _script(authority.name, authority.channels.telephone, authority.colour)
        except (NotPublished, GenerationGone):
            source = _script(None, None, DEFAULT_COLOUR)
        response = make_response(source)
        response.mimetype = "text/javascript"
        response.headers["Cache-Control"] = f"public, max-age={_FRESH_S}"
        response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
        response.add_etag()
        response.make_conditional(request)
        return response

    @routes.get("/widget/demo")
    def demo() -> Response:
        """The widget on a page that is not ours, but for its address."""
        return demo_page("")

    return routes
