"""The shape of feedback as it comes in, from a program or a form."""

from datetime import date
from typing import Annotated, Any
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, ValidationInfo, field_validator
from pydantic.config import JsonDict
from pydantic_core import PydanticCustomError

from kb.records.entries import MAX_TEXT, FeedbackKind, Reason

WORDED = (FeedbackKind.COMPLAINT, FeedbackKind.COMPLIMENT)

_ANSWER: JsonDict = {"const": "answer"}
_SAYING_SOMETHING: tuple[JsonDict, ...] = (
    {"required": ["answered"], "properties": {"kind": _ANSWER, "answered": {"type": "boolean"}}},
    {"required": ["reason"], "properties": {"kind": _ANSWER, "reason": {"type": "string"}}},
    {
        "required": ["kind", "score"],
        "properties": {"kind": {"const": "satisfaction"}, "score": {"type": "integer"}},
    },
    {
        "required": ["comment"],
        "properties": {
            "kind": {"enum": ["answer", "complaint", "compliment"]},
            "comment": {"pattern": r"\S"},
        },
    },
)
"""What each kind has to have, as the API's description says it; the validators below hold it."""

Said = Annotated[str, Field(max_length=MAX_TEXT)]


class FeedbackBody(BaseModel):
    """What somebody says. Telephone numbers and the like are masked before it is kept."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, json_schema_extra={"anyOf": list(_SAYING_SOMETHING)}
    )

    kind: Annotated[FeedbackKind, Field(description="what is said")] = FeedbackKind.ANSWER
    article: Annotated[
        str | None, Field(max_length=200, description="the id of the article it is about")
    ] = None
    answered: Annotated[
        bool | None, Field(description="whether the article answered the question")
    ] = None
    reason: Annotated[Reason | None, Field(description="why it did not")] = None
    score: Annotated[
        int | None,
        Field(ge=1, le=5, validate_default=True, description="5 is best; for satisfaction"),
    ] = None
    comment: Annotated[
        Said,
        Field(
            validate_default=True, description="in their words; a complaint or compliment has it"
        ),
    ] = ""
    query: Annotated[Said, Field(description="the words that led there")] = ""
    lang: Annotated[str, Field(pattern="^[a-z]{2,3}$", description="the page's language")] = "en"

    @field_validator("comment", "query", mode="before")
    @classmethod
    def _one_line_end(cls, text: Any) -> Any:
        """A form sends two characters for each line end, and counts one."""
        return text.replace("\r\n", "\n") if isinstance(text, str) else text

    @field_validator("score", mode="before")
    @classmethod
    def _whole(cls, score: Any) -> Any:
        """3.0 is a whole number in JSON."""
        return int(score) if isinstance(score, float) and score.is_integer() else score

    @field_validator("score")
    @classmethod
    def _scored(cls, score: int | None, info: ValidationInfo) -> int | None:
        if score is None and info.data.get("kind") is FeedbackKind.SATISFACTION:
            raise PydanticCustomError("unsaid", "give a score from 1 to 5")
        return score

    @field_validator("comment")
    @classmethod
    def _worded(cls, comment: str, info: ValidationInfo) -> str:
        kind, said = info.data.get("kind"), ("answered", "reason")
        if comment.strip():
            return comment
        if kind in WORDED:
            raise PydanticCustomError("unsaid", "say what it is about")
        if kind is FeedbackKind.ANSWER and all(info.data.get(name, 0) is None for name in said):
            raise PydanticCustomError("unsaid", "say whether it was answered, or what was not")
        return comment


class FeedbackAnswer(BaseModel):
    """What was kept."""

    id: UUID
    """The reference to quote."""
    reply_by: date | None
    """The day by which the council's standards promise an answer."""
