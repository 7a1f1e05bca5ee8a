"""What people said, wherever it is kept beside contacts: found, erased, exported, counted."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from kb.flags.keeping import take_in
from kb.flags.queue import Wanted, queue
from kb.flags.tables import FLAGS
from kb.personal import MARK
from kb.pins.tables import PINS
from kb.records.export import write_rows
from kb.records.said import ALL, DESK, SEARCHES
from kb.records.tables import METADATA, Line
from kb.records.worded import count, erase, find, find_where, rows
from kb.requests.tables import REQUESTS, requests
from tests.kb.flags.made import flag
from tests.kb.records.worded import PLACES, WHO, name_everywhere

WITHOUT_WORDS = {
    *["accounts", "sessions", "tokens", "failures", "leases"],
    *["routings", "search_days", "contact_days", "chain"],
    *["outbox", "outbox_deliveries", "outbox_attempts", "contacts"],
}
"""Tables that hold nothing that anybody said, and contacts, which are erased their own way."""


@pytest.fixture
def store(staff):
    name_everywhere(staff)
    return staff


def found(store, words: str = WHO):
    with store.reading() as connection:
        return [one for worded in ALL for one in find(connection, worded, words)]


def erased(store, some) -> int:
    with store.writing() as connection:
        return erase(connection, some)


def everything(store) -> str:
    with store.reading() as connection:
        return "\n".join(
            str(row) for worded in ALL for row in connection.execute(select(worded.table))
        )


def test_no_table_with_words_is_forgotten():
    known = {worded.table.name for worded in ALL}
    assert known | WITHOUT_WORDS >= {name for line in Line for name in METADATA[line].tables}


def test_words_are_found_in_every_place_in_small_and_capital_letters(store):
    for words in (WHO, WHO.upper()):
        assert len(found(store, words)) == PLACES
        assert {one.worded for one in found(store, words)} == set(ALL)
    assert found(store, "nobody of that name") == []


def test_what_is_erased_is_nowhere_and_all_else_stays(store):
    assert erased(store, found(store)) == PLACES
    assert WHO not in everything(store)
    with store.reading() as connection:
        left = {worded: count(connection, worded) for worded in ALL}
    assert (left[REQUESTS], left[PINS]) == (1, 1)
    assert (left[SEARCHES], left[FLAGS]) == (2, 2)
    for other in ("a hole", "Snow", "fine", "out of date", "changed"):
        assert len(found(store, other)) == 1
    assert found(store) == []


def test_a_flag_whose_words_are_erased_stays_in_the_queue(store):
    erased(store, found(store))
    (group,) = queue(store, Wanted())
    (raised,) = group.flags
    assert (raised.flag.comment, raised.flag.query, raised.flag.trail) == (MARK, MARK, ())


def test_words_that_are_erased_are_not_offered_to_editors():
    assert flag("said-differently", comment=MARK).wording == ""
    assert flag("said-differently", comment="the tip").wording == "the tip"


def test_what_is_erased_is_in_no_file_of_the_database(open_store, tmp_path):
    store = open_store(f"sqlite:///{tmp_path}/file/records.db", tuple(Line))
    name_everywhere(store)
    erased(store, found(store))
    files = b"".join(path.read_bytes() for path in store.file.parent.iterdir())
    assert WHO.encode() not in files


def test_rows_are_found_by_what_they_belong_to(store):
    with store.reading() as connection:
        assert len(find_where(connection, REQUESTS, requests.c.address == "4 High Street")) == 2
        assert find_where(connection, REQUESTS, requests.c.address == "elsewhere") == []


@pytest.mark.parametrize("worded", DESK, ids=lambda worded: worded.name)
@pytest.mark.parametrize("lines", [True, False])
def test_every_row_is_exported(store, tmp_path, worded, lines):
    file = tmp_path / "out"
    with file.open("w", encoding="utf-8") as out:
        write_rows(worded.columns, rows(store, worded), out, lines=lines)
    text = file.read_text(encoding="utf-8")
    assert text.count(WHO) >= 1
    assert len(text.splitlines()) == 2 + (not lines)


def test_rows_of_some_days_are_exported(staff):
    days = [datetime(2026, 11, day, 23, 30, tzinfo=UTC) for day in (1, 2, 3)]
    take_in(staff, [flag(at=at) for at in days])
    some = rows(staff, FLAGS, date(2026, 11, 2), date(2026, 11, 2))
    assert [row["at"] for row in some] == [days[1]]
