"""The JSON API: the same on both applications, each over its own edition."""

from flask import abort
from flask_openapi3.blueprint import APIBlueprint
from flask_openapi3.models.tag import Tag

from indexer.engine import Account
from indexer.results import Fusion, SearchPage, SearchRequest
from indexer.translated import translated_page, translated_suggestions
from kb.article import Edition, Kind
from search_api import load
from search_api.access.described import SECURITY
from search_api.contact import ContactAnswer, contact_answer
from search_api.feedback import api as feedback
from search_api.feedback.taking import Gate
from search_api.reading import reading
from search_api.recording import opened, searched
from search_api.schemas import (
    ApiSearchParameters,
    ArticleAnswer,
    ArticleParameters,
    ArticlePath,
    ExplainedAnswer,
    ExplanationModel,
    GainModel,
    LanguageParameters,
    MeaningModel,
    PlaceModel,
    PlacesAnswer,
    SearchAnswer,
    ServiceModel,
    ServicesAnswer,
    StaffSearchParameters,
    SuggestAnswer,
    SuggestParameters,
    problem_response,
)

Json = dict[str, object]

INVALID = problem_response("A parameter does not fit; each is named with the reason.")
MISSING = problem_response("Not in this edition.")
NOBODY = problem_response("Nobody is signed in, and no token is sent that is good.")
FORBIDDEN = problem_response("The account or the token is not for this.")
AWAY = problem_response("Nothing is published yet.")


def search_answer(page: SearchPage, edition: Edition) -> Json:
    """The search answer of the API, which `kb search --json` prints too.

    Args:
        page: what was found.
        edition: where; results are numbered for staff alone.
    """
    answer = SearchAnswer.model_validate(page, from_attributes=True).model_dump(mode="json")
    if not page.unsure:
        del answer["unsure"]
    if not page.notices:
        del answer["notices"]
    for hit, shown in zip(page.results, answer["results"], strict=True):
        if not hit.promoted:
            del shown["promoted"]
        if edition is Edition.PUBLIC:
            del shown["number"]
        if hit.account is not None:
            explanation = _explanation(hit.account, hit.fusion)
            shown["explain"] = explanation.model_dump(mode="json", exclude_none=True)
    return answer


def _explanation(account: Account, fusion: Fusion | None) -> ExplanationModel:
    gains = [
        GainModel(
            source=gain.clause.source.value,
            said=gain.clause.said,
            term=gain.clause.term,
            field=gain.field,
            points=round(gain.points, 3),
        )
        for gain in sorted(account.gains, key=lambda gain: -gain.points)
    ]
    meaning = (
        MeaningModel(
            words=round(fusion.words, 3),
            likeness=round(fusion.likeness, 3),
            share=fusion.share,
            text=fusion.text,
        )
        if fusion is not None
        else None
    )
    return ExplanationModel(covered=round(account.covered, 3), gains=gains, meaning=meaning)


def blueprint(edition: Edition, gate: Gate) -> APIBlueprint:
    """The routes below `/api/v1` of an edition's application; feedback comes through the gate."""
    api = APIBlueprint(
        "api",
        __name__,
        url_prefix="/api/v1",
        abp_tags=[Tag(name="knowledge base")],
        abp_security=SECURITY if edition is Edition.STAFF else None,
        abp_responses={
            400: INVALID,
            503: AWAY,
            **({401: NOBODY, 403: FORBIDDEN} if edition is Edition.STAFF else {}),
        },
    )

    def answered(query: ApiSearchParameters, *, explain: bool = False, quick: bool = False) -> Json:
        request = SearchRequest(
            query.q, query.kind, query.service, query.page, query.size, explain, quick
        )
        with reading() as searcher:
            page = load.search(searcher, request)
            shown = translated_page(page, searcher.generation.store, query.lang)
        if not query.typing:
            searched(page, query.kind)
        return search_answer(shown, edition)

    if edition is Edition.STAFF:

        @api.get("/search", responses={200: ExplainedAnswer})
        def search_explained(query: StaffSearchParameters) -> Json:
            """Answer a question put in the caller's own words, and explain it on request."""
            return answered(query, explain=query.explain, quick=query.quick)
    else:

        @api.get("/search", responses={200: SearchAnswer})
        def search(query: ApiSearchParameters) -> Json:
            """Answer a question put in the caller's own words."""
            return answered(query)

    @api.get("/suggest", responses={200: SuggestAnswer})
    def suggest(query: SuggestParameters) -> Json:
        """Complete what is being typed; before that, suggest what belongs to the page."""
        with reading() as searcher:
            if query.q.strip():
                found = searcher.suggest(query.q)
            else:
                found = searcher.about(query.topic, query.page)
            found = translated_suggestions(found, searcher.generation.store, query.lang)
        answer = SuggestAnswer.model_validate(
            {"query": query.q, "suggestions": found}, from_attributes=True
        )
        return answer.model_dump(mode="json")

    @api.get("/articles/<id>", responses={200: ArticleAnswer, 404: MISSING})
    def article(path: ArticlePath, query: ArticleParameters) -> Json:
        """An article, complete."""
        with reading() as searcher:
            store = searcher.generation.store
            found = store.read(path.id, query.lang)
            if found is None:
                abort(404)
            answer = ArticleAnswer(
                **dict(found),
                url=f"/articles/{found.id}",
                generation=searcher.generation.name,
                languages=["en", *store.translations(found.id)],
            )
        opened(found.id, query.q, answer.generation)
        return answer.model_dump(mode="json")

    @api.get("/services", responses={200: ServicesAnswer})
    def services() -> Json:
        """All services, by title."""
        with reading() as searcher:
            found = [
                ServiceModel(
                    id=row.id,
                    title=row.title,
                    url=f"/articles/{row.id}",
                    a_z=list(row.a_z),
                    tags=list(row.tags),
                )
                for row in searcher.generation.store.of_kind(Kind.SERVICE)
            ]
            name = searcher.generation.name
        return ServicesAnswer(generation=name, total=len(found), services=found).model_dump(
            mode="json"
        )

    @api.get("/places", responses={200: PlacesAnswer})
    def places() -> Json:
        """All places, by title, with address and hours."""
        with reading() as searcher:
            store = searcher.generation.store
            found = [
                PlaceModel(
                    id=place.id,
                    title=place.title,
                    url=f"/articles/{place.id}",
                    summary=place.lead,
                    address=place.address,
                    hours=place.hours,
                    services=list(place.services),
                    verified=place.verified,
                )
                for row in store.of_kind(Kind.PLACE)
                if (place := store.get(row.key)) is not None
            ]
            name = searcher.generation.name
        return PlacesAnswer(generation=name, total=len(found), places=found).model_dump(mode="json")

    feedback.register(api, gate)

    @api.get("/contact", responses={200: ContactAnswer})
    def contact(query: LanguageParameters) -> Json:  # noqa: ARG001
        """How to reach a person, and whether somebody answers now."""
        with reading() as searcher:
            generation = searcher.generation
            answer = contact_answer(generation.setting.authority, generation.name)
        return answer.model_dump(mode="json")

    return api
