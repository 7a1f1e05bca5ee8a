"""`/outbox/`: what other systems are told of, what they took, and what was given up."""

from datetime import datetime
from typing import Annotated

from flask import Blueprint, abort, make_response, redirect, render_template, request, url_for
from flask.wrappers import Response
from pydantic import BaseModel, Field, ValidationError

from kb import clock
from kb.handover.log import attempts, given_up, retry, statuses
from kb.handover.targets import targets_of
from kb.records.database import RecordsProblem
from kb.settings import Settings
from search_api.errors import records_away
from search_api.recording import recorder
from search_api.times import say_date, say_time

ATTEMPTS = 100
GIVEN_UP = 50


class Again(BaseModel):
    """What is to be tried again."""

    event: Annotated[int, Field(ge=1, lt=2**63)]
    target: Annotated[str, Field(max_length=64)]


def blueprint(settings: Settings) -> Blueprint:
    """The page."""
    pages = Blueprint("outbox", __name__)
    names = [target.name for target in targets_of(settings)]

    @pages.get("/outbox/")
    def log() -> str:
        """How deliveries go."""
        store = recorder().database
        return render_template(
            "outbox.html",
            targets=statuses(store, names),
            given_up=given_up(store, GIVEN_UP),
            attempts=attempts(store, ATTEMPTS),
            when=_when,
        )

    @pages.post("/outbox/")
    def again() -> Response:
        """Try a message again."""
        try:
            wanted = Again.model_validate(request.form.to_dict())
        except ValidationError:
            abort(400)
        retry(recorder().database, wanted.event, wanted.target)
        return make_response(redirect(url_for("outbox.log"), 303))

    @pages.errorhandler(RecordsProblem)
    def away(_problem: RecordsProblem) -> tuple[str, int]:
        return records_away()

    return pages


def _when(at: datetime) -> str:
    local = at.astimezone(clock.ZONE)
    return f"{say_date(local.date())}, {say_time(local.time())}"
