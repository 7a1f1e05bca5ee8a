"""Hours as a directory says them, and whether somebody is there."""

from datetime import UTC, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.hours import WEEKDAYS
from kb.said_hours import Presence, availability, read_week

NO_HOLIDAY = lambda day: False  # noqa: E731
TUESDAY = datetime(2026, 11, 3, 11, 0, tzinfo=UTC)


def said(day) -> str:
    return "none" if day is None else ", ".join(map(str, day)) or "closed"


@pytest.mark.parametrize(
    ("hours", "day", "expected"),
    [
        ("Mon–Fri 8.30am–5.30pm, Wed from 10am", "mon", "08:30–17:30"),
        ("Mon–Fri 8.30am–5.30pm, Wed from 10am", "wed", "10:00–17:30"),
        ("Mon–Fri 8.30am–5.30pm, Wed from 10am", "sat", "closed"),
        ("Mon–Fri 8.30am–5.30pm; emergencies 24 hours", "fri", "08:30–17:30"),
        ("Mon-Fri 9-5", "tue", "09:00–17:00"),
        ("Monday to Friday 9am to 5pm, Sat am", "sat", "09:00–12:00"),
        ("Mon and Thu 1.30pm-4pm", "thu", "13:30–16:00"),
        ("Mon–Fri 7am–3pm, Fri until 12 noon", "fri", "07:00–12:00"),
        ("Tue–Thu", "wed", "none"),
        ("Tue–Thu", "fri", "closed"),
        ("Mon–Fri, Sat am", "mon", "none"),
        ("24 hours", "sun", "00:00–23:59"),
        ("Sat–Mon 10am–4pm", "sun", "10:00–16:00"),
        ("Mon–Fri 6pm–midnight", "mon", "18:00–23:59"),
        ("Mon–Fri 6pm–12 midnight", "mon", "18:00–23:59"),
        ("Mon–Fri 6pm–12am", "mon", "18:00–23:59"),
        ("Mon–Fri 18:00–24:00", "mon", "18:00–23:59"),
        ("Mon–Fri 10:00-00:00", "mon", "10:00–23:59"),
        ("Mon–Fri 8am–6pm, Fri until midnight", "fri", "08:00–23:59"),
        ("Mon–Sun 00:00–24:00", "sun", "00:00–23:59"),
        ("Mon–Fri 8am–6pm, Wed from 00:00", "wed", "00:00–18:00"),
    ],
)
def test_hours_are_read_as_they_are_said(hours, day, expected):
    assert said(read_week(hours)[day]) == expected


@pytest.mark.parametrize(
    "hours",
    [
        "",
        "Nights and weekends",
        "by appointment",
        "Mon–Fri 9am–25pm",
        "Mon–Fri 5pm–9am",
        "Fri 22:00–02:00",
        "Mon–Fri 9–midnight",
        "Mon–Fri 24:00–24:00",
        "Mon sometimes",
        "Mon–Fri 9am–5pm, Fri until noon",
        ",;",
    ],
)
def test_what_is_not_understood_is_left_unsaid(hours):
    assert read_week(hours) is None
    assert availability(hours, TUESDAY, NO_HOLIDAY) is None


def test_open_closed_and_when_that_changes():
    hours = "Mon–Fri 8.30am–5.30pm, Wed from 10am"
    now = availability(hours, TUESDAY, NO_HOLIDAY)
    assert now.presence is Presence.OPEN
    assert now.opening.changes.time() == time(17, 30)
    evening = availability(hours, TUESDAY.replace(hour=20), NO_HOLIDAY)
    assert evening.presence is Presence.CLOSED
    assert evening.opening.changes.time() == time(10)
    assert availability(hours, TUESDAY, lambda day: True).presence is Presence.CLOSED


def test_days_without_times_say_only_who_is_in_today():
    assert availability("Tue–Thu", TUESDAY, NO_HOLIDAY).presence is Presence.TODAY
    assert availability("Wed–Fri", TUESDAY, NO_HOLIDAY).presence is Presence.AWAY
    assert availability("Tue–Thu", TUESDAY, lambda day: True).presence is Presence.AWAY


def test_always_is_open_on_a_bank_holiday_too():
    assert availability("24 hours", TUESDAY, lambda day: True).presence is Presence.OPEN


@given(st.text(max_size=60))
def test_any_text_is_read_or_left_unsaid(text):
    week = read_week(text)
    assert week is None or set(week) == set(WEEKDAYS)
    availability(text, TUESDAY, NO_HOLIDAY)


@given(
    st.lists(
        st.sampled_from(
            [
                "Mon",
                "Fri",
                "–",
                "9am",
                "5.30pm",
                "from",
                "to",
                ",",
                ";",
                "and",
                "noon",
                "24",
                " ",
                "closed",
            ]
        ),
        max_size=12,
    )
)
def test_any_pieces_are_read_or_left_unsaid(pieces):
    availability(" ".join(pieces), TUESDAY, NO_HOLIDAY)
