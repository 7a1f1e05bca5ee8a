"""The outbox: what happened is put into it in the transaction in which it happens."""

from datetime import datetime
from typing import NamedTuple
from uuid import UUID, uuid4

from sqlalchemy import Connection, delete, insert

from kb import clock
from kb.handover.events import EventType
from kb.handover.tables import outbox
from kb.records.database import Database


class Happened(NamedTuple):
    """What happened to what."""

    event: EventType
    subject: UUID
    """The id of the contact's row, or of the flag."""


def note(connection: Connection, *happened: Happened) -> None:
    """Put events into the outbox, in the transaction of what they tell of: both or neither."""
    rows = [
        {
            "id": uuid4(),
            "at": clock.now(),
            "event": one.event.value,
            "subject": one.subject,
            "spread": False,
        }
        for one in happened
    ]
    if rows:
        connection.execute(insert(outbox), rows)


def purge(database: Database, before: datetime) -> int:
    """Take away events of before a moment with all that was noted of them, and return how many.

    Raises:
        RecordsProblem: if the store cannot be used.
    """
    with database.writing() as connection:
        return connection.execute(delete(outbox).where(outbox.c.at < before)).rowcount
