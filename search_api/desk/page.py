"""The desk's page, which works without JavaScript, and the parts of it that scripts fetch."""

from flask import Blueprint, abort, render_template, request
from pydantic import ValidationError

from indexer.notices import standing
from indexer.results import SearchRequest
from indexer.search import Searcher
from kb.records.entries import MAX_TEXT
from search_api import load
from search_api.desk.answer import AnswerShown, answer_shown
from search_api.desk.bar import Bar, Filled, fresh, to_whom
from search_api.desk.handover import PersonShown, shown
from search_api.flags.kinds import labels
from search_api.reading import reading
from search_api.recording import opened
from search_api.schemas import SearchParameters

_RESULTS = 8
_PEOPLE = 4


def register(routes: Blueprint) -> None:
    """Add the pages of the desk."""

    @routes.context_processor
    def flagging() -> dict[str, object]:
        return {"flag_labels": labels(), "limit": MAX_TEXT}

    @routes.get("/desk/")
    def desk() -> str:
        with reading() as searcher:
            return drawn(searcher, request.args.get("open", ""), _words())

    @routes.get("/desk/answers/<id>")
    def answer(id: str) -> str:
        """An answer by itself, for the page that is already there."""
        with reading() as searcher:
            found = _answer(searcher, id, _words())
            if found is None:
                abort(404)
            return render_template("desk/answer.html", answer=found)

    @routes.get("/desk/people/<id>")
    def person(id: str) -> str:
        """Somebody by themselves, for the page that is already there."""
        with reading() as searcher:
            found = _person(searcher, id)
            if found is None:
                abort(404)
            return render_template("desk/person.html", person=found)


def drawn(
    searcher: Searcher, open_: str, words: str, filled: Filled | None = None, problem: str = ""
) -> str:
    """The desk.

    Args:
        searcher: of the generation it is drawn from.
        open_: the id of the article that is open; empty for none.
        words: what was asked.
        filled: what stands in the outcome bar, where that is not a call that goes on.
        problem: why that is not recorded.
    """
    found = load.search(searcher, SearchRequest(words, size=_RESULTS)) if words else None
    answer = _answer(searcher, open_, words)
    person = _person(searcher, request.args.get("person", ""))
    return render_template(
        "desk/desk.html",
        words=words,
        found=found,
        people=_people(searcher, words),
        answer=answer,
        person=person,
        standing_today=[one.text for one in standing(searcher.generation.setting)],
        bar=Bar(
            filled=filled or fresh(searcher, words, answer, person),
            whom=to_whom(searcher, answer, person),
            reasons=searcher.generation.setting.authority.avoidable,
            problem=problem,
            recorded=request.args.get("recorded", "")[:40],
        ),
    )


def _words() -> str:
    try:
        return SearchParameters.model_validate({"q": request.args.get("q", "")}).q
    except ValidationError:
        abort(400)


def _answer(searcher: Searcher, id_: str, words: str) -> AnswerShown | None:
    found = searcher.generation.store.get(id_) if id_ else None
    if found is None:
        return None
    opened(found.id, words, searcher.generation.name)
    return answer_shown(searcher, found, request.args.get("section", "")[:200])


def _person(searcher: Searcher, id_: str) -> PersonShown | None:
    listing = searcher.people.get(id_) if id_ else None
    return shown(searcher, listing) if listing is not None else None


def _people(searcher: Searcher, words: str) -> list[PersonShown]:
    return [shown(searcher, one.listing) for one in searcher.people.search(words, _PEOPLE)]
