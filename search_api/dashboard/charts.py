"""Charts of the figures."""

import math
from collections.abc import Callable, Sequence

from kb.figures.contacts import ContactFigures, Group
from kb.figures.path import Path
from kb.figures.proportion import Proportion
from search_api.dashboard import links
from search_api.dashboard.drawn import Drawn
from search_api.dashboard.figures import say_gap
from search_api.dashboard.names import Name, said
from search_api.dashboard.numbers import say_interval, say_number, say_share
from search_api.dashboard.shapes import Bar, Bars, Line, Point
from search_api.i18n import gettext as _
from search_api.times import say_date, say_short

HEIGHT = 220
"""Of the plot of a line, in pixels."""
MOST = 10
"""Bars in a chart; the table has all."""
_LABELS = 6
_LETTERS, _NOTE = 35, 42
"""Of a label and its note, that fit a phone."""


def weeks(drawn: Drawn, goal: float, height: int = HEIGHT) -> Line:
    """First-contact resolution by week, in a plot of so many pixels down."""
    found = drawn.overview.contacts.weeks
    known = [(number, week) for number, week in enumerate(found) if week.tally.first]
    shown = [week.tally.resolution.interval[0] for _number, week in known]
    bottom = max(0.0, math.floor(10 * min([goal - 0.15, *shown])) / 10)

    def y(share: float) -> float:
        return round((1 - share) / (1 - bottom) * height, 1)

    def x(number: int) -> float:
        return round((number + 0.5) / len(found) * 100, 2)

    points: dict[int, Point] = {}
    for number, week in known:
        rate = week.tally.resolution
        low, high = rate.interval
        points[number] = Point(
            x(number),
            y(rate.rate or 0),
            y(low),
            y(high),
            _("%(first)s to %(last)s: %(said)s")
            % {
                "first": say_date(week.days.first),
                "last": say_date(week.days.last),
                "said": say_proportion(rate),
            },
            links.firsts(week.days),
        )
    every = max(1, math.ceil(len(found) / _LABELS))
    return Line(
        name="weeks",
        title=_("First contacts resolved, by week"),
        description=_(
            "A point for each week, with its 95%% interval as a line through it, and the goal of "
            "%(goal)s as a broken line."
        )
        % {"goal": say_share(goal, 0)},
        points=tuple(points.values()),
        pieces=tuple((points[n], points[n + 1]) for n in points if n + 1 in points),
        goal=y(goal),
        grid=tuple(
            (y(tenth / 10), say_share(tenth / 10, 0))
            for tenth in range(10, round(bottom * 10) - 1, -2 if bottom < 0.5 else -1)
        ),
        labels=tuple(
            (x(number), say_short(week.days.first))
            for number, week in enumerate(found)
            if number % every == 0
        ),
        height=height,
    )


def services(drawn: Drawn, goal: float) -> Bars:
    """First-contact resolution of the services with most contacts."""
    found = drawn.overview.contacts.services
    title = _("First contacts resolved, by service")
    return _groups("services", title, drawn, "service", found, drawn.names.service, goal)


def teams(drawn: Drawn, goal: float) -> Bars:
    """First-contact resolution by team."""
    found = drawn.overview.contacts.teams
    title = _("First contacts resolved, by team")
    return _groups("teams", title, drawn, "team", found, drawn.names.team, goal)


def channels(drawn: Drawn, goal: float) -> Bars:
    """First-contact resolution by channel."""
    found = drawn.overview.contacts.channels
    title = _("First contacts resolved, by channel")
    return _groups("channels", title, drawn, "channel", found, drawn.names.channel, goal)


def became(drawn: Drawn) -> Bars:
    """What became of first contacts."""
    contacts = drawn.overview.contacts
    bars = []
    for one in [group for group in contacts.outcomes if group.tally.first]:
        label = drawn.names.outcome(one.id)
        of_all = Proportion(one.tally.first, contacts.total.first)
        bars.append(
            Bar(
                _short(str(label)),
                _("%(label)s: %(said)s") % {"label": label, "said": say_proportion(of_all)},
                _percent(of_all.rate or 0),
                None,
                None,
                _("%(share)s: %(number)s")
                % {"share": say_share(of_all.rate, 0), "number": say_number(of_all.hits)},
                links.firsts(contacts.period, outcome=one.id),
                label.language,
            )
        )
    return Bars(
        name="outcomes",
        title=_("What became of first contacts"),
        description=_(
            "A bar for each way in which first contacts ended: its share of all of them."
        ),
        bars=tuple(bars),
        goal=None,
    )


