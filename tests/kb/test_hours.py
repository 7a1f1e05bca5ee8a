"""Opening hours: a week, its exceptions, and nothing that runs backwards."""

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from kb.hours import WEEKDAYS, OpeningHours, TimeRange, parse_day

MINUTES = st.lists(st.integers(0, 24 * 60 - 1), unique=True, max_size=6).map(sorted)


def ranges(minutes):
    """Time ranges between each second pair of minutes of a day."""
    times = [time(*divmod(minute, 60)) for minute in minutes]
    return tuple(
        TimeRange(opens=a, closes=b) for a, b in zip(times[::2], times[1::2], strict=False)
    )


DAYS = MINUTES.map(ranges)
HOURS = st.builds(
    OpeningHours,
    **dict.fromkeys(WEEKDAYS, DAYS),
    exceptions=st.dictionaries(st.dates(), DAYS, max_size=3),
)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("closed", []),
        (" Closed ", []),
        ("09:00-17:00", ["09:00–17:00"]),
        ("9:00 - 17:00", ["09:00–17:00"]),
        ("09:00–17:00", ["09:00–17:00"]),
        ("09:00-12:30, 13:30-17:00", ["09:00–12:30", "13:30–17:00"]),
        ("09:00-12:30,12:30-17:00", ["09:00–12:30", "12:30–17:00"]),
        ("00:00-23:59", ["00:00–23:59"]),
        ("18:00-24:00", ["18:00–23:59"]),
        ("18:00-00:00", ["18:00–23:59"]),
        ("18:00-0:00", ["18:00–23:59"]),
        ("00:00-24:00", ["00:00–23:59"]),
        ("00:00-02:00, 18:00-24:00", ["00:00–02:00", "18:00–23:59"]),
    ],
)
def test_a_day_is_read_as_written(written, meant):
    assert [str(part) for part in parse_day(written)] == meant


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("", "is not a time range"),
        ("9-5", "is not a time range"),
        ("09:00", "is not a time range"),
        ("9am-5pm", "is not a time range"),
        ("09:00-17:00,", "is not a time range"),
        ("24:00-25:00", "not on the clock"),
        ("24:00-02:00", "not on the clock"),
        ("18:00-24:30", "not on the clock"),
        ("22:00-02:00", 'write "22:00-24:00" here and "00:00-02:00" on the day after'),
        ("00:00-00:00", 'for day and night write "00:00-24:00"'),
        ("18:00-24:00, 19:00-20:00", "does not run forwards"),
        ("18:00-00:00, 00:00-02:00", "does not run forwards"),
        ("09:00-17:60", "not on the clock"),
        ("17:00-09:00", "does not run forwards"),
        ("09:00-09:00", "does not run forwards"),
        ("13:00-17:00, 09:00-12:00", "does not run forwards"),
        ("09:00-13:00, 12:00-17:00", "does not run forwards"),
        ("08:00-09:00, 10:00-12:00, 11:00-13:00", "does not run forwards"),
        (9, "write hours as"),
        (None, "write hours as"),
        (["09:00-17:00"], "write hours as"),
    ],
)
def test_a_bad_day_is_refused_with_the_fix(written, said):
    with pytest.raises(ValueError, match=said):
        parse_day(written)


def test_an_exception_takes_the_place_of_the_week_day():
    hours = OpeningHours.read(
        {"fri": "09:00-17:00", "exceptions": {"2026-12-25": "closed", "2026-12-27": "10:00-11:00"}}
    )
    assert [str(part) for part in hours.on(date(2026, 12, 18))] == ["09:00–17:00"]
    assert hours.on(date(2026, 12, 25)) == ()
    assert [str(part) for part in hours.on(date(2026, 12, 27))] == ["10:00–11:00"]
    assert hours.on(date(2026, 12, 28)) == ()


def test_the_week_begins_on_monday_and_days_not_named_are_closed():
    week = OpeningHours.read({"sat": "09:00-12:00"}).week()
    assert [name for name, _ in week] == list(WEEKDAYS)
    assert [name for name, day in week if day] == ["sat"]


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("09:00-17:00", "write hours as"),
        (["mon"], "write hours as"),
        ({"monday": "closed"}, '"monday" is not a day'),
        ({"mon": "17:00-09:00"}, "does not run forwards"),
        ({"mon": [{"opens": "17:00", "closes": "09:00"}]}, "does not run forwards"),
        ({"mon": [{"opens": "09:00", "closes": "09:00"}]}, "does not run forwards"),
        ({"exceptions": "closed"}, "write exceptions as"),
        ({"exceptions": {"Christmas": "closed"}}, '"Christmas" is not a date'),
        ({"exceptions": {"2026-02-30": "closed"}}, '"2026-02-30" is not a date'),
        ({"exceptions": {"2026-12-25": "shut"}}, "is not a time range"),
    ],
)
def test_bad_hours_are_refused_with_the_fix(written, said):
    with pytest.raises(ValidationError, match=said):
        OpeningHours.read(written)


@given(HOURS)
def test_hours_survive_being_written_down_as_json(hours):
    assert OpeningHours.model_validate_json(hours.model_dump_json()) == hours


@given(DAYS.filter(bool))
def test_what_is_shown_of_a_day_is_read_as_that_day(day):
    assert parse_day(", ".join(map(str, day))) == day


@given(st.text() | st.from_regex(r"[0-9]{1,2}:[0-9]{2} ?- ?[0-9]{1,2}:[0-9]{2}", fullmatch=True))
def test_every_day_that_is_accepted_runs_forwards(written):
    try:
        day = parse_day(written)
    except ValueError:
        return
    times = [moment for part in day for moment in (part.opens, part.closes)]
    assert times == sorted(times)
