"""What is left of purged contacts: how many there were of each kind on each day."""

from collections.abc import Iterator
from hashlib import sha256
from itertools import groupby

from sqlalchemy import Connection

from kb.contacts.exact import exact_rows
from kb.contacts.link import Row, canonical
from kb.contacts.tables import contact_days


def day_rows(connection: Connection) -> Iterator[Row]:
    """The rows of the table by day, and those of a day in the order of their JSON.

    Raises:
        NotAsWritten: if a value in it is none that is ever written.
    """
    with exact_rows(connection, contact_days) as rows:
        for _, group in groupby(rows, key=lambda row: row["day"]):
            yield from sorted(group, key=canonical)


def days_digest(connection: Connection | None = None) -> str:
    """The digest of the table: of its rows' JSON, a line each; without one, of none.

    Raises:
        NotAsWritten: as `day_rows` does.
    """
    digest = sha256()
    for row in day_rows(connection) if connection else ():
        digest.update(f"{canonical(row)}\n".encode())
    return digest.hexdigest()
