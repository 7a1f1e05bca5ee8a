"""Keeping requests until they are taken, and what came back."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row, delete, insert, select, update

from kb import clock
from kb.handover.deliveries import DeliveryState
from kb.handover.events import EventType
from kb.handover.outbox import Happened, note
from kb.handover.tables import outbox, outbox_deliveries
from kb.records.database import Database
from kb.requests.request import ServiceRequest, Wanted
from kb.requests.tables import requests

TARGET = "open311"
_WHAT = ("description", "address", "address_id", "lat", "long")


@dataclass(frozen=True)
class Progress:
    """How a request stands."""

    id: UUID
    article: str
    account: UUID
    state: DeliveryState
    reference: str | None
    """Under which the other system has it."""
    token: str | None
    """Where it has given a token for a reference to come."""


def take_in(database: Database, request: ServiceRequest) -> None:
    """Keep a request, and have it sent; one that has come before, by its id, is left as it is.

    Raises:
        RecordsProblem: if the store cannot be used; it is not kept then.
    """
    row = {
        **request.wanted.model_dump(),
        "id": request.id,
        "at": clock.now(),
        "account": request.account,
        "service_code": request.service_code,
    }
    with database.writing() as connection:
        if _row(connection, request.id) is None:
            connection.execute(insert(requests), [row])
            note(connection, Happened(EventType.REQUEST_MADE, request.id))


def progress(database: Database, id_: UUID) -> Progress | None:
    """How a request stands; None where there is none.

    Raises:
        RecordsProblem: if the store cannot be used.
    """
    with database.reading() as connection:
        row = _row(connection, id_)
        if row is None:
            return None
        state = connection.scalar(
            select(outbox_deliveries.c.state)
            .join(outbox, outbox.c.seq == outbox_deliveries.c.event)
            .where(outbox.c.subject == id_, outbox_deliveries.c.target == TARGET)
        )
    taken = DeliveryState.DELIVERED if row.taken_at else DeliveryState.WAITING
    stands = DeliveryState(state) if state and not row.taken_at else taken
    return Progress(row.id, row.article, row.account, stands, row.reference, row.token)


def read(connection: Connection, id_: UUID) -> ServiceRequest | None:
    """A request that is still to be sent; None where it is no more, or was taken."""
    row = _row(connection, id_)
    if row is None or row.taken_at is not None:
        return None
    fields = {name: getattr(row, name) for name in Wanted.model_fields}
    wanted = Wanted.model_validate(fields)
    return ServiceRequest(
        id=row.id, account=row.account, service_code=row.service_code, wanted=wanted
    )


def settle(connection: Connection, id_: UUID, reference: str | None, token: str | None) -> None:
    """Note that it was taken; what it said is not needed any more."""
    values = {**dict.fromkeys(_WHAT), "taken_at": clock.now()}
    connection.execute(
        update(requests)
        .where(requests.c.id == id_)
        .values(**values, reference=reference, token=token)
    )


def purge(database: Database, before: datetime) -> int:
    """Take away requests of before a moment, and return how many.

    Raises:
        RecordsProblem: if the store cannot be used.
    """
    with database.writing() as connection:
        return connection.execute(delete(requests).where(requests.c.at < before)).rowcount


def _row(connection: Connection, id_: UUID) -> Row[Any] | None:
    return connection.execute(select(requests).where(requests.c.id == id_)).first()
