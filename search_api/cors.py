"""Which pages of other sites may read the public JSON API: those that the operator lists.

Nothing is ever sent with credentials. `*` opens what can only be read to every site; writing
(feedback) needs an origin that is listed by name. https://fetch.spec.whatwg.org/#http-cors-protocol
"""

from collections.abc import Collection

from flask import Flask, request
from flask.wrappers import Response

from kb.origin import ANY

PATHS = "/api/v1/"
_READING = frozenset({"GET", "HEAD"})
_PREFLIGHT_S = 7200
"""How long a browser may remember a preflight; none keeps it longer."""


def from_elsewhere(origins: Collection[str]) -> bool:
    """Whether what is written comes from a page of another site than this and those origins.

    Browsers say so; a program, which nobody can be tricked into starting, says nothing.
    """
    origin = request.headers.get("Origin")
    if origin in origins and origin != ANY:
        return False
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site not in ("same-origin", "none")
    return origin is not None and origin.partition("://")[2] != request.host


def register(app: Flask, origins: Collection[str]) -> None:
    """Let pages of some origins read the API of an application; without origins, of none."""
    if not origins:
        return

    def allowed(method: str) -> str | None:
        origin = request.headers.get("Origin", "")
        if origin in origins and origin != ANY:
            return origin
        return ANY if origin and ANY in origins and method in _READING else None

    @app.after_request
    def allow(response: Response) -> Response:
        if not request.path.startswith(PATHS):
            return response
        response.vary.add("Origin")
        preflight = request.method == "OPTIONS"
        method = request.headers.get("Access-Control-Request-Method", "")
        origin = allowed(method if preflight else request.method)
        if origin is None:
            return response
        response.headers["Access-Control-Allow-Origin"] = origin
        if preflight:
            response.headers["Access-Control-Allow-Methods"] = response.headers.get("Allow", "GET")
            response.headers["Access-Control-Allow-Headers"] = "Content-Type"
            response.headers["Access-Control-Max-Age"] = str(_PREFLIGHT_S)
        else:
            response.headers["Access-Control-Expose-Headers"] = "Retry-After"
        return response
