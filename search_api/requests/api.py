"""`/api/v1/requests`: of the staff application alone."""

from typing import Annotated, Any
from uuid import UUID

from flask import abort
from flask.wrappers import Response
from flask_openapi3.blueprint import APIBlueprint
from flask_openapi3.models.tag import Tag
from pydantic import BaseModel, ConfigDict, Field
from pydantic.config import JsonDict

from kb.handover.deliveries import DeliveryState
from kb.records.database import RecordsProblem
from kb.requests.keeping import progress
from kb.requests.request import Wanted
from search_api.access.described import SECURITY
from search_api.api import FORBIDDEN, INVALID, NOBODY
from search_api.bodies import strictly
from search_api.errors import NotTaken, problem
from search_api.i18n import gettext as _
from search_api.requests.taking import store, take
from search_api.schemas import Parameters, problem_response

_WORDED: JsonDict = {"pattern": "[A-Za-z0-9]"}
_NOWHERE: JsonDict = {"lat": {"type": "null"}, "long": {"type": "null"}, "description": _WORDED}
_POINT: JsonDict = {
    "lat": {"type": "number"},
    "long": {"type": "number"},
    "description": _WORDED,
}
_SAYING_WHERE: tuple[JsonDict, ...] = (
    {"required": ["address"], "properties": {"address": _WORDED, **_NOWHERE}},
    {"required": ["address_id"], "properties": {"address_id": {"minLength": 1}, **_NOWHERE}},
    {"required": ["lat", "long"], "properties": _POINT},
)
"""What has to be there, as the API's description says it; `Wanted` holds it."""


class RequestBody(Wanted):
    """What is to be done, and where: one of address, address_id, and lat with long."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        json_schema_extra={
            "anyOf": list(_SAYING_WHERE),
        },
    )

    id: Annotated[
        UUID | None, Field(description="made by the sender, so that what comes again is kept once")
    ] = None


class RequestPath(Parameters):
    """Which request."""

    id: Annotated[UUID, Field(description="the request's id")]


class RequestAnswer(BaseModel):
    """How a request stands."""

    id: UUID
    state: DeliveryState
    reference: str | None
    """Under which the other system has it."""
    token: str | None
    """Where it has given a token instead, for a reference to come."""


def blueprint() -> APIBlueprint:
    """The routes."""
    api = APIBlueprint(
        "requests",
        __name__,
        url_prefix="/api/v1/requests",
        abp_tags=[Tag(name="requests")],
        abp_security=SECURITY,
        abp_responses={
            400: INVALID,
            401: NOBODY,
            403: FORBIDDEN,
            404: problem_response("There is no such article or request."),
            503: problem_response("The records cannot be used now; nothing was kept."),
        },
    )

    @api.errorhandler(RecordsProblem)
    def away(_error: RecordsProblem) -> Response:
        return problem(503, _("The request was not kept. Please try again soon."))

    @api.post(
        "",
        responses={
            201: RequestAnswer,
            409: problem_response("The article names no service, or no system is set up."),
            413: problem_response("It is over 256 KB."),
            415: problem_response("It is no JSON."),
            429: problem_response("There is too much at once; Retry-After says when there is not."),
        },
    )
    @strictly
    def make(body: RequestBody) -> tuple[dict[str, Any], int] | Response:
        """Hand something over to the system that does it, by Open311. Nothing in it is masked.

        It is sent in a moment, and again until it is taken; then what it said is forgotten here.
        """
        wanted = Wanted.model_validate(body.model_dump(exclude={"id"}))
        try:
            request = take(wanted, body.id)
        except NotTaken as refused:
            response = problem(refused.status, refused.detail)
            response.headers.extend(refused.headers)
            return response
        return _answer(request.id), 201

    @api.get("/<id>", responses={200: RequestAnswer})
    def look(path: RequestPath) -> dict[str, Any]:
        """How a request stands, and the reference once it is taken."""
        return _answer(path.id)

    return api


def _answer(id_: UUID) -> dict[str, Any]:
    found = progress(store(), id_)
    if found is None:
        abort(404)
    return RequestAnswer.model_validate(found, from_attributes=True).model_dump(mode="json")
