"""Raising a flag without a script: a page with the form, and one of thanks."""

from flask import Blueprint, abort, make_response, redirect, render_template, request, url_for
from flask.wrappers import Response
from pydantic import BaseModel, ValidationError

from kb.contacts.contact import Id
from kb.flags.flag import FlagKind
from kb.records.entries import MAX_TEXT
from search_api.errors import NotTaken
from search_api.flags.kinds import about_article, labels
from search_api.flags.said import FlagBody
from search_api.flags.taking import take
from search_api.i18n import gettext as _
from search_api.reading import reading


class Asked(BaseModel):
    """What the form is opened about."""

    article: Id | None = None
    query: str = ""


def register(pages: Blueprint) -> None:
    """Add the pages."""

    @pages.context_processor
    def offers() -> dict[str, object]:
        return {"flag_labels": labels(), "limit": MAX_TEXT}

    @pages.get("/desk/flags")
    def form() -> Response:
        try:
            asked = Asked.model_validate(
                {name: text for name, text in request.args.items() if text and name != "lang"}
            )
        except ValidationError:
            abort(400)
        return _form(asked.article or "", asked.query[:MAX_TEXT], {}, "", 200)

    @pages.post("/desk/flags")
    def send() -> Response:
        sent = {name: text for name, text in request.form.items() if text and name != "csrf"}
        words = sent.get("query", "")
        written = {**sent, "trail": [words] if words else []}
        article = sent.get("article", "")
        try:
            take(FlagBody.model_validate(written))
        except ValidationError as error:
            return _form(article, words, sent, _fault(error), 400)
        except NotTaken as refused:
            response = _form(article, words, sent, refused.detail, refused.status)
            response.headers.extend(refused.headers)
            return response
        to = url_for("flagging.thanks", article=article or None, query=words or None)
        return make_response(redirect(to, 303))

    @pages.get("/desk/flags/thanks")
    def thanks() -> str:
        article, words = request.args.get("article", ""), request.args.get("query", "")
        return render_template("desk/flag_thanks.html", article=article[:200], words=words)


def _form(article: str, words: str, written: dict[str, str], fault: str, status: int) -> Response:
    """The form, as it was filled in, with what is wrong."""
    with reading() as searcher:
        row = searcher.generation.store.rows.get(article)
        if article and row is None:
            abort(404)
        page = render_template(
            "desk/flag_page.html",
            about=row,
            words=words,
            kinds=about_article() if row else (FlagKind.NOBODY_HAS_WRITTEN,),
            written=written,
            fault=fault,
        )
    return make_response(page, status)


def _fault(error: ValidationError) -> str:
    """What is wrong, to be read by whoever filled the form in."""
    first = error.errors()[0]
    if first["type"] == "string_too_long":
        return _("Make it shorter: it can have 2,000 characters.")
    if first["loc"] == ("kind",):
        return _("Choose what it is.")
    if "caller" in first["msg"]:
        return _("Write down the words the caller used.")
    return _("This cannot be sent as it is.")
