"""The period that a page of the dashboard is asked for."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from flask import request
from pydantic import BaseModel, Field, ValidationError

from kb import clock
from kb.figures.period import Period, Quarter
from search_api.i18n import gettext as _
from search_api.times import say_date, say_quarter

WEEKS = 4
"""Looked at where nothing else is asked for, up to today."""


_Day = Annotated[date, Field(ge=date(2000, 1, 1), lt=date(2200, 1, 1))]


class _Parameters(BaseModel):
    first: Annotated[_Day | None, Field(alias="from")] = None
    last: Annotated[_Day | None, Field(alias="to")] = None
    quarter: Annotated[str, Field(max_length=10)] = ""


class NoPeriod(ValueError):
    """What is asked for is no period; the message says why, in the language of the page."""


@dataclass(frozen=True)
class Asked:
    """A period, and how its address says it."""

    period: Period
    arguments: dict[str, str]
    """Of an address of the dashboard that asks for the same."""
    quarter: Quarter | None = None

    @property
    def days(self) -> dict[str, str]:
        """Of an address of the list of contacts."""
        return {"from": str(self.period.first), "to": str(self.period.last)}

    @property
    def label(self) -> str:
        """As "26 October 2026 to 22 November 2026"."""
        if self.quarter is not None:
            return say_quarter(self.period.first, self.period.last)
        return _("%(first)s to %(last)s") % {
            "first": say_date(self.period.first),
            "last": say_date(self.period.last),
        }


def asked() -> Asked:
    """What the request asks for: a quarter, some days, or else the last weeks.

    Raises:
        NoPeriod: if that is no period.
    """
    try:
        said = _Parameters.model_validate({k: v for k, v in request.args.items() if v})
    except ValidationError:
        raise NoPeriod(_("Write dates as 2026-04-01.")) from None
    if said.quarter:
        return asked_quarter(said.quarter)
    if said.first is None and said.last is None:
        return Asked(Period.weeks_to(clock.today(), WEEKS), {})
    last = said.last or clock.today()
    if said.first is not None and said.first > last:
        raise NoPeriod(_("The first day comes after the last."))
    try:
        period = Period(said.first, last) if said.first else Period.weeks_to(last, WEEKS)
    except ValueError:
        raise NoPeriod(_("Ask for five years at most.")) from None
    return Asked(period, {"from": str(period.first), "to": str(period.last)})


def asked_quarter(written: str) -> Asked:
    """A quarter.

    Raises:
        NoPeriod: if it is none.
    """
    try:
        quarter = Quarter.read(written)
    except ValueError:
        raise NoPeriod(_("Write a quarter as 2026-Q3: July to September 2026.")) from None
    return Asked(quarter.period, {"quarter": str(quarter)}, quarter)
