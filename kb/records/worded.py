"""Tables of the staff store with people's words in them: found, erased, exported and counted.

Contacts are not among them: their chain has to know of every erasure (kb/contacts/erasure.py).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import (
    JSON,
    Column,
    ColumnElement,
    Connection,
    Table,
    case,
    delete,
    func,
    select,
    update,
)

from kb import clock
from kb.personal import MARK
from kb.records.database import Database

BATCH = 500

Row = dict[str, Any]


@dataclass(frozen=True)
class Worded:
    """A table, and where the words are in it."""

    table: Table
    noun: str
    """What a row is called."""
    nouns: str
    """What several are called."""
    texts: tuple[str, ...]
    """The columns with words: of text, or lists of texts."""
    goes: bool = False
    """Whether a row goes as a whole where its words are erased: it is nothing without them."""

    @property
    def name(self) -> str:
        """Under which it is exported."""
        return self.table.name.replace("_", "-")

    @property
    def columns(self) -> tuple[str, ...]:
        """All of the table."""
        return (*self.table.columns.keys(),)

    @property
    def key(self) -> Column[Any]:
        """By which a row is known."""
        (column,) = self.table.primary_key.columns
        return column


@dataclass(frozen=True)
class Texts:
    """What a row has of words."""

    worded: Worded
    key: int | UUID
    at: datetime
    said: Mapping[str, str]
    """By column; those that are not empty."""

    def have(self, words: str) -> bool:
        """Whether the words stand in one of them; small and capital letters are the same."""
        wanted = words.casefold()
        return any(wanted in text.casefold() for text in self.said.values())


def find(connection: Connection, worded: Worded, words: str) -> list[Texts]:
    """The rows in which some words are said, in the order in which they came."""
    return [one for one in _texts(connection, worded) if one.have(words)]


def find_where(connection: Connection, worded: Worded, where: ColumnElement[bool]) -> list[Texts]:
    """The rows of which something is true, and that have words still."""
    return [one for one in _texts(connection, worded, where) if one.said]


def erase(connection: Connection, found: Sequence[Texts]) -> int:
    """Take the words away, and return of how many rows; […] stands in their place.

    What other rows say of these, as which flags were decided, stays.
    """
    keys: dict[Worded, list[int | UUID]] = {}
    for one in found:
        keys.setdefault(one.worded, []).append(one.key)
    for worded, some in keys.items():
        for first in range(0, len(some), BATCH):
            meant = worded.key.in_(some[first : first + BATCH])
            if worded.goes:
                connection.execute(delete(worded.table).where(meant))
            else:
                connection.execute(update(worded.table).where(meant).values(_blank(worded)))
    return sum(map(len, keys.values()))


def rows(
    store: Database, worded: Worded, first: date | None = None, last: date | None = None
) -> Iterator[Row]:
    """All rows by column, in the order in which they came, from and up to a day, local time.

    Raises:
        RecordsProblem: if the store cannot be used.
    """
    at = worded.table.c.at
    statement = select(worded.table).order_by(at, worded.key)
    if first is not None:
        statement = statement.where(at >= _midnight(first))
    if last is not None:
        statement = statement.where(at < _midnight(last + timedelta(days=1)))
    with store.snapshot() as connection:
        for row in connection.execute(statement, execution_options=_STREAM):
            yield dict(row._mapping)


def count(connection: Connection, worded: Worded) -> int:
    """How many rows there are."""
    return connection.scalar(select(func.count()).select_from(worded.table)) or 0


_STREAM = {"stream_results": True, "yield_per": 1000}


def _texts(connection: Connection, worded: Worded, *where: ColumnElement[bool]) -> Iterator[Texts]:
    columns = [worded.table.c[name] for name in worded.texts]
    at = worded.table.c.at
    statement = select(worded.key, at, *columns).where(*where).order_by(at, worded.key)
    for key, moment, *texts in connection.execute(statement, execution_options=_STREAM):
        said = {
            name: "; ".join(text) if isinstance(text, list) else text
            for name, text in zip(worded.texts, texts, strict=True)
            if text
        }
        yield Texts(worded, key, moment, said)


def _blank(worded: Worded) -> dict[str, Any]:
    columns = [worded.table.c[name] for name in worded.texts]
    return {
        column.name: [] if isinstance(column.type, JSON) else case((column == "", ""), else_=MARK)
        for column in columns
    }


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), clock.ZONE)
