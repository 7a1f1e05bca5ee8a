"""All figures of a period together, as they were at one moment."""

from dataclasses import dataclass

from kb.article import Edition
from kb.figures.contacts import ContactFigures, contact_figures
from kb.figures.path import Path, path_to
from kb.figures.period import Period
from kb.figures.proportion import Proportion
from kb.figures.searches import (
    SearchFigures,
    Votes,
    Words,
    search_figures,
    self_service,
    votes,
    words_without_result,
)
from kb.records.database import Database

WORDS = 50
"""Of what was searched for in vain."""


@dataclass(frozen=True)
class Overview:
    """The figures."""

    contacts: ContactFigures
    path: Path
    public: SearchFigures
    desk: SearchFigures
    self_service: Proportion
    in_vain: tuple[Words, ...]
    """What residents searched for and found nothing, most frequent first."""
    votes: tuple[Votes, ...]

    @property
    def unhelpful(self) -> Proportion:
        """Votes that an answer did not help, of all votes."""
        return sum((one.unhelpful for one in self.votes), Proportion(0, 0))


def overview(store: Database, period: Period, goal: float) -> Overview:
    """Count everything.

    Args:
        store: of the staff, or of the demonstration.
        period: of which days.
        goal: of first-contact resolution, from 0 to 1.

    Raises:
        RecordsAway, WrongAddress: if the store cannot be used now.
    """
    with store.snapshot() as connection:
        contacts = contact_figures(connection, period)
        public, desk = search_figures(connection, period)
        in_vain = words_without_result(connection, period, Edition.PUBLIC, WORDS)
        cast = votes(connection, period)
    return Overview(
        contacts=contacts,
        path=path_to(goal, contacts.total.resolution, contacts.missed),
        public=public,
        desk=desk,
        self_service=self_service(public, contacts.total.contacts),
        in_vain=in_vain,
        votes=cast,
    )
