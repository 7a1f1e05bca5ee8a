"""Whether something is open at a moment, when that changes, and which days are different.

Hours are what stands on the door, so they are compared with the clock on the wall: where summer
time begins or ends, a place still opens and closes when the wall says so.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from kb.clock import ZONE
from kb.hours import LAST_MINUTE, Day, OpeningHours

_LOOK_AHEAD_DAYS = 400
_ALWAYS = timedelta(days=8)

IsHoliday = Callable[[date], bool]
"""Whether a date is a bank holiday."""


@dataclass(frozen=True)
class Opening:
    """Whether something is open at a moment, and until when."""

    is_open: bool
    changes: datetime | None
    """When it closes or next opens, local time; None where it always or never does."""
    holiday: bool = False
    """Whether it is closed all day because of a bank holiday."""


@dataclass(frozen=True)
class DifferentDay:
    """A date whose hours are not those of the week."""

    date: date
    ranges: Day
    holiday: bool
    """Whether it is a bank holiday."""


def day_hours(hours: OpeningHours, day: date, is_holiday: IsHoliday) -> Day:
    """The opening times of a date: an exception first, then closed on a bank holiday."""
    if day not in hours.exceptions and is_holiday(day):
        return ()
    return hours.on(day)


def opening(hours: OpeningHours, moment: datetime, is_holiday: IsHoliday) -> Opening:
    """Whether something with these hours is open.

    Args:
        hours: its week and exceptions, local time.
        moment: any aware time; it is taken to local time first.
        is_holiday: on such a date it is closed, unless an exception says otherwise.
    """
    local = moment.astimezone(ZONE)
    wall = local.replace(tzinfo=None)
    holiday = local.date() not in hours.exceptions and is_holiday(local.date())
    for begin, end in _stretches(hours, wall.date(), is_holiday):
        if end <= wall:
            continue
        if begin <= wall:
            lasting = end - wall > _ALWAYS
            return Opening(True, None if lasting else end.replace(tzinfo=ZONE))
        return Opening(False, begin.replace(tzinfo=ZONE), holiday)
    return Opening(False, None, holiday)


def different_days(
    hours: OpeningHours, first: date, days: int, is_holiday: IsHoliday
) -> list[DifferentDay]:
    """The dates on which the hours are not those of the week.

    Args:
        hours: the week and its exceptions.
        first: the first date looked at.
        days: how many are looked at.
        is_holiday: on such a date it is closed, unless an exception says otherwise.
    """
    week = [ranges for _, ranges in hours.week()]
    found: list[DifferentDay] = []
    for day in (first + timedelta(days=number) for number in range(days)):
        ranges = day_hours(hours, day, is_holiday)
        if ranges != week[day.weekday()]:
            found.append(DifferentDay(day, ranges, is_holiday(day)))
    return found


def _stretches(
    hours: OpeningHours, first: date, is_holiday: IsHoliday
) -> Iterator[tuple[datetime, datetime]]:
    """From opening to closing by the wall clock, in order; over midnight where it stays open."""
    pending: tuple[datetime, datetime] | None = None
    for number in range(_LOOK_AHEAD_DAYS):
        day = first + timedelta(days=number)
        midnight = datetime.combine(day + timedelta(days=1), time())
        for one in day_hours(hours, day, is_holiday):
            begin = datetime.combine(day, one.opens)
            end = midnight if one.closes >= LAST_MINUTE else datetime.combine(day, one.closes)
            if pending is not None and pending[1] == begin:
                pending = (pending[0], end)
                continue
            if pending is not None:
                yield pending
            pending = (begin, end)
        if pending is not None and pending[1] < midnight:
            yield pending
            pending = None
    if pending is not None:
        yield pending
