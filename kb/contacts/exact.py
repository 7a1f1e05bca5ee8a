"""Rows as they are written: no value is put right by reading it.

SQLite takes any value in any column, and a lenient reader sees in a 2 the same true as in a 1,
while a figure that is counted in the database does not.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import ColumnElement, Connection, Dialect, Table, select, type_coerce
from sqlalchemy.types import NullType

from kb.contacts.link import Row

_FETCH = 1000


class NotAsWritten(Exception):
    """A row has a value that is never written."""

    def __init__(self, key: object, column: str) -> None:
        super().__init__(f"has a value in {column} that is never written there")
        self.key = key
        """The row's, by the first column of its table."""


@contextmanager
def exact_rows(
    connection: Connection, table: Table, *where: ColumnElement[bool]
) -> Iterator[Iterator[Row]]:
    """The rows of a table in the order of its first column, read some at a time within the block.

    Raises:
        NotAsWritten: at a row that this program cannot have written.
    """
    order = next(iter(table.c))
    options = {"stream_results": True, "yield_per": _FETCH}
    if connection.dialect.name != "sqlite":  # PostgreSQL holds each column to its type
        statement = select(table).where(*where).order_by(order)
        with connection.execute(statement, execution_options=options) as found:
            yield (row._asdict() for row in found)
        return
    columns = [type_coerce(column, NullType()).label(column.key) for column in table.c]
    readers = [_Reader(column.key, column.type, connection.dialect) for column in table.c]
    raw = select(*columns).where(*where).order_by(order)
    with connection.execute(raw, execution_options=options) as found:
        yield (
            {
                reader.name: reader.read(value, row[0])
                for reader, value in zip(readers, row, strict=True)
            }
            for row in found
        )


class _Reader:
    """Reads the values of a column, and writes them again to compare."""

    def __init__(self, name: str, type_: Any, dialect: Dialect) -> None:
        self.name = name
        known = type_.dialect_impl(dialect)
        self._read = known.result_processor(dialect, None) or _same
        self._write = known.bind_processor(dialect) or _same

    def read(self, raw: object, key: object) -> object:
        """The value.

        Raises:
            NotAsWritten: if it would have been written in another way.
        """
        try:
            value: object = self._read(raw) if raw is not None else None
            again = self._write(value) if value is not None else None
        except (ValueError, TypeError, AttributeError) as error:
            raise NotAsWritten(key, self.name) from error
        if type(again) is not type(raw) or again != raw:
            raise NotAsWritten(key, self.name)
        return value


def _same(value: object) -> object:
    return value
