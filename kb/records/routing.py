"""Complaints and compliments go to the owner of the article they are about.

The public edition knows no owner, so this is done where staff collect.
"""

from collections.abc import Callable, Collection
from uuid import UUID

from sqlalchemy import Connection, select

from kb import clock
from kb.records.database import Database
from kb.records.entries import FeedbackKind
from kb.records.tables import feedback, routings
from kb.records.upsert import insert_new

ROUTED = (FeedbackKind.COMPLAINT, FeedbackKind.COMPLIMENT)


class OwnersUnknown(Exception):
    """There is no staff edition to ask who owns an article."""


OwnerOf = Callable[[str], str | None]
"""The owner of an article, both by id; None where it has none. Raises OwnersUnknown."""


def route(staff: Database, owner_of: OwnerOf) -> int:
    """Give each complaint and compliment that has nobody yet to somebody; return how many.

    What is about no article, or about one that nobody owns, is the contact centre's (null). Without
    an edition they wait.

    Raises:
        RecordsProblem: if the store cannot be used.
    """
    pending = (
        select(feedback.c.id, feedback.c.article)
        .outerjoin(routings, routings.c.feedback == feedback.c.id)
        .where(feedback.c.kind.in_(ROUTED), routings.c.feedback.is_(None))
    )
    with staff.reading() as connection:
        found = connection.execute(pending).all()
    try:
        rows = [
            {
                "feedback": row.id,
                "owner": owner_of(row.article) if row.article is not None else None,
                "at": clock.now(),
            }
            for row in found
        ]
    except OwnersUnknown:
        return 0
    if rows:
        with staff.writing() as connection:
            connection.execute(insert_new(connection, routings), rows)
    return len(rows)


def owners(connection: Connection, ids: Collection[UUID]) -> dict[UUID, str | None]:
    """Who each piece of feedback was given to, of those that were; None for the contact centre."""
    statement = select(routings.c.feedback, routings.c.owner).where(routings.c.feedback.in_(ids))
    return {row.feedback: row.owner for row in connection.execute(statement)}
