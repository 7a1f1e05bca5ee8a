"""Bodies as the desk sends them; `fields` are what is different."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

from kb import clock

CONTACTS = "/api/v1/contacts"


def body(**fields: Any) -> dict[str, Any]:
    ended = clock.now()
    usual = {
        "id": str(uuid4()),
        "started_at": (ended - timedelta(minutes=4)).isoformat(),
        "ended_at": ended.isoformat(),
        "channel": "telephone",
        "outcome": "resolved",
        "first": True,
        "avoidable": None,
        "handed_to": None,
        "call_back_by": None,
        "service": "missed-bin",
        "answered_by": "missed-bin",
        "opened": ["missed-bin"],
        "searches": ["bin men"],
        "path": [{"guide": "bins", "step": "which", "answer": "The green one"}],
        "case": "CRM-1",
        "notes": "",
    }
    return {**usual, **fields}
