"""The shapes that go over the wire; the OpenAPI document is made from them."""

import re
from datetime import date
from functools import cache
from http import HTTPStatus
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from indexer.results import MAX_PAGE, MAX_SIZE
from kb.article import Article, Kind
from kb.hours import OpeningHours


def _written(said: object) -> object:
    """Refuse what is no date: pydantic alone takes a number for seconds since 1970."""
    if isinstance(said, str) and not _DAY.fullmatch(said):
        raise ValueError("is not written as 2026-11-02")
    return said


_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
Day = Annotated[date, BeforeValidator(_written)]
"""A date as it is written in a query."""
Query = Annotated[str, Field(max_length=100_000, description="the caller's own words")]


class Parameters(BaseModel):
    """What a request can be asked with; its schema, needed at each request, is made once."""

    @classmethod
    @cache
    def model_json_schema(cls, **options: Any) -> dict[str, Any]:  # type: ignore[override]
        """As pydantic makes it."""
        return super().model_json_schema(**options)


class SearchParameters(Parameters):
    """What a search can be asked for."""

    q: Query = ""
    kind: Annotated[Kind | None, Field(description="only articles of this kind")] = None
    service: Annotated[
        str | None, Field(max_length=200, description="only what belongs to this service, by id")
    ] = None
    page: Annotated[int, Field(ge=1, le=MAX_PAGE, description="from 1")] = 1
    size: Annotated[int, Field(ge=1, le=MAX_SIZE, description="results a page")] = 10
    typing: Annotated[
        bool, Field(description="asked while the question is still being typed: not logged")
    ] = False


class LanguageParameters(Parameters):
    """In which language."""

    lang: Annotated[
        str,
        Field(pattern="^[a-z]{2,3}$", description="English where there is none in it"),
    ] = "en"


class ApiSearchParameters(SearchParameters, LanguageParameters):
    """What the API's search can be asked for."""


class StaffSearchParameters(ApiSearchParameters):
    """What a search of the staff edition can be asked for besides."""

    explain: Annotated[bool, Field(description="say how each result came by its score")] = False
    quick: Annotated[
        bool, Field(description="by words alone, for a question that is still being typed")
    ] = False


class SuggestParameters(LanguageParameters):
    """What is being typed, and where; `topic` and `page` count until something is typed."""

    q: Query = ""
    topic: Annotated[
        str, Field(max_length=200, description="what to suggest first: a tag or a service's id")
    ] = ""
    page: Annotated[
        str, Field(max_length=500, description="what the page is called on which this is asked")
    ] = ""


class ArticlePath(Parameters):
    """Which article."""

    id: Annotated[str, Field(max_length=200, description="the article's id")]


class ArticleParameters(LanguageParameters):
    """How to see an article."""

    q: Annotated[
        str, Field(max_length=100_000, description="the words that led here, for the search log")
    ] = ""


class SpanModel(BaseModel):
    """A stretch of an answer; `hit` where it is a word that was asked for."""

    text: str
    hit: bool


class AnswerModel(BaseModel):
    """The passage that answers."""

    anchor: str
    heading: str
    spans: list[SpanModel]


class HitModel(BaseModel):
    """An article that answers; `answer` is null where it has no text."""

    id: str
    title: str
    kind: Kind
    url: str
    score: float
    answer: AnswerModel | None
    number: str = ""
    """A short number that can be said aloud, as 4-217; for staff alone, left out elsewhere."""
    promoted: bool = False
    """Whether its editor put it first for these words; left out where not."""


class GainModel(BaseModel):
    """What one word of a question gave a result in one field."""

    source: str
    said: str
    term: str
    field: str
    points: float


class MeaningModel(BaseModel):
    """How words and meaning came together: `share` of `likeness`, and the rest of `words`."""

    words: float
    likeness: float
    share: float
    text: str
    """The text of the article that comes nearest to the question."""


class ExplanationModel(BaseModel):
    """How a result came by its score: the sum of the gains, times `covered`.

    Where meaning is compared, that is the words' score alone, and `meaning` says what became of it.
    """

    covered: float
    gains: list[GainModel]
    meaning: MeaningModel | None = None


class ExplainedHitModel(HitModel):
    """A result with its explanation, where it was asked for."""

    explain: ExplanationModel | None = None


class SearchAnswer(BaseModel):
    """A page of results."""

    query: str
    total: int
    page: int
    generation: str
    took_ms: float
    did_you_mean: str | None
    unsure: bool = False
    """Whether the first result is likely not to answer the question; left out where not."""
    notices: list[str] = []
    """What is not as usual today, of what was asked or found; left out where all is."""
    results: list[HitModel]


class ExplainedAnswer(SearchAnswer):
    """A page of results, each explained where that was asked for."""

    results: list[ExplainedHitModel]  # type: ignore[assignment]


class SuggestionModel(BaseModel):
    """A completion."""

    text: str
    kind: str
    id: str
    url: str


class SuggestAnswer(BaseModel):
    """Completions, best first."""

    query: str
    suggestions: list[SuggestionModel]


class ArticleAnswer(Article):
    """An article, with its address and the translations it can be read in."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    url: str
    generation: str
    languages: list[str]


class ServiceModel(BaseModel):
    """A service of the A–Z."""

    id: str
    title: str
    url: str
    a_z: list[str]
    tags: list[str]


class ServicesAnswer(BaseModel):
    """All services, by title."""

    generation: str
    total: int
    services: list[ServiceModel]


class PlaceModel(BaseModel):
    """Somewhere people can come in."""

    id: str
    title: str
    url: str
    summary: str
    address: str
    hours: OpeningHours | None
    services: list[str]
    verified: date | None


class PlacesAnswer(BaseModel):
    """All places, by title."""

    generation: str
    total: int
    places: list[PlaceModel]


class FieldProblem(BaseModel):
    """What is wrong with one parameter."""

    field: str
    reason: str


class ProblemDetails(BaseModel):
    """The one error body of the whole API (RFC 9457)."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    errors: list[FieldProblem] = []


Responses = dict[str | int | HTTPStatus, type[BaseModel] | dict[Any, Any] | None]
"""What a route may answer, by status."""


def problem_response(description: str) -> dict[str, object]:
    """How the API's description says that a route may answer with a problem."""
    schema = {"$ref": f"#/components/schemas/{ProblemDetails.__name__}"}
    return {
        "description": description,
        "content": {"application/problem+json": {"schema": schema}},
    }
