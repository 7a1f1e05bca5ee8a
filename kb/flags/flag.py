"""A flag: what staff say about an answer, or that there is none; masked as it is built."""

from enum import StrEnum
from typing import Annotated
from uuid import UUID, uuid4

from pydantic import Field

from kb import clock
from kb.article import Frozen
from kb.contacts.contact import MOST, Id, Said
from kb.personal import MARK
from kb.records.entries import Moment


class FlagKind(StrEnum):
    """What is said."""

    WRONG = "wrong"
    UNCLEAR = "unclear"
    MISSING = "missing"
    """The article leaves out what the caller needs."""
    SAID_DIFFERENTLY = "said-differently"
    """The article answers; callers use other words."""
    NOBODY_HAS_WRITTEN = "nobody-has-written"
    """Nothing answers the question."""


class FlagState(StrEnum):
    """What became of a flag."""

    OPEN = "open"
    DONE = "done"
    DECLINED = "declined"


class Flag(Frozen):
    """A flag, about an article or, where there is none, about the words searched for."""

    id: UUID = Field(default_factory=uuid4)
    """Made where the flag is made, so that one that comes twice is kept once."""
    at: Moment = Field(default_factory=clock.now)
    account: UUID
    """Of whoever raised it."""
    kind: FlagKind
    article: Id | None = None
    query: Said = ""
    """The words searched for."""
    trail: Annotated[tuple[Said, ...], Field(max_length=MOST)] = ()
    """All that was searched for on the way."""
    comment: Said = ""
    """What is wrong; of `said-differently` the caller's words."""

    @property
    def wording(self) -> str:
        """The caller's words, where the flag is about them and they are not masked as a whole."""
        if self.kind is not FlagKind.SAID_DIFFERENTLY:
            return ""
        said = " ".join((self.comment or self.query).split())
        return "" if said == MARK else said
