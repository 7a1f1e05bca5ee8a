"""A store in which somebody is named in every place where words are kept."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from kb import clock
from kb.flags.flag import FlagState
from kb.flags.keeping import decide, take_in
from kb.pins.pins import Pin, pin
from kb.records.database import Database
from kb.records.journal import write
from kb.requests.keeping import take_in as hand_in
from kb.requests.request import ServiceRequest, Wanted
from tests.kb.flags.made import AGENT, flag
from tests.kb.records.made import feedback, opening, search

WHO = "Rumpelstiltskin"
PLACES = 8
"""Rows that name them."""


def name_everywhere(
    store: Database, contact: UUID | None = None, at: datetime | None = None
) -> None:
    """Each table gets a row that names them, and one that does not; the request is of a contact."""
    when: dict[str, Any] = {"at": at} if at else {}
    write(store, [search(f"where is {WHO}", **when), search("bins", **when)])
    write(store, [opening(query=f"{WHO} bins", **when), opening(query="bins", **when)])
    write(
        store,
        [feedback(comment=f"{WHO} was kind", **when), feedback(query=f"who is {WHO}", **when)],
    )
    write(store, [feedback(comment="fine", **when)])
    take_in(store, [flag(comment=f"{WHO} called", query="bins", trail=["bins", WHO], **when)])
    take_in(store, [flag(comment="out of date", **when)])
    decide(store, [2], FlagState.DONE, f"told {WHO}", AGENT)
    decide(store, [2], FlagState.DONE, "changed", AGENT)
    for said, of in ((f"a hole before {WHO}'s", contact), ("a hole", None)):
        wanted = Wanted(article="potholes", description=said, address="4 High Street", contact=of)
        hand_in(store, ServiceRequest(account=uuid4(), service_code="P", wanted=wanted))
    until = clock.today() + timedelta(days=1)
    pin(store, Pin(text=f"{WHO} is away", until=until), AGENT)
    pin(store, Pin(text="Snow", queries=("snow",), until=until), AGENT)
