"""The contacts of a period as they are counted: one table of those kept and those purged.

A contact that was purged lives on in `contact_days`, which knows its day and kind, but neither its
article nor how long it took by itself.
"""

from datetime import datetime

from sqlalchemy import (
    CTE,
    Column,
    ColumnElement,
    Connection,
    Integer,
    Text,
    case,
    cast,
    func,
    literal,
    select,
    union_all,
)

from kb.contacts.contact import Outcome
from kb.contacts.current import is_current
from kb.contacts.shown import last_shown
from kb.contacts.tables import contact_days, contacts
from kb.figures.period import Period

RESOLVED = (Outcome.RESOLVED, Outcome.RESOLVED_WITH_HELP)
"""Outcomes after which nobody else has anything left to do."""
NOT_KEPT = -1
"""Seconds of a contact that was purged."""


def facts(connection: Connection, period: Period) -> CTE:
    """A row for each contact as it stands, or for several of a kind that were purged.

    Columns: `hour` in UTC, as `2026-11-02 09` (midday of their day, for purged ones); `service`,
    `team`, `avoidable` and `answer` (the article that answered, or else was opened last), empty
    where there is none; `channel` and `outcome`; `first` and `resolved`, 0 or 1; `seconds`, whole,
    or `NOT_KEPT`; `number`, how many contacts the row stands for.
    """
    row, days = contacts.c, contact_days.c
    kept = select(
        _hour(connection, row.started_at).label("hour"),
        func.coalesce(row.service, "").label("service"),
        func.coalesce(row.team, "").label("team"),
        row.channel.label("channel"),
        row.outcome.label("outcome"),
        func.coalesce(row.avoidable, "").label("avoidable"),
        func.coalesce(last_shown(), "").label("answer"),
        cast(row.first, Integer).label("first"),
        _is_resolved(row.outcome).label("resolved"),
        (_second(connection, row.ended_at) - _second(connection, row.started_at)).label("seconds"),
        literal(1, Integer).label("number"),
    ).where(row.started_at >= period.begins, row.started_at < period.ends, is_current())
    purged = select(
        cast(days.day, Text).concat(" 12"),
        days.service,
        days.team,
        days.channel,
        days.outcome,
        days.avoidable,
        literal("", Text),
        cast(days.first, Integer),
        _is_resolved(days.outcome),
        literal(NOT_KEPT, Integer),
        days.contacts,
    ).where(days.day.between(period.first, period.last))
    return union_all(kept, purged).cte("facts")


def _is_resolved(outcome: Column[str]) -> ColumnElement[int]:
    return case((outcome.in_([one.value for one in RESOLVED]), 1), else_=0)


def _hour(connection: Connection, moment: ColumnElement[datetime]) -> ColumnElement[str]:
    """The hour in which a moment is. Clocks in London differ from UTC by whole hours."""
    if connection.dialect.name == "sqlite":
        return func.substr(cast(moment, Text), 1, 13)
    return func.to_char(func.timezone("UTC", moment), "YYYY-MM-DD HH24")


def _second(connection: Connection, moment: ColumnElement[datetime]) -> ColumnElement[int]:
    """The whole second in which a moment is, since 1970."""
    if connection.dialect.name == "sqlite":
        return cast(func.strftime("%s", moment), Integer)
    return cast(func.floor(func.extract("epoch", moment)), Integer)
