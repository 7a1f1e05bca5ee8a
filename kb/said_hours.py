"""Hours as a directory says them: "Mon–Fri 8.30am–5.30pm, Wed from 10am", "Tue–Thu", "24 hours".

What is not understood is left unsaid: better no "open now" than a wrong one.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time
from enum import StrEnum
from functools import lru_cache

from kb.clock import ZONE
from kb.hours import LAST_MINUTE, WEEKDAYS, Day, OpeningHours, TimeRange
from kb.opening import IsHoliday, Opening, opening

_DAY = "|".join(f"{day}[a-z]*" for day in WEEKDAYS)
_DAYS = re.compile(rf"^({_DAY})\s*(?:[-–]|to)\s*({_DAY})\b|^({_DAY})\b", re.IGNORECASE)
_AND = re.compile(r"^\s*(?:and|&)\s*", re.IGNORECASE)
_TIME = r"(\d{1,2})(?:[.:](\d{2}))?\s*(am|pm|noon|midday)?"
_MIDNIGHT = re.compile(
    r"((?:[-–]|to|until|till)\s*)(?:24[.:]00|00?[.:]00|12(?:[.:]00)?\s*am|(?:12\s*)?midnight)$",
    re.IGNORECASE,
)
"""Where somebody closes then."""
_HALF_UNSAID = re.compile(r"\d{1,2}\s*(?:[-–]|to)", re.IGNORECASE)
_RANGE = re.compile(rf"^{_TIME}\s*(?:[-–]|to)\s*{_TIME}$", re.IGNORECASE)
_FROM = re.compile(rf"^from\s+{_TIME}$", re.IGNORECASE)
_UNTIL = re.compile(rf"^(?:until|till|to)\s+{_TIME}$", re.IGNORECASE)
_HALVES = {"am": (time(9), time(12)), "pm": (time(13), time(17))}
_ALWAYS = (TimeRange(opens=time(0), closes=LAST_MINUTE),)
_NOT_UNDERSTOOD: Day = (TimeRange(opens=time(0), closes=time(0, 1)),)

Week = dict[str, Day | None]
"""By weekday; None where somebody is there but it is not said when."""


class Presence(StrEnum):
    """Whether a person or team can be reached."""

    OPEN = "open"
    CLOSED = "closed"
    TODAY = "today"
    """Works today; it is not said when."""
    AWAY = "away"
    """Does not work today."""


@dataclass(frozen=True)
class Availability:
    """The presence at a moment, and when it changes where that is known."""

    presence: Presence
    opening: Opening | None = None


def availability(said: str, moment: datetime, is_holiday: IsHoliday) -> Availability | None:
    """Whether somebody with these hours can be reached.

    Args:
        said: the hours as the directory says them.
        moment: any aware time.
        is_holiday: on such a date nobody is there, unless it is always.

    Returns:
        None where the hours are not understood.
    """
    week = read_week(said)
    if week is None:
        return None
    local = moment.astimezone(ZONE)
    times = {day: ranges for day, ranges in week.items() if ranges is not None}
    if len(times) == len(week):
        never = all(ranges == _ALWAYS for ranges in times.values())
        hours = OpeningHours.model_validate(times)
        found = opening(hours, moment, (lambda _: False) if never else is_holiday)
        return Availability(Presence.OPEN if found.is_open else Presence.CLOSED, found)
    today = WEEKDAYS[local.weekday()]
    there = week[today] != () and not is_holiday(local.date())
    return Availability(Presence.TODAY if there else Presence.AWAY)


@lru_cache(maxsize=512)
def read_week(said: str) -> Week | None:
    """Read hours; None where any part that speaks of days or times is not understood."""
    parts = [part.strip() for part in re.split(r"[,;]", said) if part.strip()]
    if not parts:
        return None
    if re.fullmatch(r"(always|24 hours( a day)?|24/7|day and night)", parts[0], re.IGNORECASE):
        return dict.fromkeys(WEEKDAYS, _ALWAYS)
    week: Week = dict.fromkeys(WEEKDAYS, ())
    for number, part in enumerate(parts):
        read = _part(part, week)
        if read is None:
            if number == 0 or _RANGE.match(part) or re.search(rf"\b({_DAY})\b", part, re.I):
                return None
            continue  # a remark, as "emergencies 24 hours"
        week |= read
    return week


def _part(part: str, so_far: Week) -> Week | None:
    days: list[str] = []
    rest = part
    while match := _DAYS.match(rest):
        days += _days(match)
        rest = rest[match.end() :]
        joined = _AND.match(rest)
        if joined is None:
            break
        rest = rest[joined.end() :]
    rest = rest.strip()
    if not days:
        return None
    found: Week = {}
    for day in days:
        ranges = _ranges(rest, so_far[day])
        if ranges is _NOT_UNDERSTOOD:
            return None
        found[day] = ranges
    return found


def _days(match: re.Match[str]) -> Iterator[str]:
    first, last, one = (group and group[:3].lower() for group in match.groups())
    if one:
        yield one
        return
    start, end = WEEKDAYS.index(first), WEEKDAYS.index(last)
    yield from (WEEKDAYS[day % 7] for day in range(start, end + 1 if end >= start else end + 8))


def _ranges(said: str, before: Day | None) -> Day | None:
    """The ranges of a day; None where the day alone is said."""
    if not said:
        return None
    if said.lower() == "closed":
        return ()
    if said.lower() in _HALVES:
        begin, end = _HALVES[said.lower()]
        return (TimeRange(opens=begin, closes=end),)
    known = before[0] if before else None
    if _MIDNIGHT.search(said):
        if _HALF_UNSAID.match(said):  # "9 to midnight" may begin in the morning or at night
            return _NOT_UNDERSTOOD
        said = _MIDNIGHT.sub(r"\g<1>24:00", said)
    opens: time | None
    closes: time | None
    if match := _RANGE.match(said):
        opens, closes = _time(match.groups()[:3], match[6]), _time(match.groups()[3:], "pm")
    elif (match := _FROM.match(said)) and known:
        opens, closes = _time(match.groups(), "am"), known.closes
    elif (match := _UNTIL.match(said)) and known:
        opens, closes = known.opens, _time(match.groups(), "pm")
    else:
        return _NOT_UNDERSTOOD
    if opens is None or closes is None or opens >= closes:
        return _NOT_UNDERSTOOD
    return (TimeRange(opens=opens, closes=closes),)


def _time(said: tuple[str | None, ...], half: str | None) -> time | None:
    """A time of day; where neither am nor pm is said, as `half` has it if it fits."""
    hour, minute = int(said[0] or 0), int(said[1] or 0)
    if (hour, minute) == (24, 0):
        return LAST_MINUTE
    own = (said[2] or "").lower()
    if own in ("noon", "midday"):
        own = "pm"
    if not own and hour < 12 and (half or "").lower() == "pm" and hour < 7:
        own = "pm"
    if own == "pm" and hour < 12:
        hour += 12
    elif own == "am" and hour == 12:
        hour = 0
    return time(hour, minute) if hour < 24 and minute < 60 else None
