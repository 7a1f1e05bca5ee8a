"""What made-up residents search for, open and say back."""

from datetime import datetime, timedelta
from random import Random
from uuid import UUID

from kb.article import Edition
from kb.demo.calls import Call, Subject
from kb.records.entries import Entry, Feedback, FeedbackKind, Opening, Reason, Search, Surface

_IN_VAIN = (
    "sandbags delivered today",
    "ev charger grant for flats",
    "where is my refund from the lido",
    "hedgehog rescue",
    "report a drone",
    "hire the old fire station",
    "xmas lights switch on",
    "coach parking by the sea wall",
)
"""Nobody has written about these."""
_GENERATION = "demo"


class Journal:
    """Makes entries, the same for the same random numbers."""

    def __init__(self, random: Random) -> None:
        self._random = random

    def of_call(self, call: Call) -> list[Entry]:
        """What a contact leaves in the search log of the desk."""
        contact = call.report.contact
        common = {
            "at": contact.started_at + timedelta(seconds=8),
            "edition": Edition.STAFF,
            "generation": _GENERATION,
            "surface": Surface.DESK,
            "query": call.words,
        }
        entries: list[Entry] = [
            Search(
                id=self._id(), total=3 if contact.opened else self._random.choice((0, 2)), **common
            )
        ]
        entries += (Opening(id=self._id(), article=id_, **common) for id_ in contact.opened)
        return entries

    def of_resident(self, subject: Subject, at: datetime) -> list[Entry]:
        """A search on the public site, and what follows from it."""
        random = self._random
        common = {
            "at": at,
            "edition": Edition.PUBLIC,
            "generation": _GENERATION,
            "surface": random.choices((Surface.SITE, Surface.WIDGET), (4, 1))[0],
        }
        if random.random() < 0.05:
            return [Search(id=self._id(), query=random.choice(_IN_VAIN), total=0, **common)]
        topic = random.choice(subject.matter.topics)
        common["query"] = random.choice(topic.wordings)
        entries: list[Entry] = [
            Search(
                id=self._id(),
                total=random.randint(1, 9),
                unsure=random.random() < 0.08,
                results=(topic.article,),
                **common,
            )
        ]
        if random.random() >= (0.4 if subject.unwritten else 0.7):
            return entries
        entries.append(Opening(id=self._id(), article=topic.article, **common))
        if random.random() < 0.06:
            poor = topic is subject.failing or random.random() > subject.ease
            reason = random.choice(list(Reason)) if poor else None
            entries.append(
                Feedback(
                    id=self._id(),
                    kind=FeedbackKind.ANSWER,
                    article=topic.article,
                    answered=not poor,
                    reason=reason,
                    **common,
                )
            )
        return entries

    def _id(self) -> UUID:
        return UUID(int=self._random.getrandbits(128), version=4)
