"""What people searched for and did not find, or not for certain: most frequent first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func, select

from kb.article import Edition
from kb.records.database import Database
from kb.records.tables import searches


@dataclass(frozen=True)
class Lacking:
    """Words that were searched for, however they were capitalised."""

    query: str
    times: int
    last: datetime
    """When, the last time."""


def without_result(
    store: Database, since: datetime, limit: int, edition: Edition | None = None
) -> tuple[Lacking, ...]:
    """Searches that found nothing.

    Raises:
        RecordsProblem: if the store cannot be used.
    """
    return _frequent(store, since, limit, [searches.c.total == 0], edition)


def unsure(
    store: Database, since: datetime, limit: int, edition: Edition | None = None
) -> tuple[Lacking, ...]:
    """Searches whose first result was likely no answer.

    Raises:
        RecordsProblem: if the store cannot be used.
    """
    return _frequent(store, since, limit, [searches.c.total > 0, searches.c.unsure], edition)


def _frequent(
    store: Database,
    since: datetime,
    limit: int,
    conditions: Sequence[ColumnElement[bool]],
    edition: Edition | None,
) -> tuple[Lacking, ...]:
    words = func.lower(searches.c.query).label("words")
    times, last = func.count().label("times"), func.max(searches.c.at).label("last")
    statement = (
        select(words, times, last)
        .where(searches.c.at >= since, searches.c.query != "", *conditions)
        .group_by(words)
        .order_by(times.desc(), last.desc(), words)
        .limit(limit)
    )
    if edition is not None:
        statement = statement.where(searches.c.edition == edition)
    with store.reading() as connection:
        return tuple(
            Lacking(row.words, row.times, row.last) for row in connection.execute(statement)
        )
