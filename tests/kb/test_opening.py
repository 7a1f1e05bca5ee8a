"""Open or closed, and what changes when: by the clock on the wall in London."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.clock import ZONE
from kb.hours import WEEKDAYS, OpeningHours, TimeRange
from kb.opening import Opening, day_hours, different_days, opening

WEEK = OpeningHours.read(
    {
        **dict.fromkeys(("mon", "tue", "thu"), "09:00-12:30, 13:30-17:30"),
        "wed": "10:00-17:30",
        "fri": "18:00-23:59",
        "sat": "00:00-02:00",
        "exceptions": {date(2026, 11, 3): "12:00-13:00", date(2026, 12, 28): "10:00-11:00"},
    }
)
HOLIDAYS = {date(2026, 11, 9), date(2026, 12, 25), date(2026, 12, 28)}


def at(written: str) -> datetime:
    return datetime.fromisoformat(written).replace(tzinfo=ZONE)


def state(written: str, hours: OpeningHours = WEEK) -> Opening:
    return opening(hours, at(written), HOLIDAYS.__contains__)


@pytest.mark.parametrize(
    ("now", "is_open", "changes"),
    [
        ("2026-11-02T09:00", True, "2026-11-02T12:30"),
        ("2026-11-02T08:59", False, "2026-11-02T09:00"),
        ("2026-11-02T12:30", False, "2026-11-02T13:30"),
        ("2026-11-02T17:29:59", True, "2026-11-02T17:30"),
        ("2026-11-02T17:30", False, "2026-11-03T12:00"),
        ("2026-11-03T09:30", False, "2026-11-03T12:00"),
        ("2026-11-04T09:30", False, "2026-11-04T10:00"),
        ("2026-11-06T23:59:30", True, "2026-11-07T02:00"),
        ("2026-11-07T01:00", True, "2026-11-07T02:00"),
        ("2026-11-07T02:00", False, "2026-11-10T09:00"),
        ("2026-12-28T10:30", True, "2026-12-28T11:00"),
    ],
)
def test_the_state_and_when_it_changes(now, is_open, changes):
    assert state(now) == Opening(is_open, at(changes))


def test_a_bank_holiday_is_closed_and_says_so():
    assert state("2026-11-09T10:00") == Opening(False, at("2026-11-10T09:00"), holiday=True)


def test_what_is_open_all_day_every_day_never_changes():
    always = OpeningHours.read(dict.fromkeys(WEEKDAYS, "00:00-23:59"))
    assert opening(always, at("2026-11-02T23:59:59"), lambda _: False) == Opening(True, None)


def test_what_is_open_until_the_last_minute_closes_at_midnight():
    hours = OpeningHours.read({"mon": "09:00-23:59"})
    assert state("2026-11-02T20:00", hours) == Opening(True, at("2026-11-03T00:00"))


@pytest.mark.parametrize("midnight", ["24:00", "00:00"])
def test_what_closes_at_midnight_is_open_until_then_and_no_longer(midnight):
    hours = OpeningHours.read({"mon": f"18:00-{midnight}"})
    assert state("2026-11-02T17:59:59", hours) == Opening(False, at("2026-11-02T18:00"))
    assert state("2026-11-02T23:59:59", hours) == Opening(True, at("2026-11-03T00:00"))
    assert state("2026-11-03T00:00", hours) == Opening(False, at("2026-11-16T18:00"))


@pytest.mark.parametrize("now", ["2026-11-06T22:00", "2026-11-06T23:59:59", "2026-11-07T00:00"])
def test_what_goes_on_after_midnight_is_open_across_it(now):
    hours = OpeningHours.read({"fri": "22:00-24:00", "sat": "00:00-02:00"})
    assert state(now, hours) == Opening(True, at("2026-11-07T02:00"))


@pytest.mark.parametrize("day", ["2026-03-29", "2026-10-25"])
def test_midnight_is_that_of_the_wall_where_the_clocks_change(day):
    hours = OpeningHours.read({"sun": "18:00-24:00"})
    end = datetime.combine(date.fromisoformat(day) + timedelta(days=1), time(), ZONE)
    assert state(f"{day}T23:59", hours) == Opening(True, end)


def test_what_never_opens_again_says_no_time():
    gone = OpeningHours.read({"exceptions": {date(2026, 11, 1): "09:00-17:00"}})
    assert state("2026-11-02T10:00", gone) == Opening(False, None)


def test_ranges_that_meet_are_one():
    hours = OpeningHours.read({"mon": "09:00-12:00, 12:00-17:00"})
    assert state("2026-11-02T10:00", hours) == Opening(True, at("2026-11-02T17:00"))


@pytest.mark.parametrize("day", ["2026-03-29", "2026-10-25"])
def test_hours_mean_the_clock_on_the_wall_when_summer_time_begins_and_ends(day):
    hours = OpeningHours.read({"sun": "09:00-17:00"})
    assert state(f"{day}T08:59", hours).changes == at(f"{day}T09:00")
    assert state(f"{day}T09:00", hours) == Opening(True, at(f"{day}T17:00"))


def test_the_zone_in_which_the_moment_is_given_does_not_matter():
    moment = datetime(2026, 7, 6, 8, 30, tzinfo=UTC)  # 9.30am in London
    auckland = moment.astimezone(ZoneInfo("Pacific/Auckland"))
    assert opening(WEEK, moment, HOLIDAYS.__contains__).is_open
    assert opening(WEEK, auckland, HOLIDAYS.__contains__).is_open


def test_days_that_differ_are_those_whose_hours_do():
    found = different_days(WEEK, date(2026, 11, 2), 60, HOLIDAYS.__contains__)
    assert [(one.date, len(one.ranges), one.holiday) for one in found] == [
        (date(2026, 11, 3), 1, False),
        (date(2026, 11, 9), 0, True),
        (date(2026, 12, 25), 0, True),
        (date(2026, 12, 28), 1, True),
    ]


quarters = st.integers(0, 96).map(lambda n: time(n // 4, n % 4 * 15) if n < 96 else time(23, 59))


@st.composite
def days(draw):
    marks = sorted(draw(st.sets(quarters, max_size=6)))
    pairs = zip(marks[::2], marks[1::2], strict=False)
    return tuple(TimeRange(opens=a, closes=b) for a, b in pairs)


weeks = st.builds(OpeningHours, **dict.fromkeys(WEEKDAYS, days()))
# Both Sundays on which the clocks change lie within.
moments = st.datetimes(
    datetime(2026, 3, 27), datetime(2026, 10, 27), timezones=st.sampled_from([UTC, ZONE])
)
holidays = st.sets(st.dates(date(2026, 3, 27), date(2026, 4, 6)))


def open_on_the_wall(hours: OpeningHours, wall: datetime, closed: set[date]) -> bool:
    return any(
        one.opens <= wall.time() and (wall.time() < one.closes or one.closes == time(23, 59))
        for one in day_hours(hours, wall.date(), closed.__contains__)
    )


@given(weeks, moments, holidays)
def test_open_means_that_the_wall_clock_is_within_the_hours(hours, moment, closed):
    wall = moment.astimezone(ZONE).replace(tzinfo=None)
    found = opening(hours, moment, closed.__contains__)
    assert found.is_open == open_on_the_wall(hours, wall, closed)


@given(weeks, moments, holidays)
def test_until_the_change_nothing_changes_and_then_it_does(hours, moment, closed):
    found = opening(hours, moment, closed.__contains__)
    if found.changes is None:
        assert found.is_open or not any(ranges for _, ranges in hours.week())
        return
    then = moment.astimezone(ZONE).replace(tzinfo=None)
    change = found.changes.replace(tzinfo=None)
    assert change > then
    while then < min(change, moment.replace(tzinfo=None) + timedelta(days=3)):
        assert open_on_the_wall(hours, then, closed) is found.is_open
        then += timedelta(minutes=15)
    assert open_on_the_wall(hours, change, closed) is not found.is_open
