"""Counts of contacts, and the proportions that are made of them."""

from dataclasses import dataclass

from kb.figures.proportion import Proportion


@dataclass(frozen=True)
class Tally:
    """How many contacts there were."""

    contacts: int = 0
    """First ones and repeats, whatever came of them."""
    first: int = 0
    """About a matter that the caller had not been in touch about before."""
    resolved: int = 0
    """Of the first, those that were resolved, with or without help."""
    avoidable: int = 0
    """Of all, those that need not have been."""

    @property
    def resolution(self) -> Proportion:
        """First-contact resolution: first contacts resolved, of all first contacts."""
        return Proportion(self.resolved, self.first)

    @property
    def avoidance(self) -> Proportion:
        """Avoidable contact: contacts that need not have been, of all contacts."""
        return Proportion(self.avoidable, self.contacts)

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(
            self.contacts + other.contacts,
            self.first + other.first,
            self.resolved + other.resolved,
            self.avoidable + other.avoidable,
        )
