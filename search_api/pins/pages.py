"""`/notices/pin`: a manager pins a line to both editions in one step, and takes it down."""

from datetime import datetime, timedelta
from pathlib import Path

from flask import Blueprint, abort, make_response, redirect, render_template, request, url_for
from flask.wrappers import Response
from pydantic import ValidationError

from indexer.search import Searcher
from kb import clock
from kb.article import Kind
from kb.pins.pins import LONGEST, TEXT, Pin, pin, pin_log, unpin
from kb.records.database import RecordsProblem
from search_api.access import account
from search_api.errors import records_away
from search_api.i18n import gettext as _
from search_api.pins.keeping import keep_pinned
from search_api.reading import reading
from search_api.recording import recorder
from search_api.times import say_date, say_time

LOG = 50
Written = dict[str, str]


def blueprint(var: Path) -> Blueprint:
    """The page."""
    pages = Blueprint("pins", __name__)

    @pages.get("/notices/pin")
    def form() -> Response:
        """The form, filled in with what a surge is about; and what was pinned."""
        asked = {name: request.args.get(name, "")[:200] for name in ("service", "queries")}
        return _page(asked, {}, 200)

    @pages.post("/notices/pin")
    def add() -> Response:
        """Pin it."""
        written = {name: request.form.get(name, "") for name in _FIELDS}
        try:
            with reading() as searcher:
                wanted = _read(written, searcher)
        except ValidationError as error:
            return _page(written, _faults(error), 400)
        pin(recorder().database, wanted, account().id)
        return _done()

    @pages.post("/notices/pin/<seq>/end")
    def end(seq: str) -> Response:
        """Take it down."""
        if not (seq.isascii() and seq.isdigit() and len(seq) < 19):
            abort(404)
        unpin(recorder().database, int(seq), account().id)
        return _done()

    def _done() -> Response:
        shown = keep_pinned(recorder().database, var)
        return make_response(redirect(url_for("pins.form", soon=None if shown else 1), 303))

    @pages.errorhandler(RecordsProblem)
    def away(_problem: RecordsProblem) -> tuple[str, int]:
        return records_away(_("Nothing was pinned or taken down. Please try again later."))

    return pages


_FIELDS = ("text", "service", "queries", "until")


def _page(written: Written, faults: dict[str, str], status: int) -> Response:
    found = pin_log(recorder().database, LOG)
    with reading() as searcher:
        services = searcher.generation.store.of_kind(Kind.SERVICE)
        page = render_template(
            "pin.html",
            written={"until": f"{clock.today() + timedelta(days=1)}", **written},
            faults=faults,
            services=[(row.id, row.title) for row in services],
            standing=[one for one in found if one.stands],
            ended=[one for one in found if not one.stands],
            today=clock.today(),
            latest=clock.today() + LONGEST,
            limit=TEXT,
            when=_when,
            soon="soon" in request.args,
        )
    return make_response(page, status)


def _read(written: Written, searcher: Searcher) -> Pin:
    """What is to be pinned.

    Raises:
        ValidationError: if it will not do.
    """
    service = written["service"].strip()
    known = searcher.generation.store.rows
    queries = [line.strip() for line in written["queries"].splitlines()]
    return Pin.model_validate(
        {
            "text": written["text"],
            "services": [service] if service in known else ([f"?{service}"] if service else []),
            "queries": [line for line in queries if line],
            "until": written["until"],
        }
    )


def _faults(error: ValidationError) -> dict[str, str]:
    """What is wrong with each field, to be read by whoever filled it in."""
    said = {
        "text": _("Say it in one line of at most 300 characters."),
        "services": _("Choose a service that there is."),
        "queries": _("Give at most ten searches, each of 2 to 100 characters."),
        "until": _("Choose a day from today, at most 31 days ahead."),
    }
    return {str(item["loc"][0]): said[str(item["loc"][0])] for item in error.errors()}


def _when(at: datetime) -> str:
    local = at.astimezone(clock.ZONE)
    return f"{say_date(local.date())}, {say_time(local.time())}"
