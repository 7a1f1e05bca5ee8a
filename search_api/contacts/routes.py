"""`/api/v1/contacts`: of the staff application alone."""

from typing import Any
from uuid import UUID

from flask import abort
from flask.wrappers import Response
from flask_openapi3.blueprint import APIBlueprint
from flask_openapi3.models.tag import Tag

from kb.contacts.chain import NoSuchContact, OtherContact, Taken
from kb.contacts.contact import Contact, Draft
from kb.contacts.finding import find, versions
from kb.records.database import RecordsProblem
from search_api.access import account
from search_api.access.described import SECURITY
from search_api.api import FORBIDDEN, INVALID, NOBODY
from search_api.bodies import strictly
from search_api.contacts.bodies import (
    ContactBody,
    ContactPath,
    ContactsAnswer,
    ContactsQuery,
    HistoryAnswer,
    ReasonsAnswer,
    TakenAnswer,
    current_answer,
    version_answer,
)
from search_api.contacts.taking import UnknownReason, drafts, intake, own_alone, take
from search_api.errors import problem
from search_api.i18n import gettext as _
from search_api.reading import reading
from search_api.schemas import FieldProblem, Responses, problem_response

Json = dict[str, Any]

MISSING = problem_response("There is no such contact, or it is somebody else's.")
AWAY = problem_response("The records cannot be read now, or the disk is full.")
_BODY: Responses = {
    413: problem_response("It is over 256 KB."),
    415: problem_response("It is no JSON."),
}
_TAKING: Responses = {
    200: TakenAnswer,
    201: TakenAnswer,
    202: TakenAnswer,
    409: problem_response("The id stands for another contact already."),
    **_BODY,
}


def blueprint() -> APIBlueprint:
    """The routes."""
    api = APIBlueprint(
        "contacts",
        __name__,
        url_prefix="/api/v1/contacts",
        abp_tags=[Tag(name="contacts")],
        abp_security=SECURITY,
        abp_responses={400: INVALID, 401: NOBODY, 403: FORBIDDEN, 503: AWAY},
    )

    @api.errorhandler(RecordsProblem)
    def away(_error: RecordsProblem) -> Response:
        return problem(503, _("The records cannot be read just now. Please try again soon."))

    @api.post("", responses=_TAKING)
    @strictly
    def record(body: ContactBody) -> tuple[Json, int] | Response:
        """Record a contact. The same again, by its id, is answered as it was and kept once.

        201: it is in the records. 200: it was there already. 202: the database is away; it is on
        disk, and goes in when the database is back.
        """
        return _taken(body, None)

    @api.post("/<id>/corrections", responses={**_TAKING, 404: MISSING})
    @strictly
    def correct(path: ContactPath, body: ContactBody) -> tuple[Json, int] | Response:
        """Record how a contact should have been recorded: whole, under an id of its own.

        Nothing is changed; the last correction is how the contact stands.
        """
        return _taken(body, path.id)

    @api.get("", responses={200: ContactsAnswer})
    def listing(query: ContactsQuery) -> Json:
        """Contacts as they stand, the last that began first: an agent's own, a manager's all."""
        with intake().chain.database.reading() as connection:
            total, found = find(connection, query.wanted(own_alone()), query.page, query.size)
        answer = ContactsAnswer(
            total=total, page=query.page, contacts=[current_answer(one) for one in found]
        )
        return answer.model_dump(mode="json")

    @api.get("/<id>", responses={200: HistoryAnswer, 404: MISSING})
    def history(path: ContactPath) -> Json:
        """A contact with its corrections."""
        with intake().chain.database.reading() as connection:
            found = versions(connection, path.id)
        if not found or own_alone() not in (None, found[0].account):
            abort(404)
        answer = HistoryAnswer(id=path.id, versions=[version_answer(one) for one in found])
        return answer.model_dump(mode="json")

    @api.get("/reasons", responses={200: ReasonsAnswer})
    def reasons() -> Json:
        """Why a contact need not have been: what agents choose from, as authority.yml lists it."""
        with reading() as searcher:
            found = list(searcher.generation.setting.authority.avoidable)
        return ReasonsAnswer(reasons=found).model_dump(mode="json")

    @api.put("/draft", responses={204: None, **_BODY})
    @strictly
    def keep_draft(body: Draft) -> tuple[str, int]:
        """Keep the contact that goes on, in the place of the one before, for a day."""
        drafts().put(account().id, body)
        return "", 204

    @api.get("/draft", responses={200: Draft, 204: None})
    def draft() -> tuple[Json | str, int]:
        """The contact that went on when it was kept last; 204 where there is none."""
        found = drafts().get(account().id)
        return (found.model_dump(mode="json"), 200) if found is not None else ("", 204)

    @api.delete("/draft", responses={204: None})
    def drop_draft() -> tuple[str, int]:
        """Forget the draft."""
        drafts().drop(account().id)
        return "", 204

    @api.errorhandler(OSError)
    def full(_error: OSError) -> Response:
        return problem(503, _("The disk does not take it. Please try again, and tell support."))

    return api


def _taken(body: ContactBody, corrects: UUID | None) -> tuple[Json, int] | Response:
    try:
        taken = take(Contact.model_validate(dict(body)), corrects)
    except UnknownReason as error:
        return problem(
            400, f"avoidable: {error}", [FieldProblem(field="avoidable", reason=str(error))]
        )
    except OtherContact:
        return problem(409, _("This id stands for another contact already; nothing was recorded."))
    except NoSuchContact:
        return problem(404, _("There is no such contact of yours to be corrected."))
    answer = TakenAnswer(id=body.id, seq=taken.seq if taken else None)
    return answer.model_dump(mode="json"), _status(taken)


def _status(taken: Taken | None) -> int:
    if taken is None:
        return 202
    return 201 if taken.new else 200
