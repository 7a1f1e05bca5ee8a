"""Keeping flags: added once each, decided on as often as need be, and never changed."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row, delete, insert, literal, select

from kb import clock
from kb.flags.flag import Flag, FlagState
from kb.flags.tables import flag_decisions, flags
from kb.handover.events import EventType
from kb.handover.outbox import Happened, note
from kb.records.database import Database, Refused
from kb.records.entries import kept
from kb.records.upsert import insert_new


class OtherFlag(Refused):
    """The id stands for something else already."""


def take_in(database: Database, raised: Sequence[Flag]) -> list[bool]:
    """Add flags, all or none; one that has come before is left as it is.

    Returns:
        Of each whether it is new.

    Raises:
        RecordsAway, WrongAddress: if the store cannot be used now.
        OtherFlag, Refused: if it will never take one of them.
    """
    with database.writing() as connection:
        return [_add(connection, flag) for flag in raised]


def decide(
    database: Database, numbers: Collection[int], state: FlagState, note: str, account: UUID
) -> None:
    """Note what becomes of flags, by their numbers; those that are not there are left out.

    Raises:
        RecordsProblem: if the store cannot be used.
    """
    decided = select(
        flags.c.seq,
        literal(clock.now(), flag_decisions.c.at.type),
        literal(account, flag_decisions.c.account.type),
        literal(state.value),
        literal(kept(note)),
    ).where(flags.c.seq.in_(numbers))
    columns = ["flag", "at", "account", "state", "note"]
    with database.writing() as connection:
        connection.execute(
            insert(flag_decisions).from_select(columns, decided, include_defaults=False)
        )


def purge(database: Database, before: datetime) -> int:
    """Take away flags of before a moment with what was decided, and return how many.

    Raises:
        RecordsProblem: if the store cannot be used.
    """
    with database.writing() as connection:
        return connection.execute(delete(flags).where(flags.c.at < before)).rowcount


def flag_of(row: Row[Any]) -> Flag:
    """The flag that a row holds."""
    return Flag.model_validate({name: getattr(row, name) for name in Flag.model_fields})


def _add(connection: Connection, flag: Flag) -> bool:
    counting = {"preserve_rowcount": True}
    statement = insert_new(connection, flags)
    if connection.execute(statement, flag.model_dump(), execution_options=counting).rowcount:
        note(connection, Happened(EventType.FLAG_RAISED, flag.id))
        return True
    there = flag_of(connection.execute(select(flags).where(flags.c.id == flag.id)).one())
    if there != flag.model_copy(update={"at": there.at}):
        raise OtherFlag(f"the id {flag.id} stands for another flag already")
    return False
