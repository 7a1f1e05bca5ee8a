"""The tables of contacts, and all tables of the dashboard by name."""

from collections.abc import Callable, Sequence

from kb.figures.contacts import Group
from kb.figures.path import Gap, Missed
from search_api.dashboard import links
from search_api.dashboard.drawn import Drawn
from search_api.dashboard.names import Name, Names, said
from search_api.dashboard.numbers import say_seconds
from search_api.dashboard.search_figures import in_vain, summary, votes
from search_api.dashboard.tables import (
    Cell,
    Column,
    Table,
    count,
    proportion,
    proportion_columns,
    share,
    words,
)
from search_api.i18n import gettext as _
from search_api.times import say_date


def weeks(drawn: Drawn) -> Table:
    """First-contact resolution by week."""
    found = drawn.overview.contacts.weeks
    return Table(
        "weeks",
        _("By week"),
        (
            Column(_("Week from"), "from"),
            Column(_("to"), "to"),
            *_resolution_columns(),
            Column(_("All contacts"), "contacts", is_number=True),
        ),
        tuple(
            (
                *words(say_date(week.days.first), str(week.days.first), links.contacts(week.days)),
                *words(say_date(week.days.last), str(week.days.last)),
                *proportion(week.tally.resolution, links.firsts(week.days)),
                count(week.tally.contacts, links.contacts(week.days)),
            )
            for week in found
        ),
    )


def services(drawn: Drawn) -> Table:
    """First-contact resolution by service."""
    found = drawn.overview.contacts.services
    return _groups(drawn, "service", (_("By service"), _("Service")), found, drawn.names.service)


def teams(drawn: Drawn) -> Table:
    """First-contact resolution by team."""
    found = drawn.overview.contacts.teams
    return _groups(drawn, "team", (_("By team"), _("Team")), found, drawn.names.team)


def channels(drawn: Drawn) -> Table:
    """First-contact resolution by channel."""
    found = drawn.overview.contacts.channels
    return _groups(drawn, "channel", (_("By channel"), _("Channel")), found, drawn.names.channel)


def became(drawn: Drawn) -> Table:
    """What became of first contacts, and of all."""
    contacts = drawn.overview.contacts
    first, period = contacts.total.first, contacts.period
    return Table(
        "outcomes",
        _("What became of contacts"),
        (
            Column(_("Outcome"), "name"),
            Column("", "id"),
            Column(_("First contacts"), "first", is_number=True),
            Column(_("Share"), "share", is_number=True),
            Column(_("All contacts"), "contacts", is_number=True),
        ),
        tuple(
            (
                *words(drawn.names.outcome(one.id)),
                *words(one.id or ""),
                count(one.tally.first, links.firsts(period, outcome=one.id)),
                share(one.tally.first / first if first else None),
                count(one.tally.contacts, links.contacts(period, outcome=one.id)),
            )
            for one in contacts.outcomes
        ),
    )


def reasons(drawn: Drawn) -> Table:
    """Avoidable contact by reason."""
    contacts = drawn.overview.contacts
    every = contacts.total.contacts
    rows = [
        (
            *words(drawn.names.reason(one.id or "")),
            *words(one.id or ""),
            count(one.tally.avoidable, links.contacts(contacts.period, avoidable=one.id)),
            count(every, links.contacts(contacts.period)),
            share(one.tally.avoidable / every),
        )
        for one in contacts.reasons
    ]
    return Table(
        "avoidable",
        _("Avoidable contact by reason"),
        (
            Column(_("Reason"), "name"),
            Column("", "id"),
            Column(_("Avoidable contacts"), "avoidable", is_number=True),
            Column(_("All contacts"), "contacts", is_number=True),
            Column(_("Share"), "share", is_number=True),
        ),
        tuple(rows),
    )


def path(drawn: Drawn) -> Table:
    """What stands between today and the goal."""
    period = drawn.overview.contacts.period
    return Table(
        "path",
        _("The path to the goal"),
        (
            Column(_("Service"), "service"),
            Column("", "gap"),
            Column(_("What stood in the way"), "article"),
            Column(_("Contacts it would move"), "contacts", is_number=True),
            Column(_("Running total"), "moved", is_number=True),
            Column(_("Leads to"), "reaches", is_number=True),
        ),
        tuple(
            (
                *words(drawn.names.service(step.missed.service), step.missed.service or ""),
                *words("", step.missed.gap.value),
                *words(say_gap(step.missed, drawn.names), step.missed.answer or ""),
                count(step.missed.contacts, links.missed(period, step.missed)),
                count(step.moved),
                share(step.reaches),
            )
            for step in drawn.overview.path.steps[: drawn.most]
        ),
        drawn.left_out(drawn.overview.path.steps),
    )


def durations(drawn: Drawn) -> Table:
    """How long contacts took to resolve."""
    contacts = drawn.overview.contacts
    found = [
        (drawn.names.channel(one.value), one.value, taking)
        for one, taking in contacts.taking_by_channel
    ]
    if contacts.taking is not None:
        found.insert(0, (said(_("All channels")), "", contacts.taking))
    return Table(
        "time",
        _("Time to answer"),
        (
            Column(_("Channel"), "name"),
            Column("", "id"),
            Column(_("Contacts resolved"), "contacts", is_number=True),
            Column(_("Half took at most"), "median_seconds", is_number=True),
            Column(_("Nine in ten took at most"), "p90_seconds", is_number=True),
        ),
        tuple(
            (
                *words(name),
                *words(id_),
                count(taking.number, links.resolved(contacts.period, id_)),
                Cell(say_seconds(taking.median), taking.median),
                Cell(say_seconds(taking.p90), taking.p90),
            )
            for name, id_, taking in found
        ),
    )


TABLES: dict[str, Callable[[Drawn], Table]] = {
    "summary": summary,
    "weeks": weeks,
    "services": services,
    "teams": teams,
    "channels": channels,
    "outcomes": became,
    "avoidable": reasons,
    "path": path,
    "time": durations,
    "words": in_vain,
    "votes": votes,
}


def say_gap(missed: Missed, names: Names) -> str:
    """Why contacts were not resolved, in words."""
    if missed.answer is not None:
        return _("Not enough: %(title)s") % {"title": names.article(missed.answer)}
    if missed.gap is Gap.NOT_KEPT:
        return _("No longer known")
    return _("No answer was opened")


def _resolution_columns() -> tuple[Column, ...]:
    return proportion_columns(
        Column(_("Resolved"), "resolved", is_number=True),
        Column(_("First contacts"), "first", is_number=True),
    )


def _groups(
    drawn: Drawn,
    by: str,
    titles: tuple[str, str],
    found: Sequence[Group],
    name: Callable[[str | None], Name],
) -> Table:
    period = drawn.overview.contacts.period
    return Table(
        f"{by}s",
        titles[0],
        (
            Column(titles[1], "name"),
            Column("", "id"),
            *_resolution_columns(),
            Column(_("All contacts"), "contacts", is_number=True),
        ),
        tuple(
            (
                *words(name(one.id)),
                *words(one.id or ""),
                *proportion(one.tally.resolution, links.firsts(period, **{by: one.id or "-"})),
                count(one.tally.contacts, links.contacts(period, **{by: one.id or "-"})),
            )
            for one in found[: drawn.most]
        ),
        drawn.left_out(found),
    )