def reasons(drawn: Drawn, target: float) -> Bars:
    """Avoidable contact: all of it beside the target, then by reason."""
    contacts = drawn.overview.contacts
    every = contacts.total.contacts
    rows = [
        (said(_("For any reason")), contacts.total.avoidable, "*"),
        *(
            (drawn.names.reason(one.id or ""), one.tally.avoidable, one.id)
            for one in contacts.reasons
        ),
    ]
    top = max(0.25, target * 1.25, contacts.total.avoidance.rate or 0)
    return Bars(
        name="avoidable",
        title=_("Avoidable contacts, by reason"),
        description=_("A bar for each reason: of all contacts, those that need not have been.")
        + " "
        + _("The line across the bars is the target of %(target)s.")
        % {"target": say_share(target, 0)},
        bars=tuple(
            Bar(
                _short(str(label)),
                _("%(label)s: %(said)s")
                % {"label": label, "said": say_proportion(Proportion(number, every))},
                _percent(number / every / top),
                None,
                None,
                say_share(number / every),
                links.contacts(contacts.period, avoidable=id_),
                label.language,
            )
            for label, number, id_ in rows
            if every
        ),
        goal=_percent(target / top),
    )


def path(drawn: Drawn, most: int) -> Bars:
    """How far each step of the path leads."""
    found: Path = drawn.overview.path
    steps = found.steps[:most]
    start = found.now.rate or 0
    bottom = math.floor(start * 20) / 20
    top = max([found.goal, *(step.reaches for step in steps)])

    def at(share: float) -> float:
        return _percent((share - bottom) / (top - bottom)) if top > bottom else 0

    bars = []
    for number, step in enumerate(steps, 1):
        label = drawn.names.service(step.missed.service)
        what = say_gap(step.missed, drawn.names)
        bars.append(
            Bar(
                _short(f"{number}. {label}"),
                f"{number}. {label}: {what}",
                at(step.reaches),
                None,
                None,
                f"+{say_number(step.missed.contacts)} → {say_share(step.reaches)}",
                links.missed(drawn.overview.contacts.period, step.missed),
                label.language,
                note=_short(what, _NOTE),
            )
        )
    return Bars(
        name="path",
        title=_("Where each step would lead"),
        description=_(
            "A bar for each step of the path: the share of first contacts resolved once it and all "
            "steps before it are done, beginning at %(bottom)s, and how many contacts it would "
            "move. The line across is the goal."
        )
        % {"bottom": say_share(bottom, 0)},
        bars=tuple(bars),
        goal=at(found.goal),
    )


def say_proportion(one: Proportion) -> str:
    """As "75.2% of 4,048 (74.8% to 75.5%)"."""
    return _("%(share)s of %(of)s (%(interval)s)") % {
        "share": say_share(one.rate),
        "of": say_number(one.of),
        "interval": say_interval(one),
    }


def _groups(
    name: str,
    title: str,
    drawn: Drawn,
    by: str,
    found: Sequence[Group],
    label_of: Callable[[str | None], Name],
    goal: float,
) -> Bars:
    contacts: ContactFigures = drawn.overview.contacts
    bars = []
    for one in [group for group in found if group.tally.first][:MOST]:
        rate = one.tally.resolution
        low, high = rate.interval
        label = label_of(one.id)
        bars.append(
            Bar(
                _short(str(label)),
                _("%(label)s: %(said)s") % {"label": label, "said": say_proportion(rate)},
                _percent(rate.rate or 0),
                _percent(low),
                _percent(high),
                _("%(share)s of %(of)s")
                % {"share": say_share(rate.rate, 0), "of": say_number(rate.of)},
                links.firsts(contacts.period, **{by: one.id or "-"}),
                label.language,
            )
        )
    return Bars(
        name=name,
        title=title,
        description=_(
            "A bar for each, those with most contacts first; the thin line is its 95%% interval. "
            "The line across the bars is the goal of %(goal)s."
        )
        % {"goal": say_share(goal, 0)},
        bars=tuple(bars),
        goal=_percent(goal),
    )


def _short(label: str, letters: int = _LETTERS) -> str:
    return label if len(label) <= letters else f"{label[: letters - 1].rstrip()}…"


def _percent(share: float) -> float:
    return round(min(max(share, 0), 1) * 100, 2)
