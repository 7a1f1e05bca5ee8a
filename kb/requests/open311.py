"""Open311 GeoReport v2: a request is posted as a form, and a reference or a token comes back.

https://wiki.open311.org/GeoReport_v2/#post-service-request
"""

from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlencode

import orjson
from sqlalchemy import Connection

from kb.handover.endpoint import Endpoint, read_endpoint
from kb.handover.events import EventType
from kb.handover.posting import Reply, post
from kb.handover.settings import Open311
from kb.handover.target import Event, Message
from kb.requests.keeping import TARGET, read, settle
from kb.requests.request import ServiceRequest

_TYPE = "application/x-www-form-urlencoded"
_LONGEST = 200


@dataclass(frozen=True)
class Open311Target:
    """The system that requests are sent to, as one who is told."""

    settings: Open311

    @property
    def name(self) -> str:
        """As it is called in the log."""
        return TARGET

    @property
    def events(self) -> Collection[EventType]:
        """Requests alone."""
        return (EventType.REQUEST_MADE,)

    def message(self, connection: Connection, event: Event) -> Message | None:
        """The form; None where the request is no more."""
        request = read(connection, event.subject)
        if request is None:
            return None
        return Message(event, urlencode(self._fields(request)).encode())

    def send(self, message: Message) -> Reply:
        """Post it."""
        return post(self._endpoint, message.body, {"Content-Type": _TYPE})

    def taken(self, connection: Connection, message: Message, reply: Reply) -> None:
        """Keep the reference or the token, and forget what the request said."""
        settle(connection, message.event.subject, *answered(reply.body))

    def _fields(self, request: ServiceRequest) -> dict[str, str]:
        wanted = request.wanted
        fields = {
            "api_key": self.settings.api_key.get_secret_value(),
            "jurisdiction_id": self.settings.jurisdiction_id,
            "service_code": request.service_code,
            # The standard knows no id of the sender's: should it come twice, people see it by this.
            "description": f"{wanted.description}\n\n[{request.mark}]",
            "address_string": wanted.address,
            "address_id": wanted.address_id,
            "lat": "" if wanted.lat is None else f"{wanted.lat:.7f}",
            "long": "" if wanted.long is None else f"{wanted.long:.7f}",
        }
        return {name: value for name, value in fields.items() if value}

    @cached_property
    def _endpoint(self) -> Endpoint:
        base = self.settings.endpoint.rstrip("/")
        return read_endpoint(f"{base}/requests.json", allow_http=self.settings.allow_http)


def answered(body: bytes) -> tuple[str | None, str | None]:
    """The reference and the token of an answer; None for what is not there or is no text.

    Anything may come back: it is read as far as it is what the standard says, and no further.
    """
    try:
        said = orjson.loads(body)
    except ValueError:
        return None, None
    first = said[0] if isinstance(said, list) and said else said
    if not isinstance(first, dict):
        return None, None
    return _text(first.get("service_request_id")), _text(first.get("token"))


def _text(value: object) -> str | None:
    if isinstance(value, bool) or not isinstance(value, str | int):
        return None
    text = str(value).strip()
    return text if text and text.isprintable() and len(text) <= _LONGEST else None
