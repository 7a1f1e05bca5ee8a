"""Contacts as they stand: what was recorded last of each."""

from sqlalchemy import ColumnElement, exists

from kb.contacts.link import LinkKind
from kb.contacts.tables import contacts

_later = contacts.alias("later")


def is_current() -> ColumnElement[bool]:
    """Whether a row of `contacts` is the last that was recorded of its contact."""
    later = exists().where(
        _later.c.contact == contacts.c.contact,
        _later.c.kind == LinkKind.CORRECTION.value,
        _later.c.seq > contacts.c.seq,
    )
    return contacts.c.kind.in_((LinkKind.CONTACT.value, LinkKind.CORRECTION.value)) & ~later
