"""What is said about an event: read from the records when it is sent, and never more than those."""

from typing import Any

from sqlalchemy import Connection, select

from kb.contacts.chain import report_of
from kb.contacts.tables import contacts
from kb.flags.keeping import flag_of
from kb.flags.tables import flags
from kb.handover.events import EventType
from kb.handover.target import Event
from kb.requests.tables import requests

_CONTACT_TEXTS = {"notes", "searches", "path"}
_FLAG_TEXTS = {"comment", "query", "trail"}


def data_of(connection: Connection, event: Event, *, texts: bool) -> dict[str, Any] | None:
    """The facts about an event; None where its record is no more.

    Args:
        connection: to the staff store.
        event: the one.
        texts: notes, searches and comments too; they are masked, and empty once erased.
    """
    if event.type is EventType.REQUEST_MADE:
        return _request(connection, event)
    if event.type is EventType.FLAG_RAISED:
        return _flag(connection, event, texts)
    return _contact(connection, event, texts)


def _contact(connection: Connection, event: Event, texts: bool) -> dict[str, Any] | None:
    found = connection.execute(select(contacts).where(contacts.c.id == event.subject)).first()
    report = report_of(found._asdict()) if found is not None else None
    if found is None or report is None:
        return None
    left_out = {"id", *(() if texts else _CONTACT_TEXTS)}
    return {
        "id": str(report.id),
        "contact": str(found.contact),
        "seq": found.seq,
        "team": report.team,
        **report.contact.model_dump(mode="json", exclude=left_out),
    }


def _flag(connection: Connection, event: Event, texts: bool) -> dict[str, Any] | None:
    row = connection.execute(select(flags).where(flags.c.id == event.subject)).first()
    if row is None:
        return None
    left_out = {"account", *(() if texts else _FLAG_TEXTS)}
    return flag_of(row).model_dump(mode="json", exclude=left_out)


def _request(connection: Connection, event: Event) -> dict[str, Any] | None:
    """Without what it says and where: that is for the system which does it."""
    row = connection.execute(select(requests).where(requests.c.id == event.subject)).first()
    if row is None:
        return None
    contact = str(row.contact) if row.contact else None
    return {
        "id": str(row.id),
        "contact": contact,
        "article": row.article,
        "service_code": row.service_code,
    }
