"""From the public store to that of the staff: entries move, so that the public one keeps none.

Entries are taken away only when the staff store has them, and are added there by id: so it may stop
anywhere and be done again, and two may do it at once.
"""

from dataclasses import dataclass

from kb.article import Edition
from kb.records.database import Database
from kb.records.entries import Entry, Feedback, Opening, Search
from kb.records.journal import append, read, remove

BATCH = 500


@dataclass(frozen=True)
class Collected:
    """How many entries came over."""

    searches: int
    openings: int
    feedback: int
    unreadable: int
    """Rows of the public store that are no entries of a public application; they stay there."""

    @property
    def entries(self) -> int:
        """All of them."""
        return self.searches + self.openings + self.feedback


def collect(public: Database, staff: Database) -> Collected:
    """Move all entries; nothing where there is no public store yet.

    Raises:
        RecordsProblem: if one of the two cannot be used; what was moved until then is moved.
    """
    if not public.there:
        return Collected(0, 0, 0, 0)
    searches, no_searches = _move(public, staff, Search)
    openings, no_openings = _move(public, staff, Opening)
    feedback, no_feedback = _move(public, staff, Feedback)
    return Collected(searches, openings, feedback, no_searches + no_openings + no_feedback)


def _move(public: Database, staff: Database, type_: type[Entry]) -> tuple[int, int]:
    moved = unreadable = after = 0
    while True:
        with public.reading() as connection:
            batch = read(connection, type_, after, BATCH)
        if batch.last is None:
            return moved, unreadable
        unreadable += batch.unreadable
        entries = [one.entry for one in batch.entries if one.entry.edition is Edition.PUBLIC]
        unreadable += len(batch.entries) - len(entries)
        with staff.writing() as connection:
            append(connection, entries)
        with public.writing() as connection:
            remove(connection, type_, [entry.id for entry in entries])
        moved += len(entries)
        after = batch.last
