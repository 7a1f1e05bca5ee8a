"""Finding contacts: as they stand, by what they say, and one with all its versions."""

from datetime import UTC, date, datetime
from uuid import uuid4

import pytest
from sqlalchemy import update

from kb.contacts.contact import Channel, Outcome, Report
from kb.contacts.erasure import erase
from kb.contacts.finding import ANY, NONE, Wanted, find, versions
from kb.contacts.tables import contacts
from tests.kb.contacts.made import AGENT, contact, report


@pytest.fixture
def found(chain):
    """The notes of the contacts that are found, as they stand."""

    def find_them(page=1, size=50, **wanted):
        with chain.database.reading() as connection:
            total, page_of = find(connection, Wanted(**wanted), page, size)
        return total, [one.version.contact.notes for one in page_of]

    return find_them


def at(day: int, hour: int = 9) -> dict[str, datetime]:
    moment = datetime(2026, 7, day, hour, tzinfo=UTC)
    return {"started_at": moment, "ended_at": moment}


def test_a_contact_is_found_as_it_was_corrected_last(chain):
    first = report("one", outcome="resolved")
    chain.take_in([first, other := report("other")])
    chain.take_in([report("two", corrects=first.id), report("three", corrects=first.id)])
    with chain.database.reading() as connection:
        total, found = find(connection, Wanted())
        history = versions(connection, first.id)
    assert total == 2
    assert {one.id: (one.version.contact.notes, one.corrections) for one in found} == {
        first.id: ("three", 2),
        other.id: ("other", 0),
    }
    assert [one.contact.notes for one in history] == ["one", "two", "three"]
    assert {(one.account, one.team, one.erased) for one in history} == {
        (AGENT, "customer-services", False)
    }


def test_what_a_correction_changed_is_found_by_what_it_says_now(chain, found):
    first = report(outcome="resolved")
    chain.take_in([first, report("now", corrects=first.id, outcome="abandoned")])
    assert found(outcomes=(Outcome.RESOLVED,))[0] == 0
    assert found(outcomes=(Outcome.ABANDONED,)) == (1, ["now"])


def test_the_last_comes_first_a_page_at_a_time(chain, found):
    chain.take_in([report(str(day), **at(day)) for day in (3, 1, 2, 5, 4)])
    assert found(size=2) == (5, ["5", "4"])
    assert found(page=3, size=2) == (5, ["1"])
    assert found(page=4, size=2) == (5, [])


def test_days_are_local_and_both_ends_belong(chain, found):
    chain.take_in([report("late", **at(1, 22)), report("next", **at(1, 23)), report("2", **at(2))])
    assert found(since=date(2026, 7, 2)) == (2, ["2", "next"])
    assert found(until=date(2026, 7, 1)) == (1, ["late"])
    assert found(since=date(2026, 7, 2), until=date(2026, 7, 2))[0] == 2


def test_contacts_are_found_by_each_thing_that_they_say(chain, found):
    me = uuid4()
    chain.take_in(
        [
            report("a", **at(1), service=None, avoidable="progress-chasing", channel="letter"),
            report("b", **at(2), service="potholes", first=False, outcome="abandoned"),
            Report(contact=contact("c", **at(3), service="potholes"), account=me),
        ]
    )
    for wanted, notes in (
        ({"service": "potholes"}, ["c", "b"]),
        ({"service": NONE}, ["a"]),
        ({"service": ANY}, ["c", "b"]),
        ({"avoidable": ANY}, ["a"]),
        ({"avoidable": "progress-chasing"}, ["a"]),
        ({"avoidable": NONE, "first": True}, ["c"]),
        ({"team": "customer-services"}, ["b", "a"]),
        ({"team": NONE}, ["c"]),
        ({"channels": (Channel.LETTER, Channel.TEXT)}, ["a"]),
        ({"outcomes": (Outcome.ABANDONED, Outcome.RESOLVED)}, ["c", "b", "a"]),
        ({"first": False}, ["b"]),
        ({"account": me}, ["c"]),
        ({"account": me, "service": NONE}, []),
    ):
        assert found(**wanted) == (len(notes), notes), wanted


def test_an_erased_contact_is_found_without_its_texts(chain):
    first = report("gone")
    chain.take_in([first])
    erase(chain, [first.id])
    with chain.database.reading() as connection:
        (version,) = versions(connection, first.id)
    assert version.erased
    assert version.contact == first.contact.without_texts()


def test_what_is_not_there_has_no_versions(chain):
    with chain.database.reading() as connection:
        assert versions(connection, uuid4()) == []
        assert find(connection, Wanted()) == (0, [])


def test_a_row_that_is_no_contact_is_left_out(chain, found):
    chain.take_in([report("good"), report("bad")])
    with chain.database.writing() as connection:
        connection.execute(update(contacts).where(contacts.c.seq == 2).values(outcome="moon"))
    assert found()[1] == ["good"]


def test_nothing_is_injected_by_what_is_looked_for(chain, found):
    chain.take_in([report("one")])
    assert found(service="' OR 1=1 --") == (0, [])
