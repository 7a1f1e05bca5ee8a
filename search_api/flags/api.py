"""`POST /api/v1/flags`: of the staff application alone."""

from typing import Any

from flask.wrappers import Response
from flask_openapi3.blueprint import APIBlueprint
from flask_openapi3.models.tag import Tag

from search_api.access.described import SECURITY
from search_api.api import FORBIDDEN, INVALID, NOBODY
from search_api.bodies import strictly
from search_api.errors import NotTaken, problem
from search_api.flags.said import FlagAnswer, FlagBody
from search_api.flags.taking import take
from search_api.schemas import Responses, problem_response

_RESPONSES: Responses = {
    200: FlagAnswer,
    201: FlagAnswer,
    202: FlagAnswer,
    404: problem_response("There is no such article in this edition."),
    409: problem_response("The id stands for another flag already."),
    413: problem_response("It is over 256 KB."),
    415: problem_response("It is no JSON."),
    429: problem_response("There is too much at once; Retry-After says when there is not."),
    503: problem_response("Nothing is published yet, or the disk is full."),
}
_STATUS = {True: 201, False: 200, None: 202}


def blueprint() -> APIBlueprint:
    """The route."""
    api = APIBlueprint(
        "flags",
        __name__,
        url_prefix="/api/v1/flags",
        abp_tags=[Tag(name="flags")],
        abp_security=SECURITY,
        abp_responses={400: INVALID, 401: NOBODY, 403: FORBIDDEN},
    )

    @api.post("", responses=_RESPONSES)
    @strictly
    def raise_flag(body: FlagBody) -> tuple[dict[str, Any], int] | Response:
        """Say that an article is wrong, unclear or lacks something, or that nobody has written one.

        201: it is in the editors' queue. 200: it was there already, by its id. 202: the database is
        away; it is on disk, and goes in when the database is back.
        """
        try:
            flag, new = take(body)
        except NotTaken as refused:
            response = problem(refused.status, refused.detail)
            response.headers.extend(refused.headers)
            return response
        return FlagAnswer(id=flag.id).model_dump(mode="json"), _STATUS[new]

    return api
