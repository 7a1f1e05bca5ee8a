"""`GET /api/v1/surges`: of the staff application alone."""

from datetime import UTC, datetime
from typing import Any

from flask_openapi3.blueprint import APIBlueprint
from flask_openapi3.models.tag import Tag
from pydantic import BaseModel

from kb.surge.surges import WINDOW
from search_api.access.described import SECURITY
from search_api.api import FORBIDDEN, NOBODY
from search_api.surge.watch import current_surges


class SurgeModel(BaseModel):
    """Something that is searched for far more than usual."""

    service: str | None
    """The service or article that answers, by id; null where nothing does."""
    title: str
    words: str
    """What was typed most often."""
    count: int
    """Searches within the last minutes."""
    usual: float
    """The same in the same hours of the weeks before."""
    since: datetime


class SurgesAnswer(BaseModel):
    """What is searched for far more than usual, the most first."""

    minutes: int
    surges: list[SurgeModel]


def blueprint() -> APIBlueprint:
    """The route."""
    api = APIBlueprint(
        "surges",
        __name__,
        url_prefix="/api/v1/surges",
        abp_tags=[Tag(name="surges")],
        abp_security=SECURITY,
        abp_responses={401: NOBODY, 403: FORBIDDEN},
    )

    @api.get("", responses={200: SurgesAnswer})
    def listing() -> dict[str, Any]:
        """What is searched for now far more than usual at this hour of the week."""
        found = [
            SurgeModel(
                service=one.surge.subject.service,
                title=one.title,
                words=one.surge.words,
                count=one.surge.count,
                usual=round(one.surge.usual, 1),
                since=one.surge.since.astimezone(UTC),
            )
            for one in current_surges()
        ]
        answer = SurgesAnswer(minutes=int(WINDOW.total_seconds() // 60), surges=found)
        return answer.model_dump(mode="json")

    return api
