"""The shape of a flag as it comes in, from a program, a script of the desk, or a form."""

from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, model_validator
from pydantic.config import JsonDict
from pydantic_core import PydanticCustomError

from kb.contacts.contact import MOST, Id
from kb.flags.flag import FlagKind
from kb.records.entries import MAX_TEXT

_SAYING_ENOUGH: tuple[JsonDict, ...] = (
    {
        "required": ["article"],
        "properties": {
            "kind": {"enum": ["wrong", "unclear", "missing"]},
            "article": {"type": "string"},
        },
    },
    {
        "required": ["article", "comment"],
        "properties": {
            "kind": {"const": "said-differently"},
            "article": {"type": "string"},
            "comment": {"pattern": r"\S"},
        },
    },
    {
        "required": ["query"],
        "properties": {
            "kind": {"const": "nobody-has-written"},
            "article": {"type": "null"},
            "query": {"pattern": r"\S"},
        },
    },
)
"""What each kind has to have, as the API's description says it; the validator below holds it."""

Text = Annotated[str, Field(max_length=MAX_TEXT)]


class FlagBody(BaseModel):
    """What is flagged. Telephone numbers and the like are masked before it is kept."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", json_schema_extra={"anyOf": list(_SAYING_ENOUGH)}
    )

    id: Annotated[
        UUID | None,
        Field(description="made by the sender, so that what is sent again is kept once"),
    ] = None
    kind: Annotated[FlagKind, Field(description="what is said")]
    article: Annotated[Id | None, Field(description="the article it is about, by id")] = None
    query: Annotated[Text, Field(description="the words searched for")] = ""
    trail: Annotated[
        list[Text], Field(max_length=MOST, description="all searches on the way, in their order")
    ] = []
    comment: Annotated[
        Text, Field(description="what is wrong; of said-differently the caller's words")
    ] = ""

    @model_validator(mode="after")
    def _says_enough(self) -> "FlagBody":
        if self.kind is FlagKind.NOBODY_HAS_WRITTEN:
            if self.article is not None:
                raise _wrong("article: leave it out where nobody has written one")
            if not self.query.strip():
                raise _wrong("query: say what was searched for")
        elif self.article is None:
            raise _wrong("article: say which it is about, by id")
        elif self.kind is FlagKind.SAID_DIFFERENTLY and not self.comment.strip():
            raise _wrong("comment: give the caller's words")
        return self


class FlagAnswer(BaseModel):
    """What was taken."""

    id: UUID


def _wrong(said: str) -> PydanticCustomError:
    return PydanticCustomError("flag", "{said}", {"said": said})
