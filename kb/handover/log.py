"""How deliveries go, for the operator: what waits, what was given up, and every attempt."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, case, func, select, update

from kb import clock
from kb.handover.deliveries import DeliveryState
from kb.handover.tables import outbox, outbox_attempts, outbox_deliveries
from kb.records.database import Database

_WAITING, _DELIVERED, _GIVEN_UP = DeliveryState


@dataclass(frozen=True)
class TargetStatus:
    """How it goes with one receiver."""

    name: str
    known: bool
    """Whether it is set up; what waits for one that is no more is not sent."""
    waiting: int
    since: datetime | None
    """Since when what has waited longest is waiting."""
    delivered: int
    delivered_at: datetime | None
    """When, the last time."""
    given_up: int
    problem: str
    """Of the last attempt; empty where it went well, or there was none."""


@dataclass(frozen=True)
class Attempt:
    """One attempt."""

    at: datetime
    target: str
    event: int
    type: str
    status: int | None
    problem: str
    ms: int


@dataclass(frozen=True)
class GivenUp:
    """A message that nobody took."""

    event: int
    target: str
    type: str
    at: datetime
    """When it happened."""
    attempts: int


def statuses(database: Database, names: Collection[str]) -> tuple[TargetStatus, ...]:
    """How it goes with each receiver, by name.

    Args:
        database: the staff store.
        names: of those that are set up; others are listed where something of theirs is left.

    Raises:
        RecordsProblem: if the store cannot be used.
    """
    row = outbox_deliveries.c

    def times(state: DeliveryState) -> ColumnElement[int]:
        return func.coalesce(func.sum(case((row.state == state.value, 1), else_=0)), 0)

    statement = select(
        row.target,
        times(_WAITING).label("waiting"),
        times(_DELIVERED).label("delivered"),
        times(_GIVEN_UP).label("given_up"),
        func.min(case((row.state == _WAITING.value, row.since))).label("since"),
        func.max(case((row.state == _DELIVERED.value, row.settled_at))).label("delivered_at"),
    ).group_by(row.target)
    with database.reading() as connection:
        found = {one.target: one for one in connection.execute(statement)}
        return tuple(
            TargetStatus(
                name=name,
                known=name in names,
                waiting=one.waiting if (one := found.get(name)) else 0,
                since=one.since if one else None,
                delivered=one.delivered if one else 0,
                delivered_at=one.delivered_at if one else None,
                given_up=one.given_up if one else 0,
                problem=_last_problem(connection, name),
            )
            for name in sorted({*names, *found})
        )


def attempts(database: Database, limit: int) -> tuple[Attempt, ...]:
    """The last attempts, newest first.

    Raises:
        RecordsProblem: if the store cannot be used.
    """
    statement = (
        select(outbox_attempts, outbox.c.event.label("type"))
        .join(outbox, outbox.c.seq == outbox_attempts.c.event)
        .order_by(outbox_attempts.c.seq.desc())
        .limit(limit)
    )
    with database.reading() as connection:
        return tuple(
            Attempt(row.at, row.target, row.event, row.type, row.status, row.problem, row.ms)
            for row in connection.execute(statement)
        )


def given_up(database: Database, limit: int) -> tuple[GivenUp, ...]:
    """What was given up, newest first.

    Raises:
        RecordsProblem: if the store cannot be used.
    """
    row = outbox_deliveries.c
    statement = (
        select(row.event, row.target, outbox.c.event.label("type"), outbox.c.at, row.attempts)
        .join(outbox, outbox.c.seq == row.event)
        .where(row.state == _GIVEN_UP.value)
        .order_by(row.event.desc())
        .limit(limit)
    )
    with database.reading() as connection:
        return tuple(
            GivenUp(one.event, one.target, one.type, one.at, one.attempts)
            for one in connection.execute(statement)
        )


def retry(database: Database, event: int | None = None, target: str | None = None) -> int:
    """Try again at once what waits or was given up, for as long as the first time.

    Args:
        database: the staff store.
        event: by number; None for all.
        target: of one receiver; None for all.

    Returns:
        How many messages that are.

    Raises:
        RecordsProblem: if the store cannot be used.
    """
    row, now = outbox_deliveries.c, clock.now()
    again = update(outbox_deliveries).where(row.state.in_([_WAITING.value, _GIVEN_UP.value]))
    if event is not None:
        again = again.where(row.event == event)
    if target is not None:
        again = again.where(row.target == target)
    again = again.values(state=_WAITING.value, since=now, next_at=now, attempts=0, settled_at=None)
    with database.writing() as connection:
        return connection.execute(again).rowcount


def _last_problem(connection: Connection, target: str) -> str:
    last = (
        select(outbox_attempts.c.status, outbox_attempts.c.problem)
        .where(outbox_attempts.c.target == target)
        .order_by(outbox_attempts.c.seq.desc())
        .limit(1)
    )
    row = connection.execute(last).first()
    if row is None or (row.status is not None and 200 <= row.status < 300):
        return ""
    return row.problem or f"it answered {row.status}"
