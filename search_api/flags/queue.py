"""`/queue/`: what was flagged, for editors to work through; states are noted, nothing is lost."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from flask import Blueprint, abort, make_response, redirect, render_template, request, url_for
from flask.wrappers import Response
from pydantic import BaseModel, Field, ValidationError

from indexer.analysis import gist
from indexer.search import Searcher
from kb import clock
from kb.amend import yaml_line
from kb.flags.flag import FlagKind, FlagState
from kb.flags.keeping import decide
from kb.flags.queue import Group, Order, Raised, Wanted, queue
from kb.records.database import RecordsProblem
from search_api.access import account
from search_api.errors import records_away
from search_api.flags.kinds import labels, states
from search_api.flags.taking import intake
from search_api.i18n import gettext as _
from search_api.reading import current
from search_api.times import say_date, say_time

GROUPS = 50
SHOWN = 20
"""Flags of a group that are shown, the newest; what is decided is decided of these."""
NOTE = 500


class Asked(BaseModel):
    """Which flags are looked for."""

    state: FlagState = FlagState.OPEN
    kind: FlagKind | None = None
    order: Order = Order.FREQUENT

    def wanted(self) -> Wanted:
        """The same."""
        return Wanted(self.state, self.kind, self.order)


class Decided(BaseModel):
    """What an editor decided."""

    flag: Annotated[tuple[Annotated[int, Field(ge=1, lt=2**63)], ...], Field(min_length=1)]
    """By number."""
    state: FlagState
    note: Annotated[str, Field(max_length=NOTE)] = ""


@dataclass(frozen=True)
class GroupShown:
    """A group as the page shows it."""

    group: Group
    title: str
    """Of the article; empty where it is about none, or about one that is no longer there."""
    file: str
    owner: str
    wordings: tuple[str, ...]
    """The lines to add to `questions`, as they stand in YAML."""
    flags: tuple[Raised, ...]
    more: int


def register(pages: Blueprint) -> None:
    """Add the pages."""

    @pages.get("/queue/")
    def listing() -> str:
        """What was flagged."""
        asked = _asked()
        found = queue(intake().store, asked.wanted(), gist)
        with current().reading() as searcher:
            shown = [_shown(group, searcher) for group in found[:GROUPS]]
        return render_template(
            "queue.html",
            asked=asked,
            groups=shown,
            total=sum(len(group.flags) for group in found),
            hidden=len(found) - len(shown),
            labels=labels(),
            states=states(),
            when=_when,
            note_limit=NOTE,
        )

    @pages.post("/queue/")
    def settle() -> Response:
        """Note what becomes of some flags."""
        asked = _asked()
        try:
            said = Decided.model_validate(
                {
                    "flag": request.form.getlist("flag"),
                    "state": request.form.get("state"),
                    "note": request.form.get("note", "").replace("\r\n", "\n"),
                }
            )
        except ValidationError:
            abort(400, _("Choose at least one flag, and keep the note to 500 characters."))
        decide(intake().store, said.flag, said.state, said.note, account().id)
        to = url_for(
            "flagging.listing",
            state=asked.state.value if asked.state is not FlagState.OPEN else None,
            kind=asked.kind.value if asked.kind else None,
            order=asked.order.value if asked.order is not Order.FREQUENT else None,
        )
        return make_response(redirect(to, 303))

    @pages.errorhandler(RecordsProblem)
    def away(_problem: RecordsProblem) -> tuple[str, int]:
        return records_away()


def _asked() -> Asked:
    try:
        return Asked.model_validate({name: text for name, text in request.args.items() if text})
    except ValidationError:
        abort(400)


def _shown(group: Group, searcher: Searcher) -> GroupShown:
    article = searcher.generation.store.get(group.article) if group.article else None
    owner = searcher.people.get(article.owner) if article and article.owner else None
    known = {question.casefold() for question in article.questions} if article else set()
    wordings = dict.fromkeys(
        wording
        for one in group.flags
        if (wording := one.flag.wording) and wording.casefold() not in known
    )
    return GroupShown(
        group=group,
        title=article.title if article else "",
        file=(article.file if article else None) or "",
        owner=owner.name if owner else "",
        wordings=tuple(yaml_line(wording) for wording in wordings),
        flags=group.flags[:SHOWN],
        more=len(group.flags) - SHOWN,
    )


def _when(at: datetime) -> str:
    local = at.astimezone(clock.ZONE)
    return f"{say_date(local.date())}, {say_time(local.time())}"
