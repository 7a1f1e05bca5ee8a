"""Surges counted from searches in the store."""

from datetime import UTC, datetime, timedelta

import pytest

from kb.contacts.chain import Chain
from kb.contacts.seals import Seals
from kb.records.journal import write
from kb.surge.surges import Subject, surges
from tests.kb.contacts.made import report
from tests.kb.records.made import search

NOW = datetime(2026, 12, 14, 11, 0, tzinfo=UTC)
SERVICES = {"missed-bin": "bins", "bin-days": "bins", "potholes": "roads"}


def subject_of(first: str | None, words: str) -> Subject:
    return Subject(SERVICES[first]) if first else Subject(None, frozenset(words.split()))


def some(times: int, words: str, *found: str, weeks: int = 0, minutes: float = 30, **fields):
    at = NOW - timedelta(weeks=weeks, minutes=minutes)
    return [
        search(words, results=found, total=len(found), at=at - timedelta(seconds=number), **fields)
        for number in range(times)
    ]


@pytest.fixture
def usual(staff):
    """Six weeks in which bins are searched for five times, and other things more often."""
    for week in range(1, 7):
        write(staff, some(5, "bins", "bin-days", weeks=week))
        write(staff, some(20, "potholes", "potholes", weeks=week))
    write(staff, some(20, "potholes", "potholes"))
    write(staff, some(1, "first", "potholes", weeks=8))


def test_what_is_searched_for_far_more_is_found_with_all_that_is_known(staff, usual):
    write(staff, some(30, "Bin not emptied", "missed-bin", unsure=False))
    write(staff, some(12, "bin days", "bin-days"))
    (found,) = surges(staff, subject_of, NOW)
    assert found.subject == Subject("bins")
    assert (found.words, found.count, found.usual) == ("bin not emptied", 42, 5)
    assert found.since == NOW - timedelta(hours=1)


def test_it_goes_back_to_where_it_began(staff, usual):
    for hours in range(5):
        write(staff, some(30, "bins", "missed-bin", minutes=hours * 60 + 30))
    (found,) = surges(staff, subject_of, NOW)
    assert (found.count, found.since) == (60, NOW - timedelta(hours=5))


def test_words_that_nothing_answers_are_put_together_by_what_they_say(staff, usual):
    write(staff, some(10, "wasp nest"))
    write(staff, some(9, "nest wasp", "potholes", unsure=True))
    (found,) = surges(staff, subject_of, NOW)
    assert found.subject == Subject(None, frozenset({"wasp", "nest"}))
    assert (found.words, found.count, found.usual) == ("wasp nest", 19, 0)


def calls(chain: Chain, times: int, weeks: int = 0, **fields) -> None:
    at = NOW - timedelta(weeks=weeks, minutes=30)
    began = {"started_at": at, "ended_at": at + timedelta(minutes=3), "answered_by": None}
    for _ in range(times):
        chain.take_in([report(**{**began, "service": None, **fields})])


def test_contacts_count_as_well_by_service_by_what_answered_or_by_words(staff, usual, tmp_path):
    chain = Chain(staff, Seals(tmp_path / "seals"))
    calls(chain, 1, weeks=8, searches=["first"])
    calls(chain, 20, service="missed-bin", searches=["Bin Late"])
    calls(chain, 20, answered_by="bin-days", searches=["x", "bin late"])
    calls(chain, 12, searches=["bin", "wasp nest"])
    calls(chain, 12, searches=[])
    write(staff, some(10, "bins", "bin-days"))
    first, second = surges(staff, subject_of, NOW)
    assert (first.subject, first.words, first.count) == (Subject("bins"), "bin late", 50)
    assert (second.words, second.count) == ("wasp nest", 12)


def test_contacts_of_the_first_days_are_not_taken_for_a_surge(staff, usual, tmp_path):
    calls(Chain(staff, Seals(tmp_path / "seals")), 30, service="missed-bin")
    assert surges(staff, subject_of, NOW) == ()


def test_other_hours_and_other_days_count_for_nothing(staff, usual):
    write(staff, some(30, "bins", "missed-bin", minutes=121))
    write(staff, some(30, "bins", "missed-bin", minutes=24 * 60))
    assert surges(staff, subject_of, NOW) == ()


def test_before_there_is_a_week_to_compare_with_nothing_is_said(staff):
    assert surges(staff, subject_of, NOW) == ()
    write(staff, some(100, "bins", "missed-bin"))
    assert surges(staff, subject_of, NOW) == ()


def test_weeks_before_the_first_search_are_not_taken_for_quiet_ones(staff):
    write(staff, some(20, "bins", "missed-bin", weeks=1))
    write(staff, some(1, "bins", "missed-bin", weeks=1, minutes=180))
    write(staff, some(30, "bins", "missed-bin"))
    assert surges(staff, subject_of, NOW) == ()


def test_the_hours_are_those_of_the_clock_on_the_wall(staff):
    now = datetime(2026, 11, 2, 11, 0, tzinfo=UTC)
    # On 25 October the clocks went back: 10.30 was 9.30 UTC two weeks before.
    before = datetime(2026, 10, 19, 8, 30, tzinfo=UTC)
    found = {"results": ("missed-bin",), "total": 1}
    write(staff, [search("first", at=now - timedelta(weeks=8))])
    write(staff, [search("bins", at=before, **found) for _ in range(90)])
    write(staff, [search("bins", at=now - timedelta(minutes=5), **found) for _ in range(30)])
    assert surges(staff, subject_of, now) == ()
    assert surges(staff, subject_of, now + timedelta(hours=1)) != ()
