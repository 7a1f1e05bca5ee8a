"""Feedback by form: it works without JavaScript, and ends on a page of thanks."""

from datetime import date
from uuid import UUID

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from flask.wrappers import Response
from pydantic import BaseModel, ValidationError

from kb.article import Edition
from kb.records.entries import MAX_TEXT, FeedbackKind
from search_api.errors import NotTaken
from search_api.feedback.said import WORDED, FeedbackBody
from search_api.feedback.taking import MAX_BODY, Gate, take
from search_api.i18n import gettext as _
from search_api.reading import reading
from search_api.recording import surface
from search_api.times import say_date

Written = dict[str, str]
"""The fields of a form as they were filled in."""


class Thanks(BaseModel):
    """What the page of thanks is told by its address."""

    kind: FeedbackKind = FeedbackKind.ANSWER
    ref: UUID | None = None
    by: date | None = None
    article: str | None = None


def blueprint(edition: Edition, gate: Gate) -> Blueprint:
    """The form, where it is sent, and the thanks; staff have a form in every article, no page."""
    pages = Blueprint("feedback", __name__)

    @pages.post("/feedback")
    def send() -> Response:
        request.max_content_length = MAX_BODY
        written = _written(request.form.to_dict())
        try:
            gate.check()
            kept = take(FeedbackBody.model_validate(written), surface())
        except ValidationError as error:
            return _form(written, _faults(error), status=400)
        except NotTaken as refused:
            response = _form(written, {"": refused.detail}, refused.status)
            response.headers.extend(refused.headers)
            return response
        to = url_for(
            "feedback.thanks",
            kind=kept.kind.value,
            ref=kept.id if kept.kind in WORDED else None,
            by=kept.reply_by,
            article=kept.article,
            lang=kept.language if kept.language != "en" else None,
        )
        response = make_response(redirect(to, 303))
        response.headers["Cache-Control"] = "no-store"
        return response

    @pages.get("/feedback/thanks")
    def thanks() -> str:
        try:
            said = Thanks.model_validate(request.args.to_dict())
        except ValidationError:
            said = Thanks()
        by = say_date(said.by) if said.by else ""
        with reading() as searcher:
            about = searcher.generation.store.rows.get(said.article or "")
            return render_template("feedback_thanks.html", said=said, by=by, about=about)

    if edition is Edition.PUBLIC:

        @pages.get("/feedback")
        def form() -> Response:
            return _form(_written(request.args.to_dict()), {}, status=200)

    return pages


def _written(fields: Written) -> Written:
    """What was filled in: a field that was left empty says nothing."""
    return {name: fields[name] for name in FeedbackBody.model_fields if fields.get(name)}


def _form(written: Written, faults: dict[str, str], status: int) -> Response:
    """The form, as it was filled in, with what is wrong by field."""
    with reading() as searcher:
        about = searcher.generation.store.rows.get(written.get("article", ""))
        page = render_template(
            "feedback.html", written=written, faults=faults, about=about, limit=MAX_TEXT
        )
    response = make_response(page, status)
    if status != 200:
        response.headers["Cache-Control"] = "no-store"
    return response


def _faults(error: ValidationError) -> dict[str, str]:
    """What is wrong with each field, to be read by whoever filled it in."""
    said = {
        "comment": _("Say what it is about."),
        "score": _("Choose how satisfied you are."),
        "kind": _("Choose what it is."),
    }
    long = _("Make it shorter: it can have 2,000 characters.")
    other = _("This cannot be sent as it is.")
    return {
        field: long if item["type"] == "string_too_long" else said.get(field, other)
        for item in error.errors()
        for field in [str(item["loc"][0])]
    }
