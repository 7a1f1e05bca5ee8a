"""Contacts are kept for a time; then no more is left than how many there were on each day."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import Connection, delete, func, select, text

from kb import clock
from kb.contacts.audit import verify
from kb.contacts.chain import Chain
from kb.contacts.current import is_current
from kb.contacts.days import days_digest
from kb.contacts.link import LinkKind
from kb.contacts.tables import contact_days, contacts
from kb.records.upsert import insert_or_add


@dataclass(frozen=True)
class Purged:
    """What a purge took away."""

    rows: int
    contacts: int
    """Contacts that were added to the figures of their days."""


def purge(chain: Chain, before: datetime, *, broken: bool = False) -> Purged:
    """Take away all rows from the first that were added before a moment, up to one that was not.

    A contact that was corrected later is counted with its last correction. What goes is verified
    first, so that purging hides no change.

    Args:
        chain: in the staff store.
        before: rows of this moment and after stay.
        broken: purge what cannot be verified as well.

    Raises:
        Broken: if what would go is not as it was written; nothing is purged then.
        RecordsAway, WrongAddress: if the store cannot be used now; nothing is purged then.
    """
    noted = chain.seals.read()
    with chain.adding() as end:
        connection = end.connection
        if connection.dialect.name == "postgresql":
            connection.execute(text("SET LOCAL statement_timeout = 0"))
        last = _last(connection, before)
        if last is None:
            return Purged(0, 0)
        if not broken:
            verify(connection, noted, to=last)
        counted = _aggregate(connection, last)
        hash_ = connection.scalar(select(contacts.c.hash).where(contacts.c.seq == last))
        rows = connection.execute(delete(contacts).where(contacts.c.seq <= last)).rowcount
        end.add(
            LinkKind.PURGE,
            {
                "purged": rows,
                "purged_to": last,
                "purged_hash": hash_,
                "days": days_digest(connection),
            },
        )
    return Purged(rows, counted)


def _last(connection: Connection, before: datetime) -> int | None:
    """The number of the last row to go; None where none is to go."""
    first, last = connection.execute(
        select(func.min(contacts.c.seq), func.max(contacts.c.seq))
    ).one()
    stays = connection.scalar(
        select(contacts.c.seq).where(contacts.c.at >= before).order_by(contacts.c.seq).limit(1)
    )
    if stays is not None:
        last = stays - 1
    return last if first is not None and last >= first else None


def _aggregate(connection: Connection, last: int) -> int:
    """Add the contacts that go to the figures of their days, and return how many they are."""
    numbers: Counter[_Kind] = Counter()
    seconds: Counter[_Kind] = Counter()
    going = select(contacts).where(contacts.c.seq <= last, is_current())
    options = {"stream_results": True, "yield_per": 1000}
    for row in connection.execute(going, execution_options=options):
        kind = _Kind(
            row.started_at.astimezone(clock.ZONE).date(),
            row.service or "",
            row.team or "",
            row.channel,
            row.outcome,
            row.first,
            row.avoidable or "",
        )
        numbers[kind] += 1
        seconds[kind] += int((row.ended_at - row.started_at).total_seconds())
    if numbers:
        connection.execute(
            insert_or_add(connection, contact_days, ("contacts", "seconds")),
            [
                {**kind._asdict(), "contacts": number, "seconds": seconds[kind]}
                for kind, number in numbers.items()
            ],
        )
    return numbers.total()


class _Kind(NamedTuple):
    """The contacts that are counted together, in the order of the table's key."""

    day: date
    service: str
    team: str
    channel: str
    outcome: str
    first: bool
    avoidable: str
