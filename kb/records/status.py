"""How a store is: whether it can be used, what it holds, and what waits for it."""

from collections.abc import Mapping
from dataclasses import dataclass

from kb.flags.flag import Flag
from kb.records.database import Database, RecordsProblem
from kb.records.entries import AnyEntry, Feedback, Opening, Search
from kb.records.journal import count
from kb.records.said import DESK
from kb.records.spool import Spool
from kb.records.tables import ENTRY_TABLES
from kb.records.worded import count as count_rows


@dataclass(frozen=True)
class Status:
    """One store."""

    address: str
    """Without its password."""
    there: bool
    """Whether it has been made yet."""
    problem: str
    """Why it cannot be used; empty where it can."""
    searches: int
    openings: int
    feedback: int
    waiting: int
    """Entries on disk that it does not have yet."""
    unreadable: int
    """Files that were set aside, for a person to look at."""


def status_of(store: Database, spool: Spool[AnyEntry]) -> Status:
    """Look at a store; one that is not there yet is not made."""
    problem, counts = "", dict.fromkeys(ENTRY_TABLES, 0)
    if store.there:
        try:
            with store.reading() as connection:
                counts = {type_: count(connection, type_) for type_ in ENTRY_TABLES}
        except RecordsProblem as error:
            problem = str(error)
    return Status(
        address=str(store),
        there=store.there,
        problem=problem,
        searches=counts[Search],
        openings=counts[Opening],
        feedback=counts[Feedback],
        waiting=spool.waiting(),
        unreadable=spool.unreadable(),
    )


@dataclass(frozen=True)
class DeskStatus:
    """What staff write beside contacts, in the staff store."""

    problem: str
    """Why it cannot be counted; empty where it can."""
    counts: Mapping[str, int]
    """Of each table of `DESK`, by the name under which it is exported."""
    waiting: int
    """Flags on disk that the store does not have yet."""
    unreadable: int
    """Files that were set aside, for a person to look at."""


def desk_status(store: Database, spool: Spool[Flag]) -> DeskStatus:
    """Look at it; a store that is not there yet is not made."""
    problem, counts = "", {worded.name: 0 for worded in DESK}
    if store.there:
        try:
            with store.reading() as connection:
                counts = {worded.name: count_rows(connection, worded) for worded in DESK}
        except RecordsProblem as error:
            problem = str(error)
    return DeskStatus(problem, counts, spool.waiting(), spool.unreadable())
