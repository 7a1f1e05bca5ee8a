"""The outcome bar as the page has it: what it offers, and what is filled in."""

from dataclasses import dataclass
from datetime import datetime
from typing import Self
from uuid import uuid4

from flask import request
from pydantic import BaseModel, ConfigDict
from werkzeug.datastructures import MultiDict

from indexer.people import Listing, ListingKind
from indexer.search import Searcher
from kb import clock
from kb.authority import AvoidableReason
from kb.contacts.contact import Channel, Contact, Outcome
from search_api.contacts.bodies import ContactBody
from search_api.desk.answer import AnswerShown
from search_api.desk.handover import PersonShown
from search_api.desk.times import usual_time

CHANNEL = "firstline-channel"
"""The cookie in which a browser without scripts keeps the channel from call to call."""


class Filled(BaseModel):
    """The fields of the form, each as it was filled in: empty where it was not."""

    model_config = ConfigDict(frozen=True)

    id: str = ""
    corrects: str = ""
    started_at: str = ""
    searched: str = ""
    answered_by: str = ""
    channel: str = Channel.TELEPHONE.value
    outcome: str = ""
    repeat: str = ""
    avoidable: str = ""
    handed_to: str = ""
    call_back_by: str = ""
    """Local time, without a zone."""
    case: str = ""
    notes: str = ""

    @classmethod
    def sent(cls, form: "MultiDict[str, str]") -> Self:
        """As it came in."""
        return cls.model_validate({name: form.get(name, "") for name in cls.model_fields})

    @classmethod
    def of(cls, contact: Contact, corrects: str) -> Self:
        """A contact that is to be put right."""
        by = contact.call_back_by
        return cls(
            id=str(uuid4()),
            corrects=corrects,
            started_at=contact.started_at.isoformat(),
            channel=contact.channel,
            repeat="" if contact.first else "1",
            avoidable=contact.avoidable or "",
            handed_to=contact.handed_to or "",
            call_back_by=_local(by) if by else "",
            case=contact.case or "",
            notes=contact.notes,
        )

    def contact(self, stood: Contact | None, service: str | None) -> ContactBody:
        """The contact that this says.

        Args:
            stood: the contact that it corrects, whose trail it keeps.
            service: of the article that answered.

        Raises:
            ValidationError, ValueError: if it says none.
        """
        trail: dict[str, object] = {
            "started_at": self.started_at,
            "ended_at": clock.now(),
            "searches": tuple(filter(None, [self.searched])),
            "opened": tuple(filter(None, [self.answered_by])),
            "answered_by": self.answered_by or None,
            "service": service,
        }
        by = datetime.fromisoformat(self.call_back_by) if self.call_back_by else None
        handed_over = self.outcome == Outcome.HANDED_OVER
        call_back = self.outcome == Outcome.CALL_BACK
        return ContactBody.model_validate(
            {
                **(dict(stood) if stood is not None else trail),
                "id": self.id,
                "channel": self.channel,
                "outcome": self.outcome,
                "first": not self.repeat,
                "avoidable": self.avoidable or None,
                "handed_to": (self.handed_to or None) if handed_over else None,
                "call_back_by": by.replace(tzinfo=clock.ZONE) if by and call_back else None,
                "case": self.case.strip() or None,
                "notes": self.notes,
            }
        )


@dataclass(frozen=True)
class Bar:
    """The outcome bar."""

    filled: Filled
    whom: tuple[Listing, ...]
    """Teams and partners to hand over to; first whom the answer on screen says."""
    reasons: tuple[AvoidableReason, ...]
    problem: str = ""
    """Why what was filled in is not recorded."""
    recorded: str = ""
    """The id of the contact that was recorded just now."""


def fresh(
    searcher: Searcher, words: str, answer: AnswerShown | None, person: PersonShown | None
) -> Filled:
    """What is filled in while a call goes on: what is on screen, and when it began."""
    suggested = _suggested(answer, person)
    return Filled(
        id=str(uuid4()),
        started_at=request.args.get("began", "")[:40] or clock.now().isoformat(),
        searched=words,
        answered_by=answer.article.id if answer else "",
        channel=request.cookies.get(CHANNEL, Channel.TELEPHONE.value),
        handed_to=suggested[0].id if suggested else "",
        call_back_by=_local(usual_time(searcher.generation.setting.authority)),
    )


def to_whom(
    searcher: Searcher, answer: AnswerShown | None, person: PersonShown | None
) -> tuple[Listing, ...]:
    """Whom a call can be handed over to, those first whom the screen says."""
    everybody = [one for one in searcher.people.all() if one.kind is not ListingKind.PERSON]
    found = {one.id: one for one in [*_suggested(answer, person), *everybody]}
    return tuple(found.values())


def _suggested(answer: AnswerShown | None, person: PersonShown | None) -> list[Listing]:
    shown = [*([person] if person else []), *(answer.handover if answer else ())]
    return [one.listing for one in shown]


def _local(moment: datetime) -> str:
    return f"{moment.astimezone(clock.ZONE):%Y-%m-%dT%H:%M}"
