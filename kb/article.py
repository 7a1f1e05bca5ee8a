"""The one type that travels: an article as it stands in one edition, complete and frozen."""

from datetime import date
from enum import StrEnum

from pydantic import BaseModel, ConfigDict

from kb.hours import OpeningHours


class Kind(StrEnum):
    """What an article is; the content folder it lies in gives the default."""

    SERVICE = "service"
    FAQ = "faq"
    GUIDE = "guide"
    PLACE = "place"


class Audience(StrEnum):
    """Whom a piece of content is written for."""

    PUBLIC = "public"
    STAFF = "staff"


class Edition(StrEnum):
    """One published set of the knowledge base; the staff edition holds all of the public one."""

    PUBLIC = "public"
    STAFF = "staff"

    def admits(self, audience: Audience) -> bool:
        """Whether content written for `audience` belongs in this edition."""
        return self is Edition.STAFF or audience is Audience.PUBLIC


class Frozen(BaseModel):
    """A value: cannot be changed once built, and has no field that is not declared."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Action(Frozen):
    """One way to get the thing done."""

    label: str
    url: str
    kind: str


class StepAnswer(Frozen):
    """One answer to a decision step, and where it leads: a step of the guide or an article."""

    label: str
    go: str


class Step(Frozen):
    """One question of a guided script."""

    id: str
    ask: str
    answers: tuple[StepAnswer, ...] = ()


class Section(Frozen):
    """A stretch of an article under one heading: the passage a search answers with."""

    anchor: str
    """The fragment of its address; empty for the text before the first heading."""
    heading: str
    level: int
    """2 or 3, as in `<h2>`; 2 where there is no heading."""
    audience: Audience
    """`staff` inside a staff block, which only the staff edition has."""
    html: str
    """Sanitised; internal links point into this edition alone."""
    text: str
    """The same without mark-up; one line a paragraph."""


class Article(Frozen):
    """An article in one edition. Every reference in it leads somewhere in that edition."""

    id: str
    language: str
    title: str
    kind: Kind
    audience: Audience
    summary: str = ""
    questions: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    a_z: tuple[str, ...] = ()
    service: str | None = None
    lgsl: int | None = None
    provider: str | None = None
    promoted_for: tuple[str, ...] = ()
    actions: tuple[Action, ...] = ()
    standard: str = ""
    number: str | None = None
    service_code: str | None = None
    owner: str | None = None
    file: str | None = None
    """Where it is written, below the content folder; known to staff alone."""
    verified: date | None = None
    review_by: date | None = None
    related: tuple[str, ...] = ()
    address: str = ""
    hours: OpeningHours | None = None
    services: tuple[str, ...] = ()
    ask: tuple[str, ...] = ()
    steps: tuple[Step, ...] = ()
    sections: tuple[Section, ...] = ()

    @property
    def lead(self) -> str:
        """The short answer: the summary, or the first paragraph where there is none."""
        if self.summary:
            return self.summary
        return self.sections[0].text.split("\n", 1)[0] if self.sections else ""

    @property
    def key(self) -> str:
        """Its name in the edition: the id, with the language behind it in a translation."""
        return self.id if self.language == "en" else f"{self.id}.{self.language}"

    def completed_by(self, original: "Article") -> "Article":
        """A translation that takes from its original what it leaves out and no language changes."""
        left_out = {
            name: value
            for name in _SAME_IN_EVERY_LANGUAGE
            if not getattr(self, name) and (value := getattr(original, name))
        }
        return self.model_copy(update=left_out) if left_out else self


_SAME_IN_EVERY_LANGUAGE = (
    *("service", "lgsl", "provider", "number", "service_code", "owner", "verified", "review_by"),
    *("related", "address", "hours", "services"),
)
