"""What is left of purged contacts: how many there were of each kind on each day."""

from contextlib import nullcontext
from hashlib import sha256
from itertools import groupby

from sqlalchemy import Connection

from kb.contacts.exact import exact_rows
from kb.contacts.link import canonical
from kb.contacts.tables import contact_days


def days_digest(connection: Connection | None = None) -> str:
    """The digest of the table: of its rows' JSON, sorted, a line each; without one, of none.

    Raises:
        NotAsWritten: if a value in it is none that is ever written.
    """
    digest = sha256()
    with exact_rows(connection, contact_days) if connection else nullcontext(()) as rows:
        for _, group in groupby(rows, key=lambda row: row["day"]):
            for line in sorted(canonical(dict(row)) for row in group):
                digest.update(f"{line}\n".encode())
    return digest.hexdigest()
