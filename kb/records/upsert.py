"""Adding rows that may be there already, on SQLite and on PostgreSQL."""

from collections.abc import Sequence

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import postgresql, sqlite

Insert = sqlite.Insert | postgresql.Insert


def insert_new(connection: Connection, table: Table) -> Insert:
    """Adds rows; one whose key is there already is left out.

    Inline, and with no key named: so that adding needs no right to read.
    """
    return _insert(connection, table).inline().on_conflict_do_nothing()


def insert_or_add(connection: Connection, table: Table, counts: Sequence[str]) -> Insert:
    """Adds rows; where one with the same primary key is there, its counts are added to."""
    statement = _insert(connection, table)
    return statement.on_conflict_do_update(
        index_elements=list(table.primary_key),
        set_={name: table.c[name] + statement.excluded[name] for name in counts},
    )


def _insert(connection: Connection, table: Table) -> Insert:
    return sqlite.insert(table) if connection.dialect.name == "sqlite" else postgresql.insert(table)
