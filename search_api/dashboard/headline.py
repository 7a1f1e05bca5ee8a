"""The headline: first-contact resolution in words that need no statistics."""

from dataclasses import dataclass
from enum import StrEnum

from kb.figures.overview import Overview
from search_api.dashboard import links
from search_api.dashboard.numbers import say_number, say_share
from search_api.i18n import gettext as _
from search_api.i18n import ngettext

FEW = 400
"""Of fewer first contacts the interval is wider than about eight points, and that is said."""


class Verdict(StrEnum):
    """How a rate stands to its goal."""

    REACHED = "reached"
    """All of its interval is at the goal or beyond."""
    OPEN = "open"
    """The goal is within its interval."""
    MISSED = "missed"


@dataclass(frozen=True)
class Headline:
    """What is said first."""

    share: str
    verdict: Verdict
    of: str
    link: str
    resolved: str
    resolved_link: str
    interval: str
    goal: str
    few: bool


def headline(overview: Overview, goal: float) -> Headline | None:
    """The headline; None where there is no first contact."""
    contacts = overview.contacts
    rate = contacts.total.resolution
    if not rate.of:
        return None
    low, high = rate.interval
    return Headline(
        share=say_share(rate.rate),
        verdict=_verdict(low, high, goal),
        of=ngettext("%(num)s first contact", "%(num)s first contacts", rate.of)
        % {"num": say_number(rate.of)},
        link=links.firsts(contacts.period),
        resolved=say_number(rate.hits),
        resolved_link=links.firsts(contacts.period, outcome=("resolved", "resolved-with-help")),
        interval=_("between %(low)s and %(high)s")
        % {"low": say_share(low), "high": say_share(high)},
        goal=_against(_verdict(low, high, goal), goal, overview.path.wanting),
        few=rate.of < FEW,
    )


def _verdict(low: float, high: float, goal: float) -> Verdict:
    if low >= goal:
        return Verdict.REACHED
    return Verdict.MISSED if high < goal else Verdict.OPEN


def _against(verdict: Verdict, goal: float, wanting: int) -> str:
    said = {"goal": say_share(goal, 0), "wanting": say_number(wanting)}
    if verdict is Verdict.REACHED:
        return _("The goal of %(goal)s is reached.") % said
    if verdict is Verdict.OPEN:
        return (
            _("Too close to the goal of %(goal)s to say on which side of it the service is.") % said
        )
    more = ngettext(
        "Below the goal of %(goal)s: %(wanting)s more contact would have had to be resolved.",
        "Below the goal of %(goal)s: %(wanting)s more contacts would have had to be resolved.",
        wanting,
    )
    return more % said
