"""The figures of contacts in a period, counted in the store in one reading."""

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import (
    CTE,
    ColumnElement,
    Connection,
    Row,
    Text,
    cast,
    func,
    literal,
    select,
    union_all,
)

from kb import clock
from kb.contacts.contact import Channel
from kb.figures.durations import Durations, durations
from kb.figures.facts import NOT_KEPT, facts
from kb.figures.path import Gap, Missed
from kb.figures.period import Period, monday_of
from kb.figures.tally import Tally


@dataclass(frozen=True)
class Group:
    """Contacts that have something in common."""

    id: str | None
    """Of a service, team, channel or reason; None for those that have none."""
    tally: Tally


@dataclass(frozen=True)
class Week:
    """A week as far as it lies in the period."""

    days: Period
    tally: Tally


@dataclass(frozen=True)
class ContactFigures:
    """What is counted of contacts. Groups are in the order of how many contacts they have."""

    period: Period
    total: Tally
    purged: int
    """Contacts that are in these figures, but of which only the numbers are left."""
    weeks: tuple[Week, ...]
    services: tuple[Group, ...]
    teams: tuple[Group, ...]
    channels: tuple[Group, ...]
    outcomes: tuple[Group, ...]
    """How contacts ended."""
    reasons: tuple[Group, ...]
    """Avoidable contacts, by why."""
    taking: Durations | None
    """How long it took to resolve a contact, first or repeat."""
    taking_by_channel: tuple[tuple[Channel, Durations], ...]
    missed: tuple[Missed, ...]
    """First contacts that were not resolved, by what stood in the way."""


def contact_figures(connection: Connection, period: Period) -> ContactFigures:
    """Count the contacts that began in a period, as they stand.

    Args:
        connection: to the staff store, or that of the demonstration.
        period: of which days.
    """
    counted = _Counted()
    for row in connection.execute(_statement(facts(connection, period))):
        counted.add(row)
    return counted.figures(period)


def _statement(every: CTE) -> Any:
    row = every.c
    missed = (row.first == 1, row.resolved == 0)
    return union_all(
        *(_tallies(every, by) for by in ("hour", "service", "team", "channel", "outcome")),
        _tallies(every, "avoidable").where(row.avoidable != ""),
        _numbers("purged", row.channel, row.channel, row.number).where(row.seconds == NOT_KEPT),
        _numbers("seconds", row.channel, cast(row.seconds, Text), row.number).where(
            row.resolved == 1, row.seconds != NOT_KEPT
        ),
        _numbers("missing", row.service, row.answer, row.number).where(
            *missed, row.seconds != NOT_KEPT
        ),
        _numbers("not-kept", row.service, row.answer, row.number).where(
            *missed, row.seconds == NOT_KEPT
        ),
    )


def _tallies(every: CTE, by: str) -> Any:
    row = every.c
    key = row[by]
    return select(
        literal(by).label("by"),
        key.label("key"),
        literal("").label("other"),
        func.sum(row.number).label("contacts"),
        func.sum(row.number * row.first).label("first"),
        func.sum(row.number * row.first * row.resolved).label("resolved"),
        func.sum(row.number).filter(row.avoidable != "").label("avoidable"),
    ).group_by(key)


def _numbers(
    by: str, key: ColumnElement[str], other: ColumnElement[str], number: ColumnElement[int]
) -> Any:
    nothing = literal(0)
    numbers = select(literal(by), key, other, func.sum(number), nothing, nothing, nothing)
    return numbers.group_by(key, other)


class _Counted:
    """Rows of the statement, put where they belong."""

    def __init__(self) -> None:
        self.hours: dict[date, Tally] = {}
        self.groups: dict[str, list[Group]] = {}
        self.purged = 0
        self.lengths: dict[str, Counter[int]] = {}
        self.missed: list[Missed] = []

    def add(self, row: Row[Any]) -> None:
        match row.by:
            case "hour":
                monday = monday_of(_day(row.key))
                self.hours[monday] = self.hours.get(monday, Tally()) + _tally(row)
            case "purged":
                self.purged += row.contacts
            case "seconds":
                self.lengths.setdefault(row.key, Counter())[int(row.other)] += row.contacts
            case "missing":
                gap = Gap.FAILING if row.other else Gap.MISSING
                self.missed.append(Missed(row.key or None, gap, row.other or None, row.contacts))
            case "not-kept":
                self.missed.append(Missed(row.key or None, Gap.NOT_KEPT, None, row.contacts))
            case by:
                self.groups.setdefault(by, []).append(Group(row.key or None, _tally(row)))

    def figures(self, period: Period) -> ContactFigures:
        every = sum(self.lengths.values(), Counter[int]())
        of_channels = [(one, durations(self.lengths.get(one, {}))) for one in Channel]
        return ContactFigures(
            period=period,
            total=sum(self.hours.values(), Tally()),
            purged=self.purged,
            weeks=tuple(
                Week(days, self.hours.get(monday_of(days.first), Tally()))
                for days in period.weeks()
            ),
            services=self._most_first("service"),
            teams=self._most_first("team"),
            channels=self._most_first("channel"),
            outcomes=self._most_first("outcome"),
            reasons=self._most_first("avoidable"),
            taking=durations(every),
            taking_by_channel=tuple((one, found) for one, found in of_channels if found),
            missed=tuple(self.missed),
        )

    def _most_first(self, by: str) -> tuple[Group, ...]:
        found = self.groups.get(by, [])
        return tuple(sorted(found, key=lambda one: (-one.tally.contacts, one.id or "")))


def _tally(row: Row[Any]) -> Tally:
    return Tally(row.contacts, row.first, row.resolved, row.avoidable or 0)


def _day(hour: str) -> date:
    """The local day of an hour in UTC."""
    moment = datetime.strptime(hour, "%Y-%m-%d %H").replace(tzinfo=UTC)
    return moment.astimezone(clock.ZONE).date()
