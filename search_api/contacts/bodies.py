"""The shapes of contacts as they come in and go out."""

from datetime import UTC, datetime, timedelta
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, field_validator
from pydantic.config import JsonDict
from pydantic_core import PydanticCustomError

from indexer.results import MAX_PAGE
from kb import clock
from kb.authority import AvoidableReason
from kb.contacts.contact import Channel, Contact, Id, Outcome
from kb.contacts.finding import Recorded, Version, Wanted
from search_api.schemas import Day, Parameters

AHEAD = timedelta(minutes=1)
"""How much another clock may be ahead of ours."""

_NULL: JsonDict = {"type": "null"}
_TEXT: JsonDict = {"type": "string"}
_OUTCOMES: tuple[JsonDict, ...] = (
    {
        "properties": {
            "outcome": {"enum": ["resolved", "resolved-with-help", "abandoned"]},
            "handed_to": _NULL,
            "call_back_by": _NULL,
        },
    },
    {
        "required": ["handed_to"],
        "properties": {
            "outcome": {"const": "handed-over"},
            "handed_to": _TEXT,
            "call_back_by": _NULL,
        },
    },
    {
        "required": ["call_back_by"],
        "properties": {
            "outcome": {"const": "call-back"},
            "handed_to": _NULL,
            "call_back_by": _TEXT,
        },
    },
)
"""What goes with which outcome, as the API's description says it; `Contact` holds it."""

IdOrSign = Annotated[str, Field(max_length=200, pattern=r"^([a-z0-9][a-z0-9-]*|[*-])$")]
"""An id; `-` for none, `*` for any."""


class ContactBody(Contact):
    """A contact that has ended. Telephone numbers and the like are masked before it is kept."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", json_schema_extra={"anyOf": list(_OUTCOMES)}
    )

    @field_validator("started_at", "ended_at")
    @classmethod
    def _has_been(cls, moment: datetime) -> datetime:
        if moment > clock.now() + AHEAD:
            raise PydanticCustomError(
                "future", "is in the future; see that the clock and its time zone are right"
            )
        return moment


class TakenAnswer(BaseModel):
    """What was taken in."""

    id: UUID
    seq: int | None
    """Its number in the chain of records; null while it waits for the database."""


class ContactPath(Parameters):
    """Which contact."""

    id: Annotated[UUID, Field(description="the contact's id")]


class ContactsQuery(Parameters):
    """Which contacts are asked for: those that everything said here is true of."""

    from_: Annotated[
        Day | None, Field(alias="from", description="the day they began, or later")
    ] = None
    to: Annotated[Day | None, Field(description="the day they began, or earlier")] = None
    service: Annotated[
        IdOrSign | None, Field(description="an article's id; - for none, * for any")
    ] = None
    team: Annotated[IdOrSign | None, Field(description="a directory id; - or *")] = None
    avoidable: Annotated[IdOrSign | None, Field(description="a reason's id; - or *")] = None
    answer: Annotated[
        IdOrSign | None,
        Field(description="the article that answered, or else was opened last; its id, - or *"),
    ] = None
    channel: Annotated[tuple[Channel, ...], Field(description="one of these")] = ()
    outcome: Annotated[tuple[Outcome, ...], Field(description="one of these")] = ()
    first: Annotated[
        bool | None, Field(description="whether the caller had not been in touch before")
    ] = None
    page: Annotated[int, Field(ge=1, le=MAX_PAGE, description="from 1")] = 1
    size: Annotated[int, Field(ge=1, le=200, description="contacts a page")] = 50

    def wanted(self, account: UUID | None) -> Wanted:
        """What is looked for; of one account, where one is given."""
        return Wanted(
            since=self.from_,
            until=self.to,
            service=self.service,
            team=self.team,
            avoidable=self.avoidable,
            answer=self.answer,
            channels=self.channel,
            outcomes=self.outcome,
            first=self.first,
            account=account,
        )


class VersionAnswer(Contact):
    """A contact as it stands, or as it once stood."""

    seq: int
    """The number of its row in the chain of records."""
    at: datetime
    """When it was taken in."""
    account: UUID
    """Of whoever took it."""
    team: Id | None
    erased: bool
    """Whether its searches, notes and case are erased."""


class CurrentAnswer(VersionAnswer):
    """A contact as it stands, under the id that it was first recorded with."""

    corrections: int


class ContactsAnswer(BaseModel):
    """A page of contacts, the last that began first."""

    total: int
    page: int
    contacts: list[CurrentAnswer]


class HistoryAnswer(BaseModel):
    """A contact with all that was recorded of it, oldest first; the last is how it stands."""

    id: UUID
    versions: list[VersionAnswer]


class ReasonsAnswer(BaseModel):
    """Why a contact need not have been: what there is to choose from."""

    reasons: list[AvoidableReason]


def version_answer(version: Version) -> VersionAnswer:
    """A version of a contact, under its own id."""
    return VersionAnswer.model_validate({**dict(version.contact), **_around(version)})


def current_answer(recorded: Recorded) -> CurrentAnswer:
    """A contact as it stands."""
    return CurrentAnswer.model_validate(
        {
            **dict(recorded.version.contact),
            **_around(recorded.version),
            "id": recorded.id,
            "corrections": recorded.corrections,
        }
    )


def _around(version: Version) -> dict[str, object]:
    return {
        "seq": version.seq,
        "at": version.at.astimezone(UTC),
        "account": version.account,
        "team": version.team,
        "erased": version.erased,
    }
