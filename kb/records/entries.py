"""What is recorded: searches, articles opened from them, and what people say back.

An entry holds no address, cookie or name, and its texts are masked as it is built: there is no
way to make one that is not.
"""

from datetime import UTC, date
from enum import StrEnum
from typing import Annotated, Literal
from uuid import UUID, uuid4

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field, TypeAdapter

from kb import clock
from kb.article import Edition, Kind
from kb.personal import mask

MAX_TEXT = 2000
"""Signs of a query or a comment that are kept."""
RESULTS = 5
"""How many of a search's results are kept, by id."""


class Surface(StrEnum):
    """Where somebody asked."""

    SITE = "site"
    WIDGET = "widget"
    API = "api"
    DESK = "desk"


class FeedbackKind(StrEnum):
    """What somebody says back."""

    ANSWER = "answer"
    """Whether an article answered the question."""
    SATISFACTION = "satisfaction"
    """A score from 1 to 5."""
    COMPLAINT = "complaint"
    COMPLIMENT = "compliment"


class Reason(StrEnum):
    """Why an article did not answer the question."""

    WRONG = "wrong"
    UNCLEAR = "unclear"
    MISSING = "missing"
    OTHER = "other"


def kept(text: str) -> str:
    """A text as it is kept: masked, cut, and of letters that every database takes."""
    if not text.isprintable():
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        text = text.encode("utf-8", "ignore").decode()
        text = "".join(letter for letter in text if letter in "\n\t" or letter.isprintable())
    return mask(text.strip(), MAX_TEXT).strip()


Kept = Annotated[str, AfterValidator(kept)]
Moment = Annotated[AwareDatetime, AfterValidator(lambda moment: moment.astimezone(UTC))]
Name = Annotated[str, Field(pattern=r"^[\w.:-]*$")]
"""An id, a generation or a fingerprint: nothing that could be a sentence."""


class Entry(BaseModel):
    """What every entry has."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: UUID = Field(default_factory=uuid4)
    """Made where the entry is made, so that one that comes twice is kept once."""
    at: Moment = Field(default_factory=clock.now)
    edition: Edition
    generation: Name
    surface: Surface
    language: Annotated[str, Field(pattern="^[a-z]{2,3}$")] = "en"
    query: Kept = ""
    """The words asked, masked; those that led there, in an opening or feedback."""


class Search(Entry):
    """A question, and what it found."""

    entry: Literal["search"] = "search"
    kind: Kind | None = None
    """Where only articles of one kind were asked for."""
    total: Annotated[int, Field(ge=0, lt=2**31)]
    unsure: bool = False
    results: Annotated[tuple[Name, ...], Field(max_length=RESULTS)] = ()
    """The ids of the first results, best first."""


class Opening(Entry):
    """An article opened from the results of a search."""

    entry: Literal["opening"] = "opening"
    article: Name


class Feedback(Entry):
    """What somebody said back."""

    entry: Literal["feedback"] = "feedback"
    kind: FeedbackKind
    article: Name | None = None
    version: Name | None = None
    """The fingerprint of the article as it was seen."""
    answered: bool | None = None
    score: Annotated[int, Field(ge=1, le=5)] | None = None
    reason: Reason | None = None
    comment: Kept = ""
    reply_by: date | None = None
    """The day by which the council's standards promise an answer."""


AnyEntry = Annotated[Search | Opening | Feedback, Field(discriminator="entry")]
ENTRIES: TypeAdapter[Search | Opening | Feedback] = TypeAdapter(AnyEntry)
"""Reads an entry of any kind from a line of JSON."""
