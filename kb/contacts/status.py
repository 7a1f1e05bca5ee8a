"""What there is of contacts, and what waits."""

from dataclasses import dataclass

from sqlalchemy import func, select

from kb.contacts.contact import Report
from kb.contacts.link import LinkKind
from kb.contacts.tables import contacts
from kb.records.database import Database, RecordsProblem
from kb.records.spool import Spool


@dataclass(frozen=True)
class ContactsStatus:
    """The contacts of the staff store."""

    problem: str
    """Why they cannot be counted; empty where they can."""
    contacts: int
    rows: int
    """Of the chain, corrections and the like as well."""
    waiting: int
    """Contacts on disk that the store does not have yet."""
    unreadable: int
    """Files that were set aside, for a person to look at."""


def contacts_status(store: Database, spool: Spool[Report]) -> ContactsStatus:
    """Look at them; a store that is not there yet is not made."""
    problem, rows, taken = "", 0, 0
    if store.there:
        counting = select(
            func.count(), func.count().filter(contacts.c.kind == LinkKind.CONTACT.value)
        ).select_from(contacts)
        try:
            with store.reading() as connection:
                rows, taken = connection.execute(counting).one()
        except RecordsProblem as error:
            problem = str(error)
    return ContactsStatus(problem, taken, rows, spool.waiting(), spool.unreadable())
