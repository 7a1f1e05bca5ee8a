"""Periods: whole days in London, quarters, weeks."""

import itertools
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.figures.period import Period, Quarter

DAYS = st.dates(date(2000, 1, 1), date(2199, 12, 31))


@pytest.mark.parametrize(
    ("written", "first", "last"),
    [
        ("2026-Q1", date(2026, 1, 1), date(2026, 3, 31)),
        ("2024-q1", date(2024, 1, 1), date(2024, 3, 31)),
        ("2026-Q2", date(2026, 4, 1), date(2026, 6, 30)),
        ("2026-Q3", date(2026, 7, 1), date(2026, 9, 30)),
        ("2026-Q4", date(2026, 10, 1), date(2026, 12, 31)),
    ],
)
def test_a_quarter_has_three_months(written, first, last):
    assert Quarter.read(written).period == Period(first, last)


@pytest.mark.parametrize(
    "written", ["", "2026", "2026-Q5", "2026-Q0", "1999-Q4", "Q3-2026", "٢٠٢٦-Q1 "]
)
def test_what_is_no_quarter_is_refused(written):
    with pytest.raises(ValueError, match="2026-Q3"):
        Quarter.read(written)


@given(DAYS)
def test_a_day_is_in_its_quarter_and_in_no_other(day):
    quarter = Quarter.of(day)
    assert quarter.period.first <= day <= quarter.period.last
    assert quarter.before.period.last < quarter.period.first
    assert (quarter.period.first - quarter.before.period.last).days == 1
    assert Quarter.read(str(quarter)) == quarter


@given(DAYS, st.integers(0, 800))
def test_weeks_cover_a_period_without_a_gap(first, days):
    from datetime import timedelta

    last = min(first + timedelta(days=days), date(2199, 12, 31))
    weeks = [*Period(first, last).weeks()]
    assert (weeks[0].first, weeks[-1].last) == (first, last)
    assert all((b.first - a.last).days == 1 for a, b in itertools.pairwise(weeks))
    assert all(week.first.weekday() == 0 for week in weeks[1:])


def test_four_weeks_end_on_the_day_given():
    period = Period.weeks_to(date(2026, 11, 22), 4)
    assert period == Period(date(2026, 10, 26), date(2026, 11, 22))


def test_days_begin_at_midnight_in_london():
    summer = Period(date(2026, 7, 1), date(2026, 7, 1))
    assert summer.begins == datetime(2026, 6, 30, 23, tzinfo=UTC)
    assert summer.ends == datetime(2026, 7, 1, 23, tzinfo=UTC)
    back = Period(date(2026, 10, 25), date(2026, 10, 25))  # 25 hours long
    assert (back.ends.astimezone(UTC) - back.begins.astimezone(UTC)).total_seconds() == 25 * 3600


@pytest.mark.parametrize(
    ("first", "last"),
    [(date(2026, 2, 1), date(2026, 1, 31)), (date(2020, 1, 1), date(2026, 1, 1))],
)
def test_a_period_that_is_none_is_refused(first, last):
    with pytest.raises(ValueError, match="a period"):
        Period(first, last)
