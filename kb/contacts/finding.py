"""Finding contacts as they stand, and one with all that was recorded of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from pydantic import ValidationError
from sqlalchemy import ColumnElement, Connection, Row, func, select

from kb import clock
from kb.contacts.chain import contact_of
from kb.contacts.contact import Channel, Contact, Outcome
from kb.contacts.current import is_current
from kb.contacts.link import LinkKind
from kb.contacts.shown import last_shown
from kb.contacts.tables import contacts

NONE, ANY = "-", "*"
"""Asked for in the place of an id: contacts that have none, and those that have one."""


@dataclass(frozen=True)
class Wanted:
    """Which contacts are looked for: those that everything said here is true of."""

    since: date | None = None
    """The day they began, local time, or later."""
    until: date | None = None
    """That day or earlier."""
    service: str | None = None
    """An id, `NONE` or `ANY`; so are `team` and `avoidable`."""
    team: str | None = None
    avoidable: str | None = None
    channels: tuple[Channel, ...] = ()
    """One of these; of any where there are none. So are `outcomes`."""
    outcomes: tuple[Outcome, ...] = ()
    first: bool | None = None
    account: UUID | None = None
    answer: str | None = None
    """Of `last_shown`; as `service`."""


@dataclass(frozen=True)
class Version:
    """A contact as it was recorded at some time."""

    seq: int
    """The number of its row in the chain."""
    at: datetime
    """When it was taken in."""
    account: UUID
    team: str | None
    erased: bool
    """Whether its texts are erased."""
    contact: Contact


@dataclass(frozen=True)
class Recorded:
    """A contact as it stands."""

    id: UUID
    """As it was first recorded; a correction has an id of its own."""
    version: Version
    corrections: int


def find(
    connection: Connection, wanted: Wanted, page: int = 1, size: int = 50
) -> tuple[int, list[Recorded]]:
    """How many contacts are looked for, and a page of them, the last that began first."""
    where = _conditions(wanted)
    total = connection.scalar(select(func.count()).select_from(contacts).where(*where)) or 0
    rows = connection.execute(
        select(contacts)
        .where(*where)
        .order_by(contacts.c.started_at.desc(), contacts.c.seq.desc())
        .limit(size)
        .offset((page - 1) * size)
    ).all()
    times = _corrections(connection, [row.contact for row in rows])
    found = [(row.contact, version) for row in rows if (version := _version(row)) is not None]
    return total, [Recorded(id_, version, times.get(id_, 0)) for id_, version in found]


def versions(connection: Connection, contact: UUID) -> list[Version]:
    """All that was recorded of a contact, oldest first; none where it is not there."""
    rows = select(contacts).where(contacts.c.contact == contact).order_by(contacts.c.seq)
    return [version for row in connection.execute(rows) if (version := _version(row)) is not None]


def _conditions(wanted: Wanted) -> list[ColumnElement[bool]]:
    row = contacts.c
    where = [is_current()]
    if wanted.since:
        where.append(row.started_at >= _midnight(wanted.since))
    if wanted.until and wanted.until < date.max:  # after which there is no day
        where.append(row.started_at < _midnight(wanted.until + timedelta(days=1)))
    for column, value in (
        (row.service, wanted.service),
        (row.team, wanted.team),
        (row.avoidable, wanted.avoidable),
        (last_shown(), wanted.answer),
    ):
        if value == NONE:
            where.append(column.is_(None))
        elif value == ANY:
            where.append(column.is_not(None))
        elif value is not None:
            where.append(column == value)
    if wanted.channels:
        where.append(row.channel.in_([channel.value for channel in wanted.channels]))
    if wanted.outcomes:
        where.append(row.outcome.in_([outcome.value for outcome in wanted.outcomes]))
    if wanted.first is not None:
        where.append(row.first.is_(wanted.first))
    if wanted.account is not None:
        where.append(row.account == wanted.account)
    return where


def _version(row: Row[Any]) -> Version | None:
    """None for a row that says something else, or that somebody else wrote."""
    if row.kind not in (LinkKind.CONTACT, LinkKind.CORRECTION):
        return None
    try:
        contact = contact_of(row._asdict())
    except ValidationError:
        return None
    return Version(row.seq, row.at, row.account, row.team, row.salt is None, contact)


def _corrections(connection: Connection, ids: Sequence[UUID]) -> dict[UUID, int]:
    times = (
        select(contacts.c.contact, func.count())
        .where(contacts.c.contact.in_(ids), contacts.c.kind == LinkKind.CORRECTION.value)
        .group_by(contacts.c.contact)
    )
    return {row[0]: row[1] for row in connection.execute(times)}


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), clock.ZONE)
