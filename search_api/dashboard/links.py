"""Addresses of the contacts behind a figure."""

from typing import Any

from flask import url_for

from kb.contacts.contact import Outcome
from kb.contacts.finding import NONE
from kb.figures.facts import RESOLVED
from kb.figures.path import Gap, Missed
from kb.figures.period import Period
from search_api.dashboard.source import wants_demo

UNRESOLVED = tuple(outcome.value for outcome in Outcome if outcome not in RESOLVED)


def contacts(period: Period, **wanted: Any) -> str:
    """The contacts of a period of which something is true."""
    days: dict[str, Any] = {"from": str(period.first), "to": str(period.last)}
    return url_for("contact_pages.listing", **days, **wanted)


def firsts(period: Period, **wanted: Any) -> str:
    """The first contacts among them."""
    return contacts(period, first="true", **wanted)


def resolved(period: Period, channel: str) -> str:
    """The contacts that were resolved, first ones and repeats; of any channel for an empty one."""
    outcomes = tuple(outcome.value for outcome in RESOLVED)
    return contacts(period, outcome=outcomes, **({"channel": channel} if channel else {}))


def votes(article: str | None = None) -> str:
    """What people said of answers; none that were made up."""
    return "" if wants_demo() else url_for("replies.feedback", kind="answer", article=article)


def missed(period: Period, one: Missed) -> str:
    """The contacts that a step of the path would move; none that were purged."""
    if one.gap is Gap.NOT_KEPT:
        return ""
    answer = one.answer or NONE
    return firsts(period, service=one.service or NONE, answer=answer, outcome=UNRESOLVED)
