"""Dates, times and hours in words."""

from datetime import date, datetime, time

import pytest
from flask import Flask

from kb.clock import ZONE
from kb.hours import WEEKDAYS, OpeningHours, parse_day
from kb.opening import Opening
from search_api import times

NOW = datetime(2026, 12, 21, 18, 0, tzinfo=ZONE)  # a Monday


@pytest.fixture(params=["en"])
def asked(request):
    """A context in which a page is asked for, in the language of the parameter."""
    with Flask("x").test_request_context(f"/?lang={request.param}"):
        yield


welsh = pytest.mark.parametrize("asked", ["cy"], indirect=True)


def then(day: int, hour: int = 9, minute: int = 0) -> datetime:
    return datetime(2026, 12, day, hour, minute, tzinfo=ZONE)


@pytest.mark.parametrize(
    ("state", "said"),
    [
        (Opening(True, then(21, 17, 30)), "Open until 5.30pm"),
        (Opening(True, then(22, 0)), "Open until midnight"),
        (Opening(True, None), "Open day and night"),
        (Opening(False, then(21, 19)), "Closed now. Opens at 7pm"),
        (Opening(False, then(22)), "Closed now. Opens tomorrow at 9am"),
        (Opening(False, then(24, 12)), "Closed now. Opens Thursday at midday"),
        (Opening(False, then(27, 10, 30)), "Closed now. Opens Sunday at 10.30am"),
        (Opening(False, then(28)), "Closed now. Opens on 28 December at 9am"),
        (
            Opening(False, then(22), holiday=True),
            "Closed for the bank holiday. Opens tomorrow at 9am",
        ),
        (Opening(False, None), "Closed now."),
    ],
)
def test_a_state_is_said_as_one_would_say_it(asked, state, said):
    assert times.say_opening(state, NOW) == said


@welsh
@pytest.mark.parametrize(
    ("state", "said"),
    [
        (Opening(True, then(21, 17, 30)), "Ar agor tan 5.30pm"),
        (Opening(False, then(22)), "Ar gau nawr. Yn agor yfory am 9am"),
        (Opening(False, then(24)), "Ar gau nawr. Yn agor ddydd Iau am 9am"),
        (Opening(False, then(28)), "Ar gau nawr. Yn agor ar 28 Rhagfyr am 9am"),
    ],
)
def test_and_in_welsh(asked, state, said):
    assert times.say_opening(state, NOW) == said


@pytest.mark.parametrize(
    ("moment", "said"),
    [
        (time(9), "9am"),
        (time(9, 5), "9.05am"),
        (time(12), "midday"),
        (time(12, 30), "12.30pm"),
        (time(0), "midnight"),
        (time(0, 30), "12.30am"),
        (time(23, 59), "midnight"),
    ],
)
def test_a_time_is_said_as_a_council_writes_it(asked, moment, said):
    assert times.say_time(moment) == said


def test_a_day_of_several_ranges(asked):
    assert times.say_hours(parse_day("09:00-12:00, 13:00-17:00")) == (
        "9am to midday and 1pm to 5pm"
    )
    assert times.say_hours(()) == "Closed"


def test_days_that_are_alike_are_said_together(asked):
    hours = OpeningHours.read(
        {**dict.fromkeys(WEEKDAYS[:3], "09:00-17:00"), "thu": "10:00-17:00", "sat": "10:00-12:00"}
    )
    assert times.say_week(hours) == (
        ("Monday to Wednesday", "9am to 5pm"),
        ("Thursday", "10am to 5pm"),
        ("Friday", "Closed"),
        ("Saturday", "10am to midday"),
        ("Sunday", "Closed"),
    )
    two = OpeningHours.read(dict.fromkeys(("sat", "sun"), "10:00-12:00"))
    assert times.say_week(two)[-1] == ("Saturday and Sunday", "10am to midday")


@welsh
def test_a_week_and_a_date_in_welsh(asked):
    hours = OpeningHours.read(dict.fromkeys(WEEKDAYS[:5], "09:00-17:00"))
    assert times.say_week(hours)[0] == ("Dydd Llun – Dydd Gwener", "9am i 5pm")
    assert times.say_date(date(2026, 12, 25)) == "25 Rhagfyr 2026"
