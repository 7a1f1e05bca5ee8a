"""Keeping flags: added once each, decided on as often as need be, and never changed."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row, delete, insert, literal, select

from kb import clock
from kb.flags.flag import Flag, FlagState
from kb.flags.tables import flag_decisions, flags
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
    before = _row(connection, flag.id)
    if before is None:
        connection.execute(insert_new(connection, flags), [flag.model_dump()])
    row = before or _row(connection, flag.id)  # another may have been quicker
    there = flag_of(row) if row is not None else flag
    if there != flag.model_copy(update={"at": there.at}):
        raise OtherFlag(f"the id {flag.id} stands for another flag already")
    return before is None


def _row(connection: Connection, id_: UUID) -> Row[Any] | None:
    return connection.execute(select(flags).where(flags.c.id == id_)).first()
