"""Entries in the tables of the journal: added, read and taken away. Never changed."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar
from uuid import UUID

from pydantic import ValidationError
from sqlalchemy import Connection, Row, delete, func, select

from kb.records.database import Database, RecordsProblem
from kb.records.entries import Entry
from kb.records.tables import ENTRY_TABLES
from kb.records.upsert import insert_new

T = TypeVar("T", bound=Entry)


class Damaged(RecordsProblem):
    """What the database holds cannot be read."""


@dataclass(frozen=True)
class Numbered(Generic[T]):
    """An entry and its number in its table."""

    seq: int
    entry: T


@dataclass(frozen=True)
class Batch(Generic[T]):
    """Some rows of a table."""

    entries: tuple[Numbered[T], ...]
    last: int | None
    """The number of the last row looked at; None where there was none."""
    unreadable: int
    """How many of the rows are no entries."""


def write(database: Database, entries: Sequence[Entry]) -> None:
    """Add entries, all or none; as `append` does.

    Raises:
        RecordsAway, WrongAddress, Refused: as `Database.writing` does.
    """
    with database.writing() as connection:
        append(connection, entries)


def append(connection: Connection, entries: Sequence[Entry]) -> None:
    """Add entries; those that are there already, by id, are left as they are."""
    for type_, table in ENTRY_TABLES.items():
        values = [entry.model_dump(exclude={"entry"}) for entry in entries if type(entry) is type_]
        if values:
            connection.execute(insert_new(connection, table), values)


def read(connection: Connection, type_: type[T], after: int, limit: int) -> Batch[T]:
    """The next rows after a number, oldest first.

    Raises:
        Damaged: if a column holds what it never can, as only a damaged SQLite file does.
    """
    table = ENTRY_TABLES[type_]
    statement = select(table).where(table.c.seq > after).order_by(table.c.seq).limit(limit)
    try:
        rows = connection.execute(statement).all()
    except ValueError as error:
        raise Damaged(f"a row of {table} after number {after} is damaged: {error}") from error
    entries = [entry for row in rows if (entry := entry_of(row, type_)) is not None]
    return Batch(tuple(entries), rows[-1].seq if rows else None, len(rows) - len(entries))


def entry_of(row: Row[tuple[object, ...]], type_: type[T]) -> Numbered[T] | None:
    """The entry that a row holds; None where it is none, and somebody else wrote it."""
    values = {name: value for name, value in row._mapping.items() if name in type_.model_fields}
    try:
        return Numbered(row.seq, type_.model_validate(values))
    except ValidationError:
        return None


def remove(connection: Connection, type_: type[Entry], ids: Collection[UUID]) -> None:
    """Take entries away."""
    table = ENTRY_TABLES[type_]
    connection.execute(delete(table).where(table.c.id.in_(ids)))


def count(connection: Connection, type_: type[Entry]) -> int:
    """How many entries of a type there are."""
    return connection.scalar(select(func.count()).select_from(ENTRY_TABLES[type_])) or 0
