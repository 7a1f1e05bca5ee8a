"""Pinned notices in the staff store: which stand, and who pinned them."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Annotated, Any
from uuid import UUID

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError
from sqlalchemy import Row, delete, insert, or_, select, update

from kb import clock
from kb.article import Audience, Frozen
from kb.contacts.contact import Id
from kb.notices import Notice
from kb.pins.tables import pins
from kb.records.database import Database
from kb.records.tables import accounts

LONGEST = timedelta(days=31)
"""What stands longer belongs into the content."""
TEXT = 300
_MOST = 10


def _one_line(text: str) -> str:
    line = " ".join(text.split())
    if not line:
        raise PydanticCustomError("pin", "say what callers and residents are to read")
    if not line.isprintable():
        raise PydanticCustomError("pin", "leave out signs that cannot be printed")
    return line


def _not_long(until: date) -> date:
    today = clock.today()
    if not today <= until <= today + LONGEST:
        raise PydanticCustomError("pin", "choose a day from today, at most 31 days ahead")
    return until


class Pin(Frozen):
    """A notice to be pinned."""

    text: Annotated[str, Field(max_length=TEXT), AfterValidator(_one_line)]
    services: Annotated[tuple[Id, ...], Field(max_length=_MOST)] = ()
    """Articles with which it is shown; with everything, where there is neither of both."""
    queries: Annotated[
        tuple[Annotated[str, Field(min_length=2, max_length=100)], ...], Field(max_length=_MOST)
    ] = ()
    """Words with whose searches it is shown."""
    until: Annotated[date, AfterValidator(_not_long)]
    """The last day."""


@dataclass(frozen=True)
class Pinned:
    """A notice that was pinned."""

    seq: int
    at: datetime
    who: str
    """The name of the account; empty where it is no more."""
    notice: Notice
    unpinned_at: datetime | None
    unpinned_by: str

    @property
    def stands(self) -> bool:
        """Whether it is shown today."""
        return self.unpinned_at is None and self.notice.stands_on(clock.today())


def pin(database: Database, wanted: Pin, account: UUID) -> None:
    """Note a notice.

    Raises:
        RecordsProblem: if the store cannot be used; it is not pinned then.
    """
    row = {**wanted.model_dump(), "at": clock.now(), "account": account}
    with database.writing() as connection:
        connection.execute(
            insert(pins), [{**row, "services": wanted.services, "queries": wanted.queries}]
        )


def unpin(database: Database, seq: int, account: UUID) -> None:
    """Note that one is taken down, by number; the first to do so is who did.

    Raises:
        RecordsProblem: if the store cannot be used.
    """
    with database.writing() as connection:
        connection.execute(
            update(pins)
            .where(pins.c.seq == seq, pins.c.unpinned_at.is_(None))
            .values(unpinned_at=clock.now(), unpinned_by=account)
        )


def standing_pins(database: Database) -> tuple[Notice, ...]:
    """What is to be shown, the last pinned first.

    Raises:
        RecordsProblem: if the store cannot be used.
    """
    statement = (
        select(pins)
        .where(pins.c.unpinned_at.is_(None), pins.c.until >= clock.today())
        .order_by(pins.c.seq.desc())
    )
    with database.reading() as connection:
        return tuple(_notice(row) for row in connection.execute(statement))


def pin_log(database: Database, limit: int) -> tuple[Pinned, ...]:
    """What was pinned, the last first.

    Raises:
        RecordsProblem: if the store cannot be used.
    """
    ended = accounts.alias("ended")
    statement = (
        select(pins, accounts.c.name, ended.c.name.label("ended"))
        .outerjoin(accounts, accounts.c.id == pins.c.account)
        .outerjoin(ended, ended.c.id == pins.c.unpinned_by)
        .order_by(pins.c.seq.desc())
        .limit(limit)
    )
    with database.reading() as connection:
        return tuple(
            Pinned(row.seq, row.at, row.name or "", _notice(row), row.unpinned_at, row.ended or "")
            for row in connection.execute(statement)
        )


def purge(database: Database, before: datetime) -> int:
    """Take away notices that have not stood since a moment, and return how many.

    Raises:
        RecordsProblem: if the store cannot be used.
    """
    ended = or_(pins.c.until < before.date(), pins.c.unpinned_at < before)
    with database.writing() as connection:
        return connection.execute(delete(pins).where(ended)).rowcount


def _notice(row: Row[Any]) -> Notice:
    return Notice.model_validate(
        {
            "text": row.text,
            "services": row.services,
            "queries": row.queries,
            "audience": Audience.PUBLIC,
            "until": row.until,
        }
    )
