"""Erasing what callers said: texts and salt are blanked, and what the chain covers stays.

Without its salt a digest tells nothing of the texts that it was made from. An erasure is a row of
the chain itself, so that a text which is gone without one shows.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, func, select, update

from kb.contacts.chain import Chain
from kb.contacts.link import TEXTS, LinkKind
from kb.contacts.tables import contacts


@dataclass(frozen=True)
class Texts:
    """What can be erased of a row."""

    contact: UUID
    seq: int
    started_at: datetime
    case: str | None
    notes: str
    searches: tuple[str, ...]

    def have(self, words: str) -> bool:
        """Whether the words stand in one of them; small and capital letters are the same."""
        wanted = words.casefold()
        texts = (self.case or "", self.notes, *self.searches)
        return any(wanted in text.casefold() for text in texts)


def find(
    connection: Connection,
    contact: UUID | None = None,
    case: str | None = None,
    words: str | None = None,
) -> list[Texts]:
    """All texts of the contacts that are meant, in the order of the chain.

    Args:
        connection: to the staff store.
        contact: the id of a contact, or of a correction of it.
        case: the reference of a case, whole.
        words: what stands in a text.
    """
    found: set[UUID | None] = set()
    if contact is not None:
        found |= _contacts(connection, contacts.c.id == contact)
    if case is not None:
        found |= _contacts(connection, func.lower(contacts.c.case) == case.lower())
    if words:
        found |= {one.contact for one in _texts(connection) if one.have(words)}
    return [one for one in _texts(connection) if one.contact in found] if found else []


def erase(chain: Chain, ids: Collection[UUID]) -> int:
    """Blank all texts of some contacts, and say so in the chain.

    Args:
        chain: in the staff store.
        ids: of contacts, as their first rows have it.

    Returns:
        How many rows had texts.

    Raises:
        RecordsAway, WrongAddress: if the store cannot be used now; nothing is erased then.
    """
    blank = dict.fromkeys((*TEXTS, "salt"))
    rows = 0
    with chain.adding() as end:
        for id_ in sorted(ids):
            wanted = (contacts.c.contact == id_, contacts.c.salt.is_not(None))
            erased = end.connection.execute(update(contacts).where(*wanted).values(blank)).rowcount
            if erased:
                end.add(LinkKind.ERASURE, {"contact": id_})
            rows += erased
    return rows


def _contacts(connection: Connection, where: ColumnElement[bool]) -> set[UUID | None]:
    return set(connection.scalars(select(contacts.c.contact).where(where)))


def _texts(connection: Connection) -> Iterator[Texts]:
    """Of all rows that have texts still."""
    columns = [contacts.c[name] for name in ("contact", "seq", "started_at", *TEXTS)]
    rows = select(*columns).where(contacts.c.salt.is_not(None)).order_by(contacts.c.seq)
    options = {"stream_results": True, "yield_per": 1000}
    for row in connection.execute(rows, execution_options=options):
        yield Texts(**{**row._asdict(), "searches": tuple(row.searches)})
