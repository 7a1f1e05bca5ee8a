"""The names of accounts, for those who only know their ids."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import Connection, select

from kb.records.tables import accounts


def names_of(connection: Connection, ids: Sequence[UUID]) -> dict[UUID, str]:
    """The names of accounts, by id; those that are no more are left out."""
    rows = connection.execute(
        select(accounts.c.id, accounts.c.name).where(accounts.c.id.in_(set(ids)))
    )
    return {row.id: row.name for row in rows}
