"""How long records are kept. Of searches their numbers by day remain, of feedback nothing."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import astuple, dataclass
from datetime import date, datetime, time, timedelta
from operator import add
from typing import Any

from sqlalchemy import Connection, Row, Table, delete, select

from kb import clock
from kb.records.database import Database
from kb.records.tables import Line, feedback, openings, routings, search_days, searches
from kb.records.upsert import insert_or_add
from kb.settings import Settings

BATCH = 2000
COUNTS = ("searches", "without_result", "unsure", "openings")


@dataclass(frozen=True)
class Purged:
    """How many entries are gone."""

    searches: int
    openings: int
    feedback: int
    flags: int = 0
    requests: int = 0
    pins: int = 0

    def __add__(self, other: "Purged") -> "Purged":
        return Purged(*map(add, astuple(self), astuple(other)))


def purge(store: Database, settings: Settings, today: date) -> Purged:
    """Take away what is older than it is to be kept, in either store.

    In the staff store the numbers of what was searched and opened on a day are added to
    `search_days` in the same transaction, so that each entry is counted once.

    Raises:
        RecordsProblem: if the store cannot be used; what is gone until then is gone and counted.
    """
    search_end, feedback_end = (
        datetime.combine(today - timedelta(days=days), time(), clock.ZONE)
        for days in (settings.keep_searches, settings.keep_feedback)
    )
    return Purged(
        _purge(store, searches, search_end),
        _purge(store, openings, search_end),
        _purge(store, feedback, feedback_end),
    )


def _purge(store: Database, table: Table, end: datetime) -> int:
    oldest = select(table.c.seq).where(table.c.at < end).order_by(table.c.seq).limit(BATCH)
    gone = 0
    while True:
        with store.writing() as connection:
            statement = delete(table).where(table.c.seq.in_(oldest)).returning(table)
            rows = connection.execute(statement).all()
            if Line.DESK in store.lines and rows:
                _settle(connection, table, rows)
        gone += len(rows)
        if len(rows) < BATCH:
            return gone


def _settle(connection: Connection, table: Table, rows: Sequence[Row[Any]]) -> None:
    """See to what belongs to rows that are gone."""
    if table is feedback:
        ids = [row.id for row in rows]
        connection.execute(delete(routings).where(routings.c.feedback.in_(ids)))
        return
    counted: dict[tuple[date, str, str], Counter[str]] = {}
    for row in rows:
        day = row.at.astimezone(clock.ZONE).date()
        counts = counted.setdefault((day, row.edition, row.surface), Counter())
        counts[table.name] += 1
        if table is searches:
            counts["without_result"] += row.total == 0
            counts["unsure"] += row.unsure
    connection.execute(
        insert_or_add(connection, search_days, COUNTS),
        [
            {"day": day, "edition": edition, "surface": surface}
            | {name: counts[name] for name in COUNTS}
            for (day, edition, surface), counts in counted.items()
        ],
    )
