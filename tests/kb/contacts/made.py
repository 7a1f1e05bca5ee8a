"""Contacts as an agent hands them in; `fields` are what is different."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

from kb.contacts.contact import Contact, Report

AGENT = UUID("00000000-0000-4000-8000-00000000a9e7")
BEGAN = datetime(2026, 11, 2, 9, 30, tzinfo=UTC)


def contact(notes: str = "", **fields: Any) -> Contact:
    usual = {
        "id": uuid4(),
        "started_at": BEGAN,
        "ended_at": BEGAN.replace(minute=33),
        "channel": "telephone",
        "outcome": "resolved",
        "first": True,
        "service": "household-waste",
        "answered_by": "missed-bin",
        "opened": ["bin-days", "missed-bin"],
        "searches": ["bin not emptied"],
    }
    return Contact.model_validate({**usual, "notes": notes, **fields})


def report(notes: str = "", corrects: UUID | None = None, **fields: Any) -> Report:
    return Report(
        contact=contact(notes, **fields), account=AGENT, team="customer-services", corrects=corrects
    )
