"""The chain as a file: JSON lines, from which it can be recomputed, or CSV for a spreadsheet."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from typing import IO, Any

from sqlalchemy import func, select

from kb import clock
from kb.contacts.days import day_rows
from kb.contacts.exact import exact_rows
from kb.contacts.link import TEXTS, LinkKind, Row, canonical, plain
from kb.contacts.tables import contact_days, contacts
from kb.records.database import Database
from kb.records.export import cell

CURRENT = "current"
"""A column of the export alone: whether the row is how its contact stands."""
COLUMNS = (*contacts.columns.keys(), CURRENT)
DAY_COLUMNS = (*contact_days.columns.keys(),)


def rows(
    store: Database, first: date | None = None, last: date | None = None, *, texts: bool = True
) -> Iterator[Row]:
    """The rows of the chain in their order, as they are at one moment.

    Args:
        store: of the staff.
        first: only contacts that began on this day, local time, or later; of what is no contact,
            rows that were added then.
        last: on this day or earlier.
        texts: whether with notes, searches, cases and the salt; without them the chain can be
            recomputed all the same.

    Raises:
        RecordsAway, WrongAddress: if the store cannot be used now.
        NotAsWritten: at a row that this program cannot have written.
    """
    moment = func.coalesce(contacts.c.started_at, contacts.c.at)
    where = []
    if first is not None:
        where.append(moment >= _midnight(first))
    if last is not None:
        where.append(moment < _midnight(last + timedelta(days=1)))
    corrections = (
        select(contacts.c.contact, func.max(contacts.c.seq))
        .where(contacts.c.kind == LinkKind.CORRECTION.value)
        .group_by(contacts.c.contact)
    )
    hidden = {} if texts else dict.fromkeys((*TEXTS, "salt"))
    with store.snapshot() as connection:
        corrected = {row[0]: row[1] for row in connection.execute(corrections)}
        with exact_rows(connection, contacts, *where) as found:
            for row in found:
                is_contact = row["kind"] in (LinkKind.CONTACT, LinkKind.CORRECTION)
                current = is_contact and corrected.get(row["contact"], row["seq"]) == row["seq"]
                yield {**row, CURRENT: current, **hidden}


def days(store: Database) -> Iterator[Row]:
    """What is left of purged contacts, in the order that its digest is made in.

    Raises:
        RecordsAway, WrongAddress, NotAsWritten: as `rows` does.
    """
    with store.snapshot() as connection:
        yield from day_rows(connection)


def write_lines(found: Iterable[Row], file: IO[str]) -> None:
    """Write JSON lines, in the one way that the chain's hashes are made from."""
    for row in found:
        file.write(f"{canonical(row)}\n")


def write_csv(names: Sequence[str], found: Iterable[Row], file: IO[str]) -> None:
    """Write CSV with a line of names; lists are JSON, what is missing is empty.

    A text that a spreadsheet would take for a formula gets an apostrophe before it.
    """
    writer = csv.writer(file)
    writer.writerow(names)
    for row in found:
        writer.writerow([cell(_written(row[name])) for name in names])


def _written(value: Any) -> Any:
    match value:
        case bool():
            return "true" if value else "false"
        case None | str() | int():
            return value
        case list():
            return canonical(value)
    return plain(value)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), clock.ZONE)
