"""What people said back and looked for in vain, for those who keep the content; for staff alone."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Annotated, TypeVar

from flask import Blueprint, abort, render_template, request
from pydantic import BaseModel, Field, ValidationError

from indexer.search import Searcher
from kb import clock
from kb.article import Edition
from kb.records.database import RecordsProblem
from kb.records.entries import FeedbackKind, Reason
from kb.records.lacking import unsure, without_result
from kb.records.replies import Reply, Wanted, replies
from search_api.errors import records_away
from search_api.i18n import gettext as _
from search_api.reading import current
from search_api.recording import recorder
from search_api.times import say_date, say_time

T = TypeVar("T", bound=BaseModel)

PAGE = 50
WORDS = 100
PERIODS = (7, 30, 90, 365)


class Asked(BaseModel):
    """Which feedback is looked for."""

    kind: FeedbackKind | None = None
    article: Annotated[str, Field(max_length=200, pattern=r"^[\w.:-]*$")] = ""
    ref: Annotated[str, Field(pattern="^[0-9a-fA-F]{1,32}$")] | None = None
    before: Annotated[int, Field(ge=1, lt=2**63)] | None = None


class Period(BaseModel):
    """Which searches are looked at."""

    days: Annotated[int, Field(ge=1, le=3650)] = 30
    edition: Edition | None = None


@dataclass(frozen=True)
class Shown:
    """A reply as the page shows it."""

    reply: Reply
    kind: str
    said: tuple[str, ...]
    """What was ticked, in words."""
    when: str
    title: str
    """Of the article; empty where it is about none, or one that is no longer there."""
    changed: bool
    """Whether the article has been changed since."""
    owner: str
    """Who is to deal with it; empty where nobody needs to."""
    reply_by: str


def blueprint() -> Blueprint:
    """The pages of feedback and of searches."""
    pages = Blueprint("replies", __name__)

    @pages.get("/feedback/")
    def feedback() -> str:
        """What people said, newest first."""
        asked = _asked(Asked)
        wanted = Wanted(asked.kind, asked.article, asked.ref or "", asked.before)
        found = replies(recorder().database, wanted, PAGE + 1)
        with current().reading() as searcher:
            shown = [_shown(reply, searcher) for reply in found[:PAGE]]
        return render_template(
            "feedback_list.html",
            asked=asked,
            replies=shown,
            labels=_kinds(),
            older=shown[-1].reply.seq if len(found) > PAGE else None,
        )

    @pages.get("/searches/")
    def searches() -> str:
        """What people looked for and did not find, most frequent first."""
        asked = _asked(Period)
        since = clock.now() - timedelta(days=asked.days)
        store = recorder().database
        return render_template(
            "searches.html",
            asked=asked,
            periods=PERIODS,
            nothing=without_result(store, since, WORDS, asked.edition),
            doubtful=unsure(store, since, WORDS, asked.edition),
            say_date=say_date,
        )

    @pages.errorhandler(RecordsProblem)
    def away(_problem: RecordsProblem) -> tuple[str, int]:
        return records_away()

    return pages


def _asked(model: type[T]) -> T:
    try:
        return model.model_validate({name: text for name, text in request.args.items() if text})
    except ValidationError:
        abort(400)


def _shown(reply: Reply, searcher: Searcher) -> Shown:
    said, store = reply.feedback, searcher.generation.store
    row = store.rows.get(f"{said.article}.{said.language}") or store.rows.get(said.article or "")
    ticked: list[str] = []
    if said.answered is not None:
        ticked.append(_("It was answered") if said.answered else _("It was not answered"))
    if said.reason is not None:
        ticked.append(_reasons()[said.reason])
    if said.score is not None:
        ticked.append(_("%(score)s of 5") % {"score": said.score})
    at = said.at.astimezone(clock.ZONE)
    return Shown(
        reply=reply,
        kind=_kinds()[said.kind],
        said=tuple(ticked),
        when=f"{say_date(at.date())}, {say_time(at.time())}",
        title=row.title if row is not None else "",
        changed=row is not None and row.changed > at.timestamp(),
        owner=_owner(reply, searcher),
        reply_by=say_date(said.reply_by) if said.reply_by else "",
    )


def _owner(reply: Reply, searcher: Searcher) -> str:
    if not reply.routed:
        return ""
    people = searcher.generation.setting.directory
    name = next((person.name for person in people if person.id == reply.owner), reply.owner)
    return name or _("The contact centre")


def _kinds() -> dict[FeedbackKind, str]:
    return {
        FeedbackKind.ANSWER: _("Answer"),
        FeedbackKind.SATISFACTION: _("Satisfaction"),
        FeedbackKind.COMPLAINT: _("Complaint"),
        FeedbackKind.COMPLIMENT: _("Compliment"),
    }


def _reasons() -> dict[Reason, str]:
    return {
        Reason.WRONG: _("It is wrong"),
        Reason.UNCLEAR: _("It is not clear"),
        Reason.MISSING: _("What I need is not here"),
        Reason.OTHER: _("Something else"),
    }
