"""What is older than it is to be kept goes; the numbers of searches stay."""

import threading
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from kb.article import Edition
from kb.records import retention
from kb.records.entries import Feedback, Opening, Search, Surface
from kb.records.journal import count, write
from kb.records.retention import purge
from kb.records.routing import owners, route
from kb.records.tables import search_days
from kb.settings import Settings
from tests.kb.records.made import feedback, opening, search

TODAY = date(2026, 11, 2)
PERIODS = Settings(keep_searches=10, keep_feedback=20)


def ago(days: int) -> datetime:
    return datetime(2026, 11, 2, 12, tzinfo=UTC) - timedelta(days=days)


def counts(store) -> tuple[int, int, int]:
    with store.reading() as connection:
        searches, openings, said = (
            count(connection, type_) for type_ in (Search, Opening, Feedback)
        )
    return searches, openings, said


def numbers(store) -> list[tuple[object, ...]]:
    order = (search_days.c.day, search_days.c.surface)
    with store.reading() as connection:
        return [tuple(row) for row in connection.execute(select(search_days).order_by(*order))]


def test_each_kind_is_kept_for_its_own_days(staff):
    write(staff, [search(at=ago(11)), search(at=ago(10)), search(at=ago(0))])
    write(staff, [opening(at=ago(11)), opening(at=ago(9))])
    write(staff, [feedback(score=1, at=ago(21)), feedback(score=2, at=ago(20))])
    gone = purge(staff, PERIODS, TODAY)
    assert (gone.searches, gone.openings, gone.feedback) == (1, 1, 1)
    assert counts(staff) == (2, 1, 1)


def test_the_numbers_of_a_day_outlive_its_words(staff):
    desk = {"edition": Edition.STAFF, "surface": Surface.DESK}
    write(
        staff,
        [
            search("a", at=ago(30)),
            search("b", at=ago(30), total=0, results=()),
            search("c", at=ago(30), unsure=True),
            search("d", at=ago(30), **desk),
            opening(at=ago(30)),
            search("e", at=ago(31)),
        ],
    )
    purge(staff, PERIODS, TODAY)
    day = date(2026, 10, 3)
    assert numbers(staff) == [
        (day - timedelta(days=1), "public", "site", 1, 0, 0, 0),
        (day, "staff", "desk", 1, 0, 0, 0),
        (day, "public", "site", 3, 1, 1, 1),
    ]


def test_what_comes_late_is_added_to_its_day(staff):
    for _ in range(3):
        write(staff, [search(at=ago(30))])
        purge(staff, PERIODS, TODAY)
    assert [row[3] for row in numbers(staff)] == [3]


def test_a_day_begins_at_local_midnight(staff):
    """In July that is 23.00 in UTC."""
    summer = date(2026, 7, 20)
    late = datetime(2026, 7, 9, 22, 59, tzinfo=UTC)
    write(staff, [search(at=late), search(at=late + timedelta(minutes=1))])
    assert purge(staff, PERIODS, summer).searches == 1
    assert [row[0] for row in numbers(staff)] == [date(2026, 7, 9)]


def test_more_than_a_batch_goes_and_is_counted_whole(staff, monkeypatch):
    monkeypatch.setattr(retention, "BATCH", 7)
    write(staff, [search(at=ago(30)) for _ in range(30)])
    assert purge(staff, PERIODS, TODAY).searches == 30
    assert [row[3] for row in numbers(staff)] == [30]


def test_two_that_purge_at_once_count_each_search_once(staff, monkeypatch):
    monkeypatch.setattr(retention, "BATCH", 5)
    write(staff, [search(at=ago(30)) for _ in range(60)])
    threads = [threading.Thread(target=purge, args=(staff, PERIODS, TODAY)) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    purge(staff, PERIODS, TODAY)
    assert counts(staff) == (0, 0, 0)
    assert [row[3] for row in numbers(staff)] == [60]


def test_with_feedback_goes_whose_it_was(staff):
    old, new = (feedback("complaint", comment="x", at=ago(days)) for days in (30, 1))
    write(staff, [old, new])
    route(staff, lambda _: None)
    purge(staff, PERIODS, TODAY)
    with staff.reading() as connection:
        assert set(owners(connection, [old.id, new.id])) == {new.id}


def test_a_public_store_that_nobody_collects_is_purged_too(public):
    write(public, [search(at=ago(30)), search(at=ago(1)), feedback(score=1, at=ago(30))])
    purge(public, PERIODS, TODAY)
    assert counts(public) == (1, 0, 0)


@pytest.mark.parametrize("name", ["keep_searches", "keep_feedback"])
@pytest.mark.parametrize("days", [0, -1, 40_000])
def test_a_period_that_is_none_is_refused(name, days):
    with pytest.raises(ValueError, match=name):
        Settings(**{name: days})
