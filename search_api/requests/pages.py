"""Making a request at the desk, by a form that needs no script; and how it stands."""

from uuid import UUID

from flask import Blueprint, abort, make_response, redirect, render_template, request, url_for
from flask.wrappers import Response
from pydantic import ValidationError

from kb.records.database import RecordsProblem
from kb.requests.keeping import progress
from kb.requests.request import DESCRIPTION, Wanted
from search_api.errors import NotTaken, records_away
from search_api.i18n import gettext as _
from search_api.reading import reading
from search_api.requests.taking import code_of, store, take

_FIELDS = ("article", "description", "address", "address_id")


def blueprint() -> Blueprint:
    """The pages."""
    pages = Blueprint("requesting", __name__)

    @pages.get("/desk/requests")
    def form() -> Response:
        return _form({"article": request.args.get("article", "")[:200]}, "", 200)

    @pages.post("/desk/requests")
    def send() -> Response:
        written = {name: request.form.get(name, "") for name in _FIELDS}
        try:
            made = take(Wanted.model_validate(written))
        except ValidationError as error:
            return _form(written, _fault(error), 400)
        return make_response(redirect(url_for("requesting.look", id=made.id), 303))

    @pages.get("/desk/requests/<id>")
    def look(id: str) -> str:
        try:
            found = progress(store(), UUID(id))
        except ValueError:
            abort(404)
        if found is None:
            abort(404)
        return render_template("desk/request_stands.html", found=found)

    @pages.errorhandler(NotTaken)
    def refused(error: NotTaken) -> tuple[str, int, dict[str, str]]:
        title = _("This cannot be requested")
        page = render_template("error.html", title=title, detail=error.detail)
        return page, error.status, error.headers

    @pages.errorhandler(RecordsProblem)
    def away(_problem: RecordsProblem) -> tuple[str, int]:
        return records_away(_("The request was not kept. Please try again soon."))

    return pages


def _form(written: dict[str, str], fault: str, status: int) -> Response:
    with reading() as searcher:
        about, _code = code_of(searcher, written["article"])
        page = render_template(
            "desk/request.html", about=about, written=written, fault=fault, limit=DESCRIPTION
        )
    return make_response(page, status)


def _fault(error: ValidationError) -> str:
    first = error.errors()[0]
    if first["loc"] == ("description",):
        return _("Say what is to be done, in at most 4,000 characters.")
    if not first["loc"]:
        return _("Say where it is: an address, or its number (UPRN).")
    return _("This cannot be sent as it is.")
