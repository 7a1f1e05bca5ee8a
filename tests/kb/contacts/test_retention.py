"""Purging: what is older goes, how much there was stays, and the chain holds from there."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select, update

from kb import clock
from kb.contacts.audit import Broken
from kb.contacts.erasure import erase
from kb.contacts.retention import Purged, purge
from kb.contacts.tables import contact_days, contacts
from kb.records.database import RecordsAway
from tests.kb.contacts.made import report

START = datetime(2026, 6, 1, 9, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture
def on_day(chain, monkeypatch):
    """Takes reports in on a day counted from the start."""

    def take_in(day: int, *reports):
        monkeypatch.setattr(clock, "now", lambda: START + day * DAY)
        return [taken.seq for taken in chain.take_in(reports)]

    return take_in


def rows(chain):
    with chain.database.reading() as connection:
        return connection.execute(select(contacts).order_by(contacts.c.seq)).all()


def days(chain):
    with chain.database.reading() as connection:
        return [tuple(row) for row in connection.execute(select(contact_days))]


def test_rows_that_are_older_go_and_a_checkpoint_says_so(chain, on_day, verified):
    on_day(0, report("one"))
    on_day(1, report("two"), report("three"))
    on_day(2, report("four"))
    before = rows(chain)
    assert purge(chain, START + 2 * DAY) == Purged(rows=3, contacts=3)
    left, checkpoint = rows(chain)
    assert left == before[3]
    assert (checkpoint.seq, checkpoint.kind) == (5, "purge")
    assert (checkpoint.purged, checkpoint.purged_to) == (3, 3)
    assert checkpoint.purged_hash == before[2].hash
    found = verified()
    assert (found.rows, found.purged, found.seq) == (2, 3, 5)


def test_the_chain_goes_on_after_a_purge_and_can_be_purged_again_to_the_last(
    chain, on_day, verified
):
    on_day(0, report())
    on_day(1, report())
    assert purge(chain, START + DAY).rows == 1
    on_day(2, report())
    assert purge(chain, START + 2 * DAY).rows == 2
    assert [row.kind for row in rows(chain)] == ["contact", "purge"]
    assert purge(chain, START + 9 * DAY).rows == 2
    assert [row.kind for row in rows(chain)] == ["purge"]
    assert verified().purged == 5
    on_day(9, report())
    assert verified().seq == 7


def test_where_nothing_is_older_nothing_is_written(chain, on_day, verified):
    assert purge(chain, START) == Purged(0, 0)
    on_day(3, report())
    assert purge(chain, START + 3 * DAY) == Purged(0, 0)
    assert verified().rows == 1


def test_a_row_behind_a_newer_one_stays_with_it(chain, on_day, verified):
    on_day(0, report())
    on_day(5, report())
    on_day(1, report())  # the clock was put back
    assert purge(chain, START + 2 * DAY).rows == 1
    assert verified().rows == 3


def test_how_many_there_were_of_each_kind_on_each_day_is_kept(chain, on_day):
    late = {
        "started_at": "2026-06-01T23:30:00+00:00",  # in London it is tomorrow
        "ended_at": "2026-06-01T23:32:30+00:00",
        "service": None,
        "avoidable": "progress-chasing",
        "first": False,
    }
    early = {"started_at": START, "ended_at": START + timedelta(minutes=3)}
    on_day(1, report(**early), report(**early), report(**late))
    purge(chain, START + 2 * DAY)
    team, usual = "customer-services", ("telephone", "resolved")
    assert sorted(days(chain)) == [
        (date(2026, 6, 1), "household-waste", team, *usual, True, "", 2, 360),
        (date(2026, 6, 2), "", team, *usual, False, "progress-chasing", 1, 150),
    ]
    on_day(3, report(**early))
    purge(chain, START + 4 * DAY)
    assert sorted(days(chain))[0][-2:] == (3, 540)


def test_a_corrected_contact_is_counted_once_as_it_was_corrected_last(chain, on_day, verified):
    first, second = report(), report()
    on_day(0, first, second)
    on_day(0, report(corrects=first.id, outcome="abandoned"))
    on_day(4, report(corrects=second.id, outcome="abandoned"))
    assert purge(chain, START + DAY) == Purged(rows=3, contacts=1)
    assert [(day[4], day[7]) for day in days(chain)] == [("abandoned", 1)]
    assert purge(chain, START + 5 * DAY).contacts == 1
    assert [(day[4], day[7]) for day in days(chain)] == [("abandoned", 2)]
    assert verified().rows == 1


def test_erased_contacts_are_purged_as_others_are(chain, on_day, verified):
    first = report("a note")
    on_day(0, first)
    on_day(1, report())
    erase(chain, [first.id])
    assert purge(chain, START + DAY).contacts == 1
    verified()
    assert purge(chain, START + 3 * DAY).contacts == 1
    verified()


@pytest.mark.parametrize("seq", [1, 2])
def test_what_was_changed_is_not_purged_before_somebody_says_so(chain, on_day, seq):
    on_day(0, report(), report())
    on_day(2, report())
    with chain.database.writing() as connection:
        connection.execute(
            update(contacts).where(contacts.c.seq == seq).values(outcome="abandoned")
        )
    with pytest.raises(Broken, match=f"row {seq} "):
        purge(chain, START + DAY)
    assert len(rows(chain)) == 3
    assert purge(chain, START + DAY, broken=True).rows == 2


def test_figures_that_were_changed_are_not_taken_over(chain, on_day):
    on_day(0, report())
    on_day(1, report())
    on_day(2, report())
    purge(chain, START + DAY)
    with chain.database.writing() as connection:
        connection.execute(update(contact_days).values(contacts=99))
    with pytest.raises(Broken, match="contact_days"):
        purge(chain, START + 2 * DAY)


def test_a_change_after_what_is_purged_is_left_for_the_audit(chain, on_day):
    on_day(0, report())
    on_day(2, report())
    with chain.database.writing() as connection:
        connection.execute(update(contacts).where(contacts.c.seq == 2).values(outcome="abandoned"))
    assert purge(chain, START + DAY).rows == 1


def test_a_purge_that_fails_leaves_all_as_it_was(chain, on_day, verified, monkeypatch):
    from kb.contacts import retention

    on_day(0, report())
    on_day(1, report())

    def fail(_connection):
        raise RecordsAway("it went away")

    monkeypatch.setattr(retention, "days_digest", fail)
    with pytest.raises(RecordsAway):
        purge(chain, START + DAY)
    assert days(chain) == []
    assert verified().rows == 2
