"""`notices.yml`: holding lines for busy days."""

from datetime import date
from typing import Annotated

from pydantic import Field, model_validator

from kb.article import Audience
from kb.entries import Entry, EntryReader, Phrases
from kb.frontmatter import Day, Text
from kb.problems import Problem

PATH = "notices.yml"


class Notice(Entry):
    """A line shown with some services or queries, between two dates."""

    text: Text
    services: Phrases = ()
    queries: Phrases = ()
    audience: Audience
    from_: Annotated[Day | None, Field(alias="from")] = None
    until: Day | None = None

    @model_validator(mode="after")
    def _dates_in_order(self) -> "Notice":
        if self.from_ and self.until and self.from_ > self.until:
            raise ValueError("from is after until; put the earlier date first")
        return self

    def stands_on(self, day: date) -> bool:
        """Whether it is shown on a date, both ends included."""
        return (self.from_ is None or self.from_ <= day) and (
            self.until is None or day <= self.until
        )


def read_notices(data: bytes | None) -> tuple[tuple[Notice, ...], list[Problem]]:
    """Read the file, if there is one; a notice without a good audience is left out."""
    reader = EntryReader(PATH)
    if data is None:
        return (), []
    return tuple(notice for _, notice in reader.entries(data, Notice)), reader.problems
