"""The types of https://schema.org/ that pages describe themselves with, each named as it is."""

from datetime import date, datetime, time
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, computed_field
from pydantic.alias_generators import to_camel


class Thing(BaseModel):
    """Anything; what is None or empty is not said."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", alias_generator=to_camel, populate_by_name=True
    )

    @computed_field(alias="@type")  # type: ignore[prop-decorator]
    @property
    def type_(self) -> str:
        """What it is."""
        return type(self).__name__


class ListItem(Thing):
    """A step of a trail; the first has position 1."""

    position: int
    name: str
    item: str


class BreadcrumbList(Thing):
    """The trail from the first page to this one."""

    item_list_element: tuple[ListItem, ...]


class ContactPoint(Thing):
    """A way to reach somebody."""

    telephone: str | None = None
    email: str | None = None


class GovernmentOrganization(Thing):
    """A council, or another body of the state."""

    name: str
    url: str | None = None
    telephone: str | None = None
    email: str | None = None
    logo: str | None = None


class ServiceChannel(Thing):
    """A way to get a service."""

    name: str
    service_url: str | None = None
    service_phone: ContactPoint | None = None


class PropertyValue(Thing):
    """A code of some list."""

    property_id: str = Field(alias="propertyID")
    value: str


class GovernmentService(Thing):
    """Something that a body of the state does for people."""

    name: str
    description: str | None
    url: str
    provider: GovernmentOrganization
    available_channel: tuple[ServiceChannel, ...] | None
    identifier: PropertyValue | None
    date_modified: datetime


class Answer(Thing):
    """What is answered."""

    text: str


class Question(Thing):
    """What is asked, in one or several wordings."""

    name: str
    alternate_name: tuple[str, ...] | None
    accepted_answer: Answer


class FAQPage(Thing):
    """A page of questions with their answers."""

    name: str
    url: str
    in_language: str
    main_entity: tuple[Question, ...]
    date_modified: datetime


class Article(Thing):
    """A text to read."""

    headline: str
    description: str | None
    url: str
    in_language: str
    publisher: GovernmentOrganization
    date_modified: datetime


class OpeningHoursSpecification(Thing):
    """Open on days of the week or between dates; from 0:00 to 0:00 is closed all day."""

    day_of_week: tuple[str, ...] | None = None
    opens: time
    closes: time
    valid_from: date | None = None
    valid_through: date | None = None


class GovernmentOffice(Thing):
    """Somewhere people can come in."""

    name: str
    description: str | None
    url: str
    address: str | None
    telephone: str | None
    parent_organization: GovernmentOrganization
    opening_hours_specification: tuple[OpeningHoursSpecification, ...] | None
    special_opening_hours_specification: tuple[OpeningHoursSpecification, ...] | None


class EntryPoint(Thing):
    """Where a search begins; `{search_term_string}` stands for the words."""

    url_template: str


class SearchAction(Thing):
    """The search of a site."""

    target: EntryPoint
    query_input: str = Field(alias="query-input")


class WebSite(Thing):
    """A site with its search."""

    name: str
    url: str
    publisher: GovernmentOrganization
    potential_action: SearchAction


def as_json_ld(things: tuple[Thing, ...]) -> dict[str, Any]:
    """A JSON-LD document that says all these things."""
    graph = [thing.model_dump(mode="json", by_alias=True, exclude_none=True) for thing in things]
    return {"@context": "https://schema.org", "@graph": graph}
