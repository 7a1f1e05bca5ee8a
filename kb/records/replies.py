"""What people said, as staff read it: newest first, and who is to deal with it."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from kb.records.database import Database
from kb.records.entries import Feedback, FeedbackKind
from kb.records.journal import Numbered, entry_of
from kb.records.routing import owners
from kb.records.tables import feedback


@dataclass(frozen=True)
class Wanted:
    """Which feedback is looked for; what is None or empty is not asked for."""

    kind: FeedbackKind | None = None
    article: str = ""
    reference: str = ""
    """The first digits of its id, hexadecimal, as people quote them."""
    before: int | None = None
    """Only what came before this number: the next page."""


@dataclass(frozen=True)
class Reply:
    """A piece of feedback, and whose it is."""

    seq: int
    feedback: Feedback
    routed: bool
    """Whether somebody is to deal with it."""
    owner: str | None
    """Who, by directory id; None for the contact centre."""

    @property
    def reference(self) -> str:
        """What the sender was told to quote."""
        return self.feedback.id.hex[:8].upper()


def replies(store: Database, wanted: Wanted, limit: int) -> tuple[Reply, ...]:
    """The newest that are wanted.

    Raises:
        RecordsProblem: if the store cannot be used.
    """
    statement = select(feedback).order_by(feedback.c.seq.desc()).limit(limit)
    if wanted.kind is not None:
        statement = statement.where(feedback.c.kind == wanted.kind)
    if wanted.article:
        statement = statement.where(feedback.c.article == wanted.article)
    if wanted.reference:
        first, last = (UUID(wanted.reference.ljust(32, end)) for end in "0f")
        statement = statement.where(feedback.c.id.between(first, last))
    if wanted.before is not None:
        statement = statement.where(feedback.c.seq < wanted.before)
    with store.reading() as connection:
        rows = [entry_of(row, Feedback) for row in connection.execute(statement)]
        found: list[Numbered[Feedback]] = [row for row in rows if row is not None]
        owner = owners(connection, [one.entry.id for one in found])
    return tuple(
        Reply(one.seq, one.entry, one.entry.id in owner, owner.get(one.entry.id)) for one in found
    )
