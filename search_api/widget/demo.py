"""A page that looks like another's and carries the widget, on our origin or truly on another."""

from urllib.parse import urlsplit

from flask import Flask, abort, make_response, render_template, request
from flask.wrappers import Response

from kb.origin import read_origin


def create_demo(public_port: int) -> Flask:
    """Make an application that has the page alone, for a port and so an origin of its own.

    Args:
        public_port: where the public site listens, on the same host.
    """
    app = Flask("search_api")

    @app.get("/")
    def page() -> Response:
        try:
            host = urlsplit(read_origin(request.host_url)).hostname or ""
        except ValueError:
            abort(400)
        shown = f"[{host}]" if ":" in host else host
        return demo_page(f"http://{shown}:{public_port}")

    return app


def demo_page(site: str) -> Response:
    """The page, under a policy as strict as they come.

    Args:
        site: the origin that the widget comes from; empty for that of the page.
    """
    response = make_response(render_template("widget_demo.html", site=site))
    source = site or "'self'"
    response.headers["Content-Security-Policy"] = (
        f"default-src 'none'; script-src {source}; connect-src {source}; style-src {source}; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
        "require-trusted-types-for 'script'; trusted-types 'none'"
    )
    return response
