"""A request: something to be done somewhere, as the system that does it needs to know.

Nothing in it is masked: whoever goes there needs the address. It is kept until it is taken.
"""

from typing import Annotated
from uuid import UUID, uuid4

from pydantic import AfterValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from kb.article import Frozen
from kb.contacts.contact import Id

DESCRIPTION = 4000
"""Signs; GeoReport v2 allows as many."""


def _printable(text: str) -> str:
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(letter for letter in text if letter in "\n\t" or letter.isprintable()).strip()


def _said(text: str) -> str:
    if not text:
        raise PydanticCustomError("request", "say what is to be done")
    return text


Line = Annotated[str, Field(max_length=300), AfterValidator(_printable)]


class Wanted(Frozen):
    """What is to be done, and where."""

    article: Id
    """The one that names the service's code."""
    contact: UUID | None = None
    """The contact in which it was asked for."""
    description: Annotated[
        str, Field(max_length=DESCRIPTION), AfterValidator(_printable), AfterValidator(_said)
    ]
    address: Line = ""
    """As a person would write it."""
    address_id: Annotated[str, Field(max_length=100, pattern=r"^[A-Za-z0-9._:-]*$")] = ""
    """As the other system knows it; in Britain most often the UPRN."""
    lat: Annotated[float, Field(ge=-90, le=90, allow_inf_nan=False)] | None = None
    """WGS84, with `long`."""
    long: Annotated[float, Field(ge=-180, le=180, allow_inf_nan=False)] | None = None

    @model_validator(mode="after")
    def _says_where(self) -> "Wanted":
        if (self.lat is None) != (self.long is None):
            raise PydanticCustomError("request", "lat and long go together")
        if not self.address and not self.address_id and self.lat is None:
            raise PydanticCustomError("request", "address, address_id, or lat and long: say where")
        return self


class ServiceRequest(Frozen):
    """A request as it is handed in."""

    id: UUID = Field(default_factory=uuid4)
    account: UUID
    service_code: str
    wanted: Wanted

    @property
    def mark(self) -> str:
        """By which people recognise it, also where it should come twice."""
        return self.id.hex[:8].upper()
