"""How to reach a person, and whether somebody is there now: the API's answer."""

from pydantic import BaseModel

from kb.authority import Authority
from search_api.times import hours_shown


class EmergencyModel(BaseModel):
    """Who answers when everybody else has gone home."""

    telephone: str
    covers: str
    """What for, as in "for dangerous structures"."""


class HoursLine(BaseModel):
    """Days and their hours, as in "Monday to Friday" and "9am to 5pm"."""

    days: str
    hours: str


class PartnerModel(BaseModel):
    """Another body, which some articles name as their provider."""

    id: str
    name: str
    telephone: str | None
    website: str | None


class ContactAnswer(BaseModel):
    """How to reach the authority; a field is null where it has not said so."""

    generation: str
    name: str
    telephone: str | None
    email: str | None
    sms: str | None
    """What to do to send one."""
    website: str | None
    emergency: EmergencyModel | None
    open: bool | None
    """Whether the telephone is answered at this moment."""
    opening: str | None
    """That in words, with when it changes, as "Open until 5.30pm"."""
    week: list[HoursLine]
    different: list[HoursLine]
    """The dates soon to come that are not as in the week."""
    partners: list[PartnerModel]


def contact_answer(authority: Authority, generation: str) -> ContactAnswer:
    """The answer at this moment, in the language that was asked for."""
    channels = authority.channels
    shown = hours_shown(channels.hours, authority) if channels.hours else None
    return ContactAnswer(
        generation=generation,
        name=authority.name,
        telephone=channels.telephone,
        email=channels.email,
        sms=channels.sms,
        website=channels.website,
        emergency=EmergencyModel(**dict(channels.emergency)) if channels.emergency else None,
        open=shown.is_open if shown else None,
        opening=shown.now if shown else None,
        week=_lines(shown.week) if shown else [],
        different=_lines(shown.different) if shown else [],
        partners=[
            PartnerModel(id=one.id, name=one.name, telephone=one.telephone, website=one.website)
            for one in authority.partners
        ],
    )


def _lines(shown: tuple[tuple[str, str], ...]) -> list[HoursLine]:
    return [HoursLine(days=days, hours=hours) for days, hours in shown]
