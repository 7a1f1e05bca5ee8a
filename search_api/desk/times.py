"""By when a call back can be promised: what agents are offered at this moment."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from kb import clock
from kb.authority import Authority
from kb.opening import day_hours
from search_api.i18n import gettext as _
from search_api.times import say_day, say_time

_DAYS = 2
"""Working days after today that are offered."""
_MIDDAY, _EVENING = time(12), time(17)
_LEAST = timedelta(minutes=30)
"""A promise for sooner than this is kept by ringing now."""


@dataclass(frozen=True)
class Promised:
    """A moment by which to call back."""

    at: datetime
    label: str
    """As "Mon 23 November, 5pm"."""
    usual: bool
    """Whether it is what is filled in: the end of the next working day."""


def promised_times(authority: Authority) -> list[Promised]:
    """The times that are offered, soonest first."""
    moment = clock.now()
    return [
        Promised(at, f"{_day(at.date(), moment.date())}, {say_time(at.time())}", usual)
        for at, usual in _times(authority, moment.date())
        if at >= moment + _LEAST
    ]


def usual_time(authority: Authority) -> datetime:
    """The end of the next working day."""
    return next(one.at for one in promised_times(authority) if one.usual)


def _times(authority: Authority, today: date) -> Iterator[tuple[datetime, bool]]:
    yesterday = today - timedelta(days=1)
    if authority.working_day_after(yesterday, 1) == today:
        yield datetime.combine(today, _closes(authority, today), clock.ZONE), False
    for number in range(1, _DAYS + 1):
        day = authority.working_day_after(today, number)
        evening = _closes(authority, day)
        if number == 1:
            yield datetime.combine(day, _MIDDAY, clock.ZONE), False
        yield datetime.combine(day, evening, clock.ZONE), number == 1


def _closes(authority: Authority, day: date) -> time:
    hours = authority.channels.hours
    open_ = day_hours(hours, day, authority.is_bank_holiday) if hours else ()
    return open_[-1].closes if open_ else _EVENING


def _day(day: date, today: date) -> str:
    if day == today:
        return _("Today")
    return _("Tomorrow") if (day - today).days == 1 else say_day(day)
