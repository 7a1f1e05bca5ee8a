"""Errors: problem details for programs, a page for people, and never a word of the inside."""

import logging
from http import HTTPStatus

from flask import Flask, make_response, render_template, request
from flask.wrappers import Response
from pydantic import ValidationError
from werkzeug.exceptions import BadHost, HTTPException, SecurityError

from indexer.generation import GenerationGone, NotPublished
from search_api.i18n import gettext as _
from search_api.pages.frame import other_languages
from search_api.schemas import FieldProblem, ProblemDetails

_LOG = logging.getLogger(__name__)


class NotTaken(Exception):
    """What somebody sends is not taken; the detail is for people, in the language of the page."""

    def __init__(self, status: int, detail: str, retry_after: int | None = None) -> None:
        """`retry_after` is in seconds, where it will be taken later."""
        super().__init__(detail)
        self.status = status
        self.detail = detail
        self.headers = {"Retry-After": str(retry_after)} if retry_after else {}


def problem(status: int, detail: str, errors: list[FieldProblem] | None = None) -> Response:
    """A problem-details response."""
    body = ProblemDetails(
        title=HTTPStatus(status).phrase, status=status, detail=detail, errors=errors or []
    )
    response = make_response(body.model_dump_json(), status)
    response.mimetype = "application/problem+json"
    response.headers["Cache-Control"] = "no-store"
    return response


def records_away(detail: str = "") -> tuple[str, int]:
    """The page while the store cannot be used.

    Args:
        detail: what became of what was sent; empty where nothing was.
    """
    title = _("The records cannot be read just now")
    detail = detail or _("Nothing is lost: what comes in waits on disk. Please try again later.")
    return render_template("error.html", title=title, detail=detail), 503


def invalid_parameters(error: ValidationError) -> Response:
    """The answer to parameters that do not fit: each field, and what is wrong with it."""
    found = [
        FieldProblem(
            field=".".join(str(part) for part in item["loc"]) or "body",
            reason=item["msg"],
        )
        for item in error.errors(include_url=False, include_context=False, include_input=False)
    ]
    detail = "; ".join(f"{one.field}: {one.reason}" for one in found)
    return problem(400, detail, found)


def register(app: Flask) -> None:
    """Make the application answer every error in the one form."""

    @app.errorhandler(SecurityError)
    def foreign_host(_error: SecurityError) -> Response:
        """No page can be drawn here: it would need the very host name that is not trusted."""
        detail = (
            "This site answers to this machine's own names, as localhost, and to those in the "
            "setting staff_hosts only."
        )
        return problem(400, detail)

    @app.errorhandler(BadHost)
    def no_host(_error: BadHost) -> Response:
        """No page can be drawn here either: no link can be made below a host that is none."""
        return problem(400, "The Host of this request is not the name of a host.")

    @app.errorhandler(HTTPException)
    def http_error(error: HTTPException) -> Response:
        if error.response is not None:
            return make_response(error.response)
        status = error.code or 500
        headers = {
            name: value
            for name, value in error.get_headers()
            if name.lower() in ("allow", "location", "retry-after")
        }
        return answer(status, headers=headers)

    @app.errorhandler(NotPublished)
    @app.errorhandler(GenerationGone)
    def nothing_to_serve(_error: Exception) -> Response:
        return answer(503, headers={"Retry-After": "5"})

    @app.errorhandler(Exception)
    def unexpected(error: Exception) -> Response:
        _LOG.exception("unexpected error at %s", request.path, exc_info=error)
        return answer(500)


def is_for_programs(path: str) -> bool:
    """Whether a route answers programs, and not people."""
    return path.startswith(("/api/v1/", "/openapi.json", "/healthz", "/readyz"))


def answer(status: int, detail: str = "", headers: dict[str, str] | None = None) -> Response:
    """The answer to a request that cannot be served, for a program or as a page.

    Args:
        status: of HTTP.
        detail: what to do about it; by default what is always said of that status.
        headers: to go with it.
    """
    title, usual = _said(status)
    detail = detail or usual
    if is_for_programs(request.path):
        response = problem(status, detail)
    else:
        switch = other_languages("/", ())  # what was asked for is not said again
        page = render_template("error.html", title=title, detail=detail, switch=switch)
        response = make_response(page, status)
        response.headers["Cache-Control"] = "no-store"
    response.headers.extend(headers or {})
    return response


def _said(status: int) -> tuple[str, str]:
    """What is said of an error: its title and one line more, in the language of the page."""
    said = {
        400: (
            _("We cannot make sense of that address"),
            _("The request cannot be understood; check its address."),
        ),
        401: (_("Nobody is signed in"), _("Please sign in.")),
        403: (
            _("That is not for you"),
            _("Your account is not allowed to see or do this."),
        ),
        404: (
            _("Page not found"),
            _("There is nothing here. It may have moved: try a search."),
        ),
        405: (_("That cannot be done here"), _("This address cannot be used that way.")),
        413: (_("That is too much"), _("That is more than can be taken in one go.")),
        414: (_("That is too long"), _("That address is too long; shorten the question.")),
        429: (_("Too many at once"), _("Please wait a little, and try again.")),
        500: (
            _("Something went wrong"),
            _("Something went wrong on our side. It has been noted; please try again."),
        ),
        503: (
            _("Nothing is published yet"),
            _("Nothing is published yet. Publish with: kb index"),
        ),
    }
    http = HTTPStatus(status)
    return said.get(status, (http.phrase, http.description or http.phrase))
