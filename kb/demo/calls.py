"""One made-up contact: what is asked, how it goes, how long it takes."""

import math
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import accumulate
from random import Random
from uuid import UUID

from kb.contacts.contact import Channel, Contact, Outcome, Report
from kb.demo.scenery import Matter, Scenery, Topic

_FIRST = 0.84
"""Of all contacts, those that are the first about their matter."""
_CHANNELS = {
    Channel.TELEPHONE: (78, 205),
    Channel.EMAIL: (9, 330),
    Channel.IN_PERSON: (6, 400),
    Channel.WEB_CHAT: (5, 370),
    Channel.TEXT: (1, 120),
    Channel.LETTER: (1, 560),
}
"""How frequent each is, in a hundred, and its median length in seconds."""
_SPREAD = 0.55
"""The standard deviation of a length's logarithm."""
_MISSED = {Outcome.HANDED_OVER: 58, Outcome.CALL_BACK: 27, Outcome.ABANDONED: 15}
_AVOIDABLE = {True: 0.1, False: 0.6}
"""How likely a contact need not have been: a first one, a repeat."""
_REASONS = {
    "unnecessary-clarification": (5, 1),
    "poor-signposting": (4, 1),
    "repeated-notification": (0, 3),
    "progress-chasing": (0, 6),
    "closed-too-soon": (0, 2),
}
"""How frequent each is in first contacts, and in repeats; others once in either."""
_NOTES = (
    "Wanted it in writing.",
    "Had looked online first and did not find it.",
    "Second address on the same street has it too.",
    "Asked to speak Welsh.",
    "Will come in with the form.",
)


@dataclass(frozen=True)
class Subject:
    """A matter, and how well it is answered."""

    matter: Matter
    ease: float
    """How likely a first contact about it is resolved, from 0 to 1."""
    unwritten: bool
    """Whether what callers want to know mostly stands nowhere."""
    failing: Topic | None
    """An article that seldom is enough."""


@dataclass(frozen=True)
class Agent:
    """Somebody who takes contacts."""

    account: UUID
    team: str | None
    skill: float
    """Added to how likely a contact is resolved."""


@dataclass(frozen=True)
class Call:
    """A contact, and what it was about."""

    report: Report
    topic: Topic
    words: str
    """What was searched for first."""


class Calls:
    """Makes contacts, the same for the same random numbers."""

    def __init__(self, random: Random, scenery: Scenery) -> None:
        self._random = random
        self._reasons = [reason.id for reason in scenery.authority.avoidable]
        weights = [_REASONS.get(id_, (1, 1)) for id_ in self._reasons]
        self._reason_weights = {
            first: list(accumulate(pair[not first] for pair in weights)) for first in (True, False)
        }
        self._channels = list(_CHANNELS)
        self._channel_weights = list(accumulate(weight for weight, _ in _CHANNELS.values()))

    def call(self, agent: Agent, subject: Subject, at: datetime, mood: float) -> Call:
        """A contact that begins at a moment.

        Args:
            agent: who takes it.
            subject: what it is about.
            at: when it begins.
            mood: added to how likely it is resolved.
        """
        random = self._random
        first = random.random() < _FIRST
        topic = self._topic(subject)
        likely = subject.ease * (0.35 if topic is subject.failing else 1) + agent.skill + mood
        resolved = random.random() < likely * (1 if first else 0.85)
        outcome = self._outcome(resolved=resolved)
        channel = random.choices(self._channels, cum_weights=self._channel_weights)[0]
        seconds = random.lognormvariate(math.log(_CHANNELS[channel][1]), _SPREAD)
        ended = at + timedelta(seconds=round(seconds * (1 if resolved else 1.25)))
        found = resolved or not (subject.unwritten and random.random() < 0.8)
        words = random.choice(topic.wordings)
        searches = [words]
        if not found or random.random() < 0.2:
            searches.append(random.choice(topic.wordings))
        contact = Contact(
            id=UUID(int=random.getrandbits(128), version=4),
            started_at=at,
            ended_at=ended,
            channel=channel,
            outcome=outcome,
            first=first,
            avoidable=self._avoidable(first=first),
            handed_to=subject.matter.handed_to if outcome is Outcome.HANDED_OVER else None,
            call_back_by=at + timedelta(days=2) if outcome is Outcome.CALL_BACK else None,
            service=None if random.random() < 0.03 else subject.matter.service,
            answered_by=topic.article if resolved else None,
            opened=(topic.article,) if found else (),
            searches=tuple(dict.fromkeys(searches)),
            case=f"DEMO-{random.randrange(10**5):05}" if random.random() < 0.2 else None,
            notes=random.choice(_NOTES) if random.random() < 0.04 else "",
        )
        report = Report(contact=contact, account=agent.account, team=agent.team)
        return Call(report, topic, words)

    def corrected(self, report: Report) -> Report:
        """The same contact, as its agent puts it right later: it was resolved after all."""
        contact = report.contact.model_copy(
            update={
                "id": UUID(int=self._random.getrandbits(128), version=4),
                "outcome": Outcome.RESOLVED,
                "handed_to": None,
                "call_back_by": None,
            }
        )
        return report.model_copy(update={"contact": contact, "corrects": report.id})

    def _topic(self, subject: Subject) -> Topic:
        if subject.failing is not None and self._random.random() < 0.5:
            return subject.failing
        return self._random.choice(subject.matter.topics)

    def _outcome(self, *, resolved: bool) -> Outcome:
        if resolved:
            helped = self._random.random() < 0.15
            return Outcome.RESOLVED_WITH_HELP if helped else Outcome.RESOLVED
        return self._random.choices(list(_MISSED), list(_MISSED.values()))[0]

    def _avoidable(self, *, first: bool) -> str | None:
        if not self._reasons or self._random.random() >= _AVOIDABLE[first]:
            return None
        weights = self._reason_weights[first]
        return self._random.choices(self._reasons, cum_weights=weights)[0] if weights[-1] else None
