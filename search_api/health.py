"""Whether the application is alive, has an edition to serve, and can write its records.

It is ready without its records too: they wait on disk (`spooled`) until they can be written.
"""

from flask import Blueprint, current_app
from flask.wrappers import Response

from indexer.generation import GenerationGone, NotPublished
from indexer.search import Searcher
from kb.records.recorder import State
from search_api import load
from search_api.errors import problem
from search_api.reading import current, reading
from search_api.recording import recorders_of


def blueprint() -> Blueprint:
    """The health routes, which never need a sign-in."""
    routes = Blueprint("health", __name__)

    @routes.get("/healthz")
    def alive() -> dict[str, str]:
        return {"status": "alive"}

    @routes.get("/readyz")
    def ready() -> dict[str, object] | Response:
        try:
            with reading() as searcher:
                return {
                    "status": "ready",
                    "edition": current().edition.value,
                    "generation": searcher.generation.name,
                    "articles": len(searcher.generation.store.rows),
                    "semantic": _semantic(searcher),
                    "records": _records().value,
                }
        except (NotPublished, GenerationGone) as error:
            return problem(503, f"No edition is open: {type(error).__name__}. Publish: kb index")

    return routes


def _semantic(searcher: Searcher) -> str:
    """Whether meaning is compared, and why not where it is not."""
    if searcher.semantic:
        return f"off: {searcher.semantic}"
    return "on" if not load.is_high() else "resting: more is asked at once than can be answered"


def _records() -> State:
    """Whether all that is to be recorded gets into the database."""
    states = {recorder.health().state for recorder in recorders_of(current_app)}
    return State.SPOOLED if State.SPOOLED in states else State.WRITTEN
