"""The seam to those who are told: how a message is made for each, and what it comes to."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from sqlalchemy import Connection

from kb.handover.events import EventType
from kb.handover.posting import Reply


@dataclass(frozen=True)
class Event:
    """Something that happened, as it is in the outbox."""

    seq: int
    id: UUID
    at: datetime
    type: EventType
    subject: UUID

    @property
    def message(self) -> str:
        """The id of the message about it; the same however often it is sent."""
        return f"msg_{self.id.hex}"


@dataclass(frozen=True)
class Message:
    """What is sent about an event."""

    event: Event
    body: bytes


class Target(Protocol):
    """Somebody who is told."""

    @property
    def name(self) -> str:
        """By which the operator knows it."""

    @property
    def events(self) -> Collection[EventType]:
        """What it is told of."""

    def message(self, connection: Connection, event: Event) -> Message | None:
        """What to send; None where what it is about is no more."""

    def send(self, message: Message) -> Reply:
        """Send it, within bounds; never raises for what others do."""

    def taken(self, connection: Connection, message: Message, reply: Reply) -> None:
        """Note what came back, in the transaction in which it is noted as delivered."""
