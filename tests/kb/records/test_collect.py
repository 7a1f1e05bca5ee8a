"""From the public store to the staff's: everything, once, whatever interrupts it."""

import threading

import pytest

from kb.article import Edition
from kb.records import collect as module
from kb.records.collect import collect
from kb.records.database import Database, RecordsAway
from kb.records.entries import Entry, Feedback, Opening, Search
from kb.records.journal import append, count, read, write
from kb.records.tables import Line
from tests.kb.records.made import feedback, opening, search


def entries_in(store: Database) -> set[Entry]:
    with store.reading() as connection:
        return {
            one.entry
            for type_ in (Search, Opening, Feedback)
            for one in read(connection, type_, 0, 10_000).entries
        }


def test_entries_move_as_they_are_and_the_public_store_keeps_none(public, staff):
    entries = [search("a"), search("b", results=("x", "y")), opening(), feedback(score=3)]
    write(public, entries)
    found = collect(public, staff)
    assert (found.searches, found.openings, found.feedback, found.unreadable) == (2, 1, 1, 0)
    assert entries_in(staff) == set(entries)
    assert entries_in(public) == set()
    assert collect(public, staff).entries == 0


def test_more_than_a_batch_is_moved_whole(public, staff, monkeypatch):
    monkeypatch.setattr(module, "BATCH", 7)
    entries = [search(str(number)) for number in range(30)]
    write(public, entries)
    assert collect(public, staff).searches == 30
    assert entries_in(staff) == set(entries)


def test_what_was_interrupted_before_the_public_store_let_go_is_not_doubled(
    public, staff, monkeypatch
):
    entries = [search("a"), feedback(comment="b")]
    write(public, entries)

    def dies(*_):
        raise RecordsAway("gone")

    with monkeypatch.context() as patch:
        patch.setattr(module, "remove", dies)
        with pytest.raises(RecordsAway):
            collect(public, staff)
    collect(public, staff)
    assert entries_in(staff) == set(entries)
    assert entries_in(public) == set()


def test_two_that_collect_at_once_while_entries_come_in_lose_and_double_nothing(public, staff):
    entries = [search(str(number)) for number in range(200)]

    def come_in():
        for start in range(0, 200, 10):
            write(public, entries[start : start + 10])

    threads = [threading.Thread(target=come_in)]
    threads += [threading.Thread(target=collect, args=(public, staff)) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    collect(public, staff)
    assert entries_in(staff) == set(entries)
    with staff.reading() as connection:
        assert count(connection, Search) == 200


def test_what_no_public_application_records_stays_where_it_is(public, staff):
    forged = search("forged", edition=Edition.STAFF)
    write(public, [forged, search("good")])
    found = collect(public, staff)
    assert (found.searches, found.unreadable) == (1, 1)
    assert [entry.query for entry in entries_in(staff)] == ["good"]
    assert collect(public, staff).unreadable == 1


def test_a_public_store_that_is_not_there_is_not_made(tmp_path, staff):
    public = Database(f"sqlite:///{tmp_path}/none/public.db", (Line.JOURNAL,))
    assert collect(public, staff).entries == 0
    assert not (tmp_path / "none").exists()


def test_one_and_the_same_store_on_both_sides_is_refused_and_keeps_what_it_has(new_url, open_store):
    url = new_url()
    staff = open_store(url, tuple(Line))
    entry = search(edition=Edition.PUBLIC)
    write(staff, [entry])
    with pytest.raises(Exception, match="store of the staff"):
        collect(open_store(url, (Line.JOURNAL,)), staff)
    with staff.reading() as connection:
        append_again = read(connection, Search, 0, 9)
    assert [one.entry for one in append_again.entries] == [entry]


def test_nothing_is_taken_away_before_the_staff_have_it(public, tmp_path):
    write(public, [search()])
    away = Database(f"sqlite:///{tmp_path}", tuple(Line))  # a folder is no database
    with pytest.raises(RecordsAway):
        collect(public, away)
    with public.writing() as connection:
        append(connection, [search()])
        assert count(connection, Search) == 2
