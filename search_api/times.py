"""Dates, times and opening hours, in the words of the page's language."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import groupby

from babel.dates import format_date, format_time, get_day_names

from kb import clock
from kb.authority import Authority
from kb.hours import LAST_MINUTE, WEEKDAYS, Day, OpeningHours
from kb.opening import Opening, day_hours, different_days, opening
from search_api.i18n import gettext as _
from search_api.i18n import locale
from search_api.reading import depends_on

_LOOK_AHEAD_DAYS = 70
"""From here on Christmas is worth a mention."""


@dataclass(frozen=True)
class HoursShown:
    """Opening hours as a page says them."""

    is_open: bool
    now: str
    """As "Open until 5.30pm"."""
    today: str
    tomorrow: str
    week: tuple[tuple[str, str], ...]
    """Days, and their hours; neighbours that are alike together."""
    different: tuple[tuple[str, str], ...]
    """The dates soon to come whose hours are not those of the week."""


def hours_shown(hours: OpeningHours, authority: Authority) -> HoursShown:
    """What the answer being made says of opening hours at this moment; its ETag depends on it."""
    moment = clock.now()
    day = moment.date()
    is_holiday = authority.is_bank_holiday
    state = opening(hours, moment, is_holiday)
    now = say_opening(state, moment)
    depends_on(now)
    return HoursShown(
        is_open=state.is_open,
        now=now,
        today=say_hours(day_hours(hours, day, is_holiday)),
        tomorrow=say_hours(day_hours(hours, day + timedelta(days=1), is_holiday)),
        week=say_week(hours),
        different=tuple(
            (
                say_day(one.date),
                _holiday_hours(one.ranges) if one.holiday else say_hours(one.ranges),
            )
            for one in different_days(hours, day, _LOOK_AHEAD_DAYS, is_holiday)
        ),
    )


def say_opening(state: Opening, now: datetime) -> str:
    """A state in words, as "Closed now. Opens tomorrow at 9am".

    Args:
        state: whether it is open, and when that changes.
        now: the moment it was asked for, local time.
    """
    if state.is_open:
        if state.changes is None:
            return _("Open day and night")
        return _("Open until %(time)s") % {"time": say_time(state.changes.time())}
    closed = _("Closed for the bank holiday.") if state.holiday else _("Closed now.")
    if state.changes is None:
        return closed
    return f"{closed} {_say_next(state.changes, now)}"


def _say_next(then: datetime, now: datetime) -> str:
    days = (then.date() - now.date()).days
    said = {"time": say_time(then.time()), "date": format_date(then, "d MMMM", locale())}
    if days == 0:
        return _("Opens at %(time)s") % said
    if days == 1:
        return _("Opens tomorrow at %(time)s") % said
    if days < 7:
        return _opens_on()[then.weekday()] % said
    return _("Opens on %(date)s at %(time)s") % said


def _opens_on() -> tuple[str, ...]:
    """One message for each day: a language may say each its own way."""
    return (
        _("Opens Monday at %(time)s"),
        _("Opens Tuesday at %(time)s"),
        _("Opens Wednesday at %(time)s"),
        _("Opens Thursday at %(time)s"),
        _("Opens Friday at %(time)s"),
        _("Opens Saturday at %(time)s"),
        _("Opens Sunday at %(time)s"),
    )


def say_date(day: date) -> str:
    """As "5 October 2026"."""
    return format_date(day, "long", locale())


def say_day(day: date) -> str:
    """As "Mon 5 October"."""
    return format_date(day, "EEE d MMMM", locale())


def say_short(day: date) -> str:
    """As "5 Oct"."""
    return format_date(day, "d MMM", locale())


def say_quarter(first: date, last: date) -> str:
    """As "July to September 2026"."""
    return _("%(first)s to %(last)s") % {
        "first": format_date(first, "MMMM", locale()),
        "last": format_date(last, "MMMM y", locale()),
    }


def say_time(moment: time) -> str:
    """As "9am", "5.30pm", "midday" or "midnight"; the last minute of the day is midnight too."""
    if (moment.hour, moment.minute) == (12, 0):
        return _("midday")
    if moment.hour == moment.minute == 0 or moment >= LAST_MINUTE:
        return _("midnight")
    pattern = "h.mma" if moment.minute else "ha"
    return format_time(moment, pattern, locale=locale()).lower()


def say_hours(ranges: Day) -> str:
    """As "9am to 12.30pm and 1.30pm to 5pm", or "Closed"."""
    if not ranges:
        return _("Closed")
    said = [
        _("%(opens)s to %(closes)s")
        % {"opens": say_time(one.opens), "closes": say_time(one.closes)}
        for one in ranges
    ]
    together = said[0]
    for later in said[1:]:
        together = _("%(earlier)s and %(later)s") % {"earlier": together, "later": later}
    return together


def _holiday_hours(ranges: Day) -> str:
    return _("%(hours)s (bank holiday)") % {"hours": say_hours(ranges)}


def say_week(hours: OpeningHours) -> tuple[tuple[str, str], ...]:
    """The week, neighbours that are alike together: "Monday to Friday", "9am to 5pm"."""
    names = get_day_names("wide", locale=locale())
    shown: list[tuple[str, str]] = []
    for ranges, alike in groupby(hours.week(), key=lambda pair: pair[1]):
        days = [names[WEEKDAYS.index(day)] for day, _ranges in alike]
        if len(days) == 1:
            label = days[0]
        elif len(days) == 2:
            label = _("%(one)s and %(other)s") % {"one": days[0], "other": days[1]}
        else:
            label = _("%(first)s to %(last)s") % {"first": days[0], "last": days[-1]}
        shown.append((label, say_hours(ranges)))
    return tuple(shown)
