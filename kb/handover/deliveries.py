"""The deliveries of the outbox: who is to be told what next, and what came of it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Connection, insert, select, update

from kb import clock
from kb.handover.events import EventType
from kb.handover.posting import Reply
from kb.handover.tables import outbox, outbox_attempts, outbox_deliveries
from kb.handover.target import Event, Target
from kb.records.upsert import insert_new

_MANY = 1000


class DeliveryState(StrEnum):
    """How a delivery stands."""

    WAITING = "waiting"
    DELIVERED = "delivered"
    GIVEN_UP = "given-up"


@dataclass(frozen=True)
class Delivery:
    """One that is due."""

    event: Event
    attempts: int
    since: datetime
    """When it was begun, or begun anew."""


def waits(connection: Connection, targets: Collection[str], now: datetime) -> bool:
    """Whether there is anything to do; most of the time there is not."""
    if connection.scalar(select(outbox.c.seq).where(outbox.c.spread.is_(False)).limit(1)):
        return True
    ready = select(outbox_deliveries.c.event).where(
        outbox_deliveries.c.target.in_(targets),
        outbox_deliveries.c.state == DeliveryState.WAITING.value,
        outbox_deliveries.c.next_at <= now,
    )
    return connection.scalar(ready.limit(1)) is not None


def spread(connection: Connection, targets: Sequence[Target]) -> None:
    """Give new events to each who is to be told: those that are set up now, and no later ones."""
    new = select(outbox).where(outbox.c.spread.is_(False)).order_by(outbox.c.seq).limit(_MANY)
    found = connection.execute(new).all()
    now = clock.now()
    rows = [
        {
            "event": row.seq,
            "target": target.name,
            "state": DeliveryState.WAITING.value,
            "attempts": 0,
            "since": now,
            "next_at": now,
            "refused": False,
        }
        for row in found
        for target in targets
        if row.event in target.events
    ]
    if rows:
        connection.execute(insert_new(connection, outbox_deliveries), rows)
    numbers = [row.seq for row in found]
    connection.execute(update(outbox).where(outbox.c.seq.in_(numbers)).values(spread=True))


def due(connection: Connection, target: str, now: datetime) -> Delivery | None:
    """What a receiver is to be told next; None where that has to wait, or there is nothing."""
    waiting = (
        select(outbox_deliveries, outbox.c.id, outbox.c.at, outbox.c.event.label("type"))
        .add_columns(outbox.c.subject)
        .join(outbox, outbox.c.seq == outbox_deliveries.c.event)
        .where(
            outbox_deliveries.c.target == target,
            outbox_deliveries.c.state == DeliveryState.WAITING.value,
        )
        .order_by(outbox_deliveries.c.event)
        .limit(1)
    )
    refused = outbox_deliveries.c.refused
    head = connection.execute(waiting.where(refused.is_(False))).first()
    if head is None or head.next_at > now:
        ready = waiting.where(refused, outbox_deliveries.c.next_at <= now)
        head = connection.execute(ready).first()
    if head is None:
        return None
    event = Event(head.event, head.id, head.at, EventType(head.type), head.subject)
    return Delivery(event, head.attempts, head.since)


def settle(connection: Connection, target: str, delivery: Delivery, reply: Reply) -> None:
    """Note that a receiver has it."""
    _note(connection, target, delivery, reply)
    _update(
        connection,
        target,
        delivery,
        state=DeliveryState.DELIVERED.value,
        attempts=delivery.attempts + 1,
        settled_at=clock.now(),
    )


def fail(
    connection: Connection,
    target: str,
    delivery: Delivery,
    reply: Reply,
    next_at: datetime | None,
) -> None:
    """Note that a receiver does not have it, and when it is tried again; None for never."""
    _note(connection, target, delivery, reply)
    if next_at is None:
        state, settled_at = DeliveryState.GIVEN_UP, clock.now()
    else:
        state, settled_at = DeliveryState.WAITING, None
    _update(
        connection,
        target,
        delivery,
        state=state.value,
        attempts=delivery.attempts + 1,
        next_at=next_at or clock.now(),
        refused=reply.refused,
        settled_at=settled_at,
    )


def _note(connection: Connection, target: str, delivery: Delivery, reply: Reply) -> None:
    row = {
        "event": delivery.event.seq,
        "target": target,
        "at": clock.now(),
        "ms": reply.ms,
        "status": reply.status,
        "problem": reply.problem,
    }
    connection.execute(insert(outbox_attempts), [row])


def _update(connection: Connection, target: str, delivery: Delivery, **values: object) -> None:
    connection.execute(
        update(outbox_deliveries)
        .where(
            outbox_deliveries.c.event == delivery.event.seq,
            outbox_deliveries.c.target == target,
        )
        .values(**values)
    )
