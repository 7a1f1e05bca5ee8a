"""`POST /api/v1/feedback`."""

from collections.abc import Callable
from functools import wraps

from flask import request
from flask.wrappers import Response
from flask_openapi3.blueprint import APIBlueprint
from pydantic import ValidationError

from search_api.errors import NotTaken, invalid_parameters, problem
from search_api.feedback.said import FeedbackAnswer, FeedbackBody
from search_api.feedback.taking import MAX_BODY, Gate, take
from search_api.recording import surface
from search_api.schemas import Responses, problem_response

Answer = tuple[dict[str, object], int]

_RESPONSES: Responses = {
    202: FeedbackAnswer,
    400: problem_response("A field does not fit; each is named with the reason."),
    403: problem_response("It comes from a page of a site that is not listed."),
    404: problem_response("There is no such article in this edition."),
    413: problem_response("It is over 64 KB."),
    415: problem_response("It is no JSON."),
    429: problem_response("There is too much at once; Retry-After says when there is not."),
    503: problem_response("Nothing is published yet, or the disk is full."),
}


def register(api: APIBlueprint, gate: Gate) -> None:
    """Add the route."""

    def through(view: Callable[[FeedbackBody], Answer]) -> Callable[[], Answer | Response]:
        """Read the body strictly and within bounds: the framework's own way has none in depth."""

        @wraps(view)
        def taken() -> Answer | Response:
            request.max_content_length = MAX_BODY
            try:
                gate.check()
                if not request.is_json:
                    return problem(415, "Send the feedback as application/json.")
                return view(FeedbackBody.model_validate_json(request.get_data(), strict=True))
            except ValidationError as error:
                return invalid_parameters(error)
            except NotTaken as refused:
                response = problem(refused.status, refused.detail)
                response.headers.extend(refused.headers)
                return response

        taken.__delay_validate_request__ = True  # type: ignore[attr-defined]
        return taken

    @api.post("/feedback", responses=_RESPONSES)
    @through
    def feedback(body: FeedbackBody) -> Answer:
        """Say whether an article answered the question, how satisfied you are, or a complaint.

        It needs no account. It is kept without a word about who sent it.
        """
        kept = take(body, surface())
        answer = FeedbackAnswer(id=kept.id, reply_by=kept.reply_by)
        return answer.model_dump(mode="json"), 202
