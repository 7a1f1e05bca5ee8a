"""Recording how a call went by a plain form, for a browser without scripts."""

from uuid import UUID

from flask import Blueprint, abort, make_response, redirect, render_template, request, url_for
from flask.wrappers import Response
from pydantic import ValidationError

from kb.contacts.chain import NoSuchContact, OtherContact
from kb.contacts.contact import Contact
from kb.contacts.finding import versions
from kb.records.database import RecordsProblem
from search_api.contacts.taking import UnknownReason, intake, own_alone, take
from search_api.desk.bar import CHANNEL, Filled
from search_api.desk.page import drawn
from search_api.desk.times import promised_times
from search_api.i18n import gettext as _
from search_api.reading import reading


def register(routes: Blueprint) -> None:
    """Add where the form is sent, where it is filled in anew, and the times for it."""

    @routes.post("/desk/contacts")
    def record() -> Response:
        filled = Filled.sent(request.form)
        try:
            corrects = UUID(filled.corrects) if filled.corrects else None
            stood = _as_it_stands(corrects) if corrects else None
            body = filled.contact(stood, _service(filled.answered_by))
            contact = Contact.model_validate(dict(body))
            try:
                take(contact, corrects)
            except OtherContact:  # sent twice, it ends at another moment
                if not _is_there(contact):
                    raise
        except ValidationError as error:
            return _again(filled, _fault(error))
        except (ValueError, UnknownReason, OtherContact, NoSuchContact):
            return _again(filled, _("This cannot be recorded as it is."))
        except (RecordsProblem, OSError):
            return _again(filled, _("The records cannot be read just now. Please try again soon."))
        to = url_for("desk.desk", recorded=corrects or contact.id)
        response = make_response(redirect(to, 303))
        response.set_cookie(CHANNEL, contact.channel, httponly=True, samesite="Lax")
        return response

    @routes.get("/desk/contacts/<id>")
    def correct(id: str) -> str:
        """The desk with a contact that was recorded, to put it right."""
        try:
            stood = _as_it_stands(UUID(id))
        except (ValueError, RecordsProblem):
            abort(404)
        with reading() as searcher:
            words = stood.searches[-1] if stood.searches else ""
            return drawn(searcher, stood.answered_by or "", words, Filled.of(stood, id))

    @routes.get("/desk/times")
    def times() -> str:
        """By when a call back can be promised now, for the page that is already there."""
        with reading() as searcher:
            offered = promised_times(searcher.generation.setting.authority)
            return render_template("desk/times.html", times=offered)


def _as_it_stands(id_: UUID) -> Contact:
    with intake().chain.database.reading() as connection:
        found = versions(connection, id_)
    if not found or own_alone() not in (None, found[0].account):
        raise ValueError(f"there is no contact {id_} of whoever asks")
    return found[-1].contact


def _is_there(contact: Contact) -> bool:
    stood = _as_it_stands(contact.id)
    return stood == contact.model_copy(update={"ended_at": stood.ended_at})


def _service(article: str) -> str | None:
    with reading() as searcher:
        found = searcher.generation.store.get(article) if article else None
    if found is None:
        return None
    return found.id if found.kind == "service" else found.service


def _again(filled: Filled, problem: str) -> Response:
    with reading() as searcher:
        page = drawn(searcher, filled.answered_by, filled.searched[:2000], filled, problem)
    response = make_response(page, 400)
    response.headers["Cache-Control"] = "no-store"
    return response


def _fault(error: ValidationError) -> str:
    said = {
        "outcome": _("Say how the call went."),
        "handed_to": _("Say whom it was handed over to."),
        "call_back_by": _("Say by when: a time still to come."),
        "case": _("A case reference has letters, figures and . / : # _ - only."),
        "notes": _("Make the notes shorter: they can have 2,000 characters."),
    }
    fields = [str(item["loc"][0]) for item in error.errors() if item["loc"]]
    other = _("This cannot be recorded as it is.")
    return next((said[field] for field in fields if field in said), other)
