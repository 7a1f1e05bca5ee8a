"""What the operator sets about other systems."""

from typing import Annotated, Self

from pydantic import Field, SecretStr, StringConstraints, field_validator, model_validator

from kb.article import Frozen
from kb.handover.endpoint import read_endpoint
from kb.handover.events import EventType
from kb.handover.signing import read_secret

Name = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{0,62}$")]


class WebHook(Frozen):
    """A web hook, as the operator sets it."""

    name: Name
    url: str
    secret: SecretStr
    events: Annotated[tuple[EventType, ...], Field(min_length=1)] = tuple(EventType)
    texts: bool = False
    """Whether notes, searches and comments are sent too."""
    allow_http: bool = False

    @field_validator("secret")
    @classmethod
    def _is_a_key(cls, secret: SecretStr) -> SecretStr:
        read_secret(secret.get_secret_value())
        return secret

    @model_validator(mode="after")
    def _leads_somewhere(self) -> Self:
        read_endpoint(self.url, allow_http=self.allow_http)
        return self


class Open311(Frozen):
    """The system that takes requests by Open311 GeoReport v2, as the operator sets it."""

    endpoint: str
    """Its base, below which `requests.json` is."""
    api_key: SecretStr
    jurisdiction_id: str = ""
    allow_http: bool = False

    @model_validator(mode="after")
    def _leads_somewhere(self) -> Self:
        read_endpoint(self.endpoint, allow_http=self.allow_http)
        return self
