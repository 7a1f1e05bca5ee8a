"""`/contacts/`: the contacts behind the figures, and one with all that was recorded of it."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import Blueprint, abort, render_template, request, url_for
from flask.wrappers import Response
from pydantic import ValidationError

from indexer.search import Searcher
from kb import clock
from kb.accounts.names import names_of
from kb.article import Kind
from kb.contacts.contact import Contact
from kb.contacts.finding import ANY, NONE, Recorded, Version, find, versions
from kb.figures.facts import RESOLVED
from kb.records.database import RecordsProblem
from search_api.contacts.bodies import ContactsQuery
from search_api.contacts.taking import own_alone
from search_api.dashboard.names import Name, Names, channels, outcomes
from search_api.dashboard.numbers import say_number, say_seconds
from search_api.dashboard.source import records_away, source
from search_api.i18n import gettext as _
from search_api.reading import current
from search_api.times import say_date, say_time

TEAM = "Team"
"""The role of teams in the directory."""
_LISTS = ("channel", "outcome")


Options = tuple[tuple[str, str], ...]
"""Values and their labels."""


@dataclass(frozen=True)
class Choices:
    """What the form offers."""

    services: Options
    teams: Options
    channels: Options
    outcomes: Options
    first: Options
    reasons: Options


@dataclass(frozen=True)
class Shown:
    """A contact in words."""

    id: UUID
    title: Name
    outcome: str
    resolved: bool
    when: str
    facts: tuple[str, ...]
    said: Contact
    articles: tuple[tuple[str, Name], ...]
    """Those opened: id and title."""
    avoidable: str
    versions: int
    erased: bool


def blueprint() -> Blueprint:
    """The pages."""
    pages = Blueprint("contact_pages", __name__)

    @pages.get("/contacts/")
    def listing() -> str:
        """Contacts as they stand, the last that began first: an agent's own, a manager's all."""
        asked = _asked()
        with source().store.snapshot() as connection:
            total, found = find(connection, asked.wanted(own_alone()), asked.page, asked.size)
            who = names_of(connection, [one.version.account for one in found])
        with current().reading() as searcher:
            names = Names.of(searcher)
            return render_template(
                "contacts/list.html",
                asked=asked,
                total=say_number(total),
                count=total,
                contacts=[_recorded(one, names, who) for one in found],
                pages=_pages(asked, total),
                choices=_choices(searcher),
                wanted=_said(asked, names),
                own=own_alone() is not None,
            )

    @pages.get("/contacts/<id>")
    def history(id: str) -> str:
        """A contact with its corrections."""
        try:
            wanted = UUID(id)
        except ValueError:
            abort(404)
        with source().store.snapshot() as connection:
            found = versions(connection, wanted)
            who = names_of(connection, [one.account for one in found])
        if not found or own_alone() not in (None, found[0].account):
            abort(404)
        with current().reading() as searcher:
            names = Names.of(searcher)
            shown = [(_moment(one), _version(wanted, one, 0, names, who)) for one in found]
            return render_template("contacts/contact.html", id=wanted, versions=shown)

    @pages.errorhandler(RecordsProblem)
    def away(_problem: RecordsProblem) -> Response:
        return records_away()

    return pages


def _choices(searcher: Searcher) -> Choices:
    setting = searcher.generation.setting
    services = searcher.generation.store.of_kind(Kind.SERVICE)
    reasons = setting.authority.avoidable
    return Choices(
        services=((NONE, _("No service")), *((one.id, one.title) for one in services)),
        teams=(
            (NONE, _("No team")),
            *((one.id, one.name) for one in setting.directory if one.role == TEAM),
        ),
        channels=tuple(channels().items()),
        outcomes=tuple(outcomes().items()),
        first=(("true", _("First contact")), ("false", _("Repeat"))),
        reasons=(
            (NONE, _("No")),
            (ANY, _("For any reason")),
            *((one.id, one.label) for one in reasons),
        ),
    )


def _said(asked: ContactsQuery, names: Names) -> tuple[str, ...]:
    """What is asked for, in words."""
    said: list[str] = []
    if asked.from_ and asked.to:
        days = {"first": say_date(asked.from_), "last": say_date(asked.to)}
        said.append(_("%(first)s to %(last)s") % days)
    elif asked.from_ or asked.to:
        since = _("From %(date)s") if asked.from_ else _("Up to %(date)s")
        said.append(since % {"date": say_date(asked.from_ or asked.to or clock.today())})
    if asked.service not in (None, ANY):
        said.append(str(names.service(None if asked.service == NONE else asked.service)))
    if asked.team not in (None, ANY):
        said.append(str(names.team(None if asked.team == NONE else asked.team)))
    said += [str(names.channel(one.value)) for one in asked.channel]
    if asked.first is not None:
        said.append(_("First contact") if asked.first else _("Repeat"))
    if asked.outcome:
        said.append(_(" or ").join(outcomes()[one.value] for one in asked.outcome))
    if asked.avoidable == NONE:
        said.append(_("Not avoidable"))
    elif asked.avoidable is not None:
        why = _("For any reason")
        if asked.avoidable != ANY:
            why = str(names.reason(asked.avoidable))
        said.append(_("Avoidable: %(reason)s") % {"reason": why})
    if asked.answer == NONE:
        said.append(_("No answer was opened"))
    elif asked.answer not in (None, ANY):
        said.append(_("Opened last: %(title)s") % {"title": names.article(asked.answer or "")})
    return tuple(said)


def _asked() -> ContactsQuery:
    """What the address asks for, as the API reads it; empty fields of the form are not asked."""
    said = request.args.to_dict(flat=False)
    single = {name: values[0] for name, values in said.items() if name not in _LISTS and values[0]}
    several = {name: [one for one in said.get(name, []) if one] for name in _LISTS}
    for other in ("data", "lang"):
        single.pop(other, None)
    try:
        return ContactsQuery.model_validate({**single, **several})
    except ValidationError:
        abort(400)


def _pages(asked: ContactsQuery, total: int) -> dict[str, str]:
    """The addresses of the page before and the page after, where there are such."""
    here: dict[str, Any] = {
        name: request.args.getlist(name) for name in request.args if name != "page"
    }
    ends = {"prev": asked.page - 1, "next": asked.page + 1}
    last = -(-total // asked.size)
    return {
        rel: url_for("contact_pages.listing", **here, page=number)
        for rel, number in ends.items()
        if 1 <= number <= last
    }


def _recorded(one: Recorded, names: Names, who: dict[UUID, str]) -> Shown:
    return _version(one.id, one.version, one.corrections, names, who)


def _version(
    id_: UUID, one: Version, corrections: int, names: Names, who: dict[UUID, str]
) -> Shown:
    said = one.contact
    at = said.started_at.astimezone(clock.ZONE)
    outcome = outcomes()[said.outcome.value]
    if said.handed_to is not None:
        outcome = f"{outcome}: {names.person(said.handed_to)}"
    if said.call_back_by is not None:
        by = said.call_back_by.astimezone(clock.ZONE)
        outcome = f"{outcome}: {say_date(by.date())}, {say_time(by.time())}"
    taken_by = who.get(one.account, "")
    facts = (
        channels()[said.channel.value],
        say_seconds(int((said.ended_at - said.started_at).total_seconds())),
        first_or_repeat(said),
        str(names.team(one.team)),
        taken_by,
    )
    return Shown(
        id=id_,
        title=names.service(said.service),
        outcome=outcome,
        resolved=said.outcome in RESOLVED,
        when=f"{say_date(at.date())}, {say_time(at.time())}",
        facts=tuple(filter(None, facts)),
        said=said,
        articles=tuple((article, names.article(article)) for article in dict.fromkeys(said.opened)),
        avoidable=str(names.reason(said.avoidable)) if said.avoidable else "",
        versions=corrections + 1,
        erased=one.erased,
    )


def first_or_repeat(said: Contact) -> str:
    """Whether the caller had been in touch about it before."""
    return _("First contact") if said.first else _("Repeat")


def _moment(one: Version) -> str:
    at = one.at.astimezone(clock.ZONE)
    return f"{say_date(at.date())}, {say_time(at.time())}"
