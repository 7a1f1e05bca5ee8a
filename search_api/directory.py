"""`/api/v1/directory`: the telephone directory, in the staff application only."""

from typing import Annotated

from flask_openapi3.blueprint import APIBlueprint
from flask_openapi3.models.tag import Tag
from pydantic import BaseModel, Field

from indexer.people import LIMIT, ListingKind
from kb.said_hours import Presence
from search_api.api import AWAY, INVALID, Json
from search_api.desk.handover import PersonShown, shown
from search_api.reading import reading
from search_api.schemas import Parameters, Query

_MOST = 500


class DirectoryParameters(Parameters):
    """Who is looked for."""

    q: Query = ""
    limit: Annotated[int, Field(ge=1, le=_MOST, description="how many; of a search")] = LIMIT


class PersonModel(BaseModel):
    """A person, team or partner; texts are empty where nothing is known."""

    id: str
    kind: ListingKind
    name: str
    role: str
    team: str
    telephone: str
    email: str
    website: str
    location: str
    hours: str
    services: list[str]
    deputy: str
    notes: str
    presence: Presence | None
    """Whether they can be reached now; null where their hours are not understood."""
    now: str
    """The same in words."""


class DirectoryAnswer(BaseModel):
    """People, teams and partners: those looked for best first, or everybody."""

    query: str
    total: int
    generation: str
    entries: list[PersonModel]


def blueprint() -> APIBlueprint:
    """The directory's route."""
    routes = APIBlueprint(
        "directory",
        __name__,
        url_prefix="/api/v1",
        abp_tags=[Tag(name="directory")],
        abp_responses={400: INVALID, 503: AWAY},
    )

    @routes.get("/directory", responses={200: DirectoryAnswer})
    def directory(query: DirectoryParameters) -> Json:
        """People by name, sound, what they do or their number; without words, everybody."""
        with reading() as searcher:
            if query.q.strip():
                found = [one.listing for one in searcher.people.search(query.q, query.limit)]
            else:
                found = searcher.people.all()
            return DirectoryAnswer(
                query=query.q,
                total=len(found),
                generation=searcher.generation.name,
                entries=[_model(shown(searcher, one)) for one in found],
            ).model_dump(mode="json")

    return routes


def _model(person: PersonShown) -> PersonModel:
    one = person.listing
    return PersonModel(
        id=one.id,
        kind=one.kind,
        name=one.name,
        role=one.role,
        team=one.team,
        telephone=one.telephone,
        email=one.email,
        website=one.website,
        location=one.location,
        hours=one.hours,
        services=list(one.services),
        deputy=one.deputy,
        notes=one.notes,
        presence=person.presence,
        now=person.now,
    )
