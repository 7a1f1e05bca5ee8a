"""Web hooks: JSON that is posted to addresses of the operator's, signed."""

import json
import time
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC
from functools import cached_property
from typing import Any

from sqlalchemy import Connection

from kb.handover.endpoint import Endpoint, read_endpoint
from kb.handover.events import EventType
from kb.handover.payload import data_of
from kb.handover.posting import Reply, post
from kb.handover.settings import WebHook
from kb.handover.signing import read_secret, signed
from kb.handover.target import Event, Message


@dataclass(frozen=True)
class HookTarget:
    """A web hook as one who is told."""

    hook: WebHook

    @property
    def name(self) -> str:
        """As the operator calls it."""
        return self.hook.name

    @property
    def events(self) -> Collection[EventType]:
        """What it is told of."""
        return self.hook.events

    def message(self, connection: Connection, event: Event) -> Message | None:
        """The event as JSON; None where what it is about is no more."""
        data = data_of(connection, event, texts=self.hook.texts)
        if data is None:
            return None
        said: dict[str, Any] = {
            "type": event.type.value,
            "timestamp": f"{event.at.astimezone(UTC):%Y-%m-%dT%H:%M:%S.%f}Z",
            "data": data,
        }
        return Message(event, json.dumps(said, ensure_ascii=False).encode())

    def send(self, message: Message) -> Reply:
        """Post it."""
        proof = signed(self._key, message.event.message, int(time.time()), message.body)
        return post(self._endpoint, message.body, {"Content-Type": "application/json", **proof})

    def taken(self, connection: Connection, message: Message, reply: Reply) -> None:
        """What a web hook answers says nothing."""

    @cached_property
    def _endpoint(self) -> Endpoint:
        return read_endpoint(self.hook.url, allow_http=self.hook.allow_http)

    @cached_property
    def _key(self) -> bytes:
        return read_secret(self.hook.secret.get_secret_value())
