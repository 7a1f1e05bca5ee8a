"""A contact: one call, visit or message, and how it went. What was said is masked as it is built.

No name, address or number of a caller has a place in it. The reference to a case of another system
is kept as it is: it leads nowhere without that system.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from enum import StrEnum
from typing import Annotated, Self
from uuid import UUID

from pydantic import (
    AfterValidator,
    AwareDatetime,
    Field,
    StrictBool,
    field_validator,
)
from pydantic_core import PydanticCustomError
from pydantic_core.core_schema import ValidationInfo

from kb.article import Frozen
from kb.frontmatter import ID_PATTERN
from kb.records.entries import MAX_TEXT, kept

MOST = 100
"""Searches, openings or steps of one contact."""


class Channel(StrEnum):
    """How the caller came."""

    TELEPHONE = "telephone"
    IN_PERSON = "in-person"
    EMAIL = "email"
    TEXT = "text"
    WEB_CHAT = "web-chat"
    LETTER = "letter"


class Outcome(StrEnum):
    """How a contact ended."""

    RESOLVED = "resolved"
    RESOLVED_WITH_HELP = "resolved-with-help"
    """The caller was led through what is online."""
    HANDED_OVER = "handed-over"
    CALL_BACK = "call-back"
    ABANDONED = "abandoned"


When = Annotated[
    AwareDatetime,
    Field(ge=datetime(2000, 1, 1, tzinfo=UTC), lt=datetime(2200, 1, 1, tzinfo=UTC)),
    AfterValidator(lambda moment: moment.astimezone(UTC)),
]
"""A moment, with its zone; kept in UTC."""
Id = Annotated[str, Field(max_length=200, pattern=f"^{ID_PATTERN}$")]
Said = Annotated[str, Field(max_length=MAX_TEXT), AfterValidator(kept)]
"""A text in which a caller's own words may be: masked."""
Case = Annotated[str, Field(max_length=100, pattern=r"^[A-Za-z0-9][A-Za-z0-9 ./:#_-]*$")]
"""A reference as another system writes it: no sentence, no e-mail address."""


def _not_empty(said: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(filter(None, said))


class PathStep(Frozen):
    """An answer given at a step of a guide."""

    guide: Id
    step: Id
    answer: Said


class Draft(Frozen):
    """A contact as far as it has come: everything in it may be wanting."""

    id: UUID | None = None
    """Made where the contact is recorded, so that one that comes twice is kept once."""
    started_at: When | None = None
    ended_at: When | None = None
    channel: Channel | None = None
    outcome: Outcome | None = None
    first: StrictBool | None = None
    """Whether the caller had not been in touch about this before."""
    avoidable: Id | None = None
    """Why the contact need not have been, by the id of a reason; None where it had to be."""
    handed_to: Id | None = None
    """A person, team or partner, by id."""
    call_back_by: When | None = None
    service: Id | None = None
    answered_by: Id | None = None
    """The article that answered."""
    opened: Annotated[tuple[Id, ...], Field(max_length=MOST)] = ()
    """Articles, in the order in which they were opened."""
    searches: Annotated[tuple[Said, ...], Field(max_length=MOST), AfterValidator(_not_empty)] = ()
    path: Annotated[tuple[PathStep, ...], Field(max_length=MOST)] = ()
    case: Case | None = None
    """The reference of the case in another system."""
    notes: Said = ""


class Contact(Draft):
    """A contact that has ended; what it says goes together."""

    id: UUID
    started_at: When
    ended_at: When
    channel: Channel
    outcome: Outcome
    first: StrictBool
    handed_to: Annotated[Id | None, Field(validate_default=True)] = None
    call_back_by: Annotated[When | None, Field(validate_default=True)] = None

    @field_validator("ended_at")
    @classmethod
    def _ends_after_it_began(cls, ended_at: datetime, info: ValidationInfo) -> datetime:
        started_at = info.data.get("started_at")
        if started_at is not None and ended_at < started_at:
            raise _wrong("is before started_at; a contact ends after it began")
        return ended_at

    @field_validator("handed_to")
    @classmethod
    def _says_to_whom(cls, handed_to: str | None, info: ValidationInfo) -> str | None:
        _goes_with(Outcome.HANDED_OVER, "say to whom, by id", handed_to, info.data)
        return handed_to

    @field_validator("call_back_by")
    @classmethod
    def _says_by_when(cls, by: datetime | None, info: ValidationInfo) -> datetime | None:
        _goes_with(Outcome.CALL_BACK, "say by when", by, info.data)
        started_at = info.data.get("started_at")
        if by is not None and started_at is not None and by < started_at:
            raise _wrong("is before started_at; a call back is promised for later")
        return by

    def without_texts(self) -> Self:
        """The contact once its texts are erased."""
        return self.model_copy(update={"searches": (), "case": None, "notes": ""})


class Report(Frozen):
    """A contact as it is handed in."""

    contact: Contact
    account: UUID
    """Of whoever took it."""
    team: Id | None = None
    """Of that account, by directory id."""
    corrects: UUID | None = None
    """The contact that it puts right, where it is a correction: as it was first recorded."""
    of_anyone: bool = False
    """Whether that may be a contact which somebody else took."""

    @property
    def id(self) -> UUID:
        """The contact's own."""
        return self.contact.id


def _goes_with(wanted: Outcome, fix: str, value: object, known: Mapping[str, object]) -> None:
    """See that a value is there with one outcome, and with no other."""
    outcome = known.get("outcome")
    if outcome is wanted and value is None:
        raise _wrong(f"is missing; where the outcome is {wanted.value}, {fix}")
    if outcome not in (wanted, None) and value is not None:
        raise _wrong(f"goes only with the outcome {wanted.value}, not {outcome}; leave it out")


def _wrong(said: str) -> PydanticCustomError:
    return PydanticCustomError("contact", "{said}", {"said": said})
