"""The audit: what was done to the chain is found, and what was not is not."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import text, update

from kb import clock
from kb.contacts.audit import Broken, audit, verify
from kb.contacts.chain import Chain
from kb.contacts.erasure import erase
from kb.contacts.retention import purge
from kb.contacts.seals import Seals
from kb.contacts.tables import contacts
from tests.kb.contacts.made import report
from tests.kb.contacts.tampering import Tamperer

START = datetime(2026, 6, 1, 9, tzinfo=UTC)
OUTCOMES: list[dict[str, Any]] = [
    {"outcome": "resolved"},
    {"outcome": "abandoned"},
    {"outcome": "call-back", "call_back_by": START + timedelta(days=60)},
    {"outcome": "handed-over", "handed_to": "depot"},
]


@pytest.fixture
def story(chain, monkeypatch) -> Chain:
    """A chain with all that it can hold: contacts, corrections, erasures and purges."""
    now = [START]
    monkeypatch.setattr(clock, "now", lambda: now[0])
    first = []
    for day in range(24):
        now[0] = START + timedelta(days=day, seconds=day)
        handed_in = report(
            f"Note {day}",
            **OUTCOMES[day % len(OUTCOMES)],
            first=day % 2 == 0,
            started_at=now[0] - timedelta(minutes=5),
            ended_at=now[0],
            case=f"C-{day}" if day % 3 else None,
            avoidable="progress-chasing" if day % 4 == 0 else None,
            searches=[f"query {day}"] * (day % 3),
        )
        first.append(handed_in.id)
        chain.take_in([handed_in])
        if day % 6 == 0:
            chain.take_in([report(f"Corrected {day}", corrects=first[day // 2])])
        if day == 12:
            purge(chain, START + timedelta(days=4))
        if day == 18:
            erase(chain, first[8:10])
    purge(chain, START + timedelta(days=6))
    return chain


def test_a_chain_that_nobody_has_touched_is_verified(story, verified):
    found = verified()
    assert (found.purged, found.rows, found.seq, found.sealed) == (7, 25, 32, 32)
    assert (found.first, found.last) == (
        START + timedelta(days=6, seconds=6),
        START + timedelta(days=23, seconds=23),
    )
    assert found.erased == 3
    assert found.hash == story.seals.read()[-1].hash


def test_an_empty_chain_is_verified(chain, verified):
    found = verified()
    assert (found.rows, found.seq, found.hash, found.first) == (0, 0, "0" * 64, None)


def test_progress_is_told(chain):
    chain.take_in([report() for _ in range(3)])
    told = []
    audit(chain.database, [chain.seals], lambda done, total: told.append((done, total)))
    assert told == [(3, 3)]


@pytest.mark.slow
def test_a_thousand_random_changes_are_all_detected(story):
    seals = story.seals.read()
    missed = []
    with story.database.writing() as connection:
        for seed in range(1000):
            savepoint = connection.begin_nested()
            done = Tamperer(connection, seed).act()
            try:
                verify(connection, seals)
                missed.append((seed, done))
            except Broken:
                pass
            savepoint.rollback()
        verify(connection, seals)
    assert missed == []


def change(chain: Chain, statement) -> None:
    with chain.database.writing() as connection:
        connection.execute(text(statement) if isinstance(statement, str) else statement)


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("UPDATE contacts SET outcome = 'abandoned' WHERE seq = 2", "row 2 does not say what it"),
        ("UPDATE contacts SET hash = 'x' WHERE seq = 2", "row 2 does not say what it"),
        ("UPDATE contacts SET notes = 'nothing' WHERE seq = 3", "row 3 has other texts"),
        ("UPDATE contacts SET notes = NULL WHERE seq = 3", "row 3 has other texts"),
        ("UPDATE contacts SET salt = NULL WHERE seq = 3", "row 3 has texts and no salt"),
        (
            'UPDATE contacts SET salt = NULL, notes = NULL, searches = NULL, "case" = NULL'
            " WHERE seq = 3",
            "row 3 has lost its texts, and no erasure says so",
        ),
        ("DELETE FROM contacts WHERE seq = 2", "row 2 is missing; the next that is there is row 3"),
        ("DELETE FROM contacts WHERE seq = 1", "row 1 is missing"),
        ("DELETE FROM contacts WHERE seq > 2", "row 3 is missing.* row 4 .* end .* was cut off"),
        ("DELETE FROM contacts", "row 1 is missing.* row 4 .* end of the chain was cut off"),
        ("UPDATE contacts SET kind = 'purge' WHERE seq = 2", "row 2 says that it is a purge"),
        ("UPDATE contacts SET kind = 'erasure' WHERE seq = 4", "row 4 does not say what it"),
        (
            "INSERT INTO contact_days VALUES"
            " ('2026-01-01', '', '', 'text', 'resolved', TRUE, '', 5, 9)",
            "contact_days is not as the last purge left it",
        ),
    ],
)
def test_the_first_row_that_is_not_as_it_was_is_named(chain, verified, statement, said):
    chain.take_in([report("one"), report("two")])
    chain.take_in([report("three"), report("four")])
    change(chain, statement)
    with pytest.raises(Broken, match=said):
        verified()


def test_texts_that_were_erased_and_are_there_again_are_found(chain, verified):
    handed_in = report("one")
    chain.take_in([handed_in])
    with chain.database.reading() as connection:
        before = connection.execute(contacts.select()).one()._asdict()
    erase(chain, [handed_in.id])
    verified()
    texts = {name: before[name] for name in ("notes", "case", "searches", "salt")}
    change(chain, update(contacts).where(contacts.c.seq == 1).values(texts))
    with pytest.raises(Broken, match="row 1 has texts again that were erased"):
        verified()


def test_a_chain_that_was_put_back_and_went_on_anew_is_found(chain, verified):
    chain.take_in([report()])
    chain.take_in([report()])
    change(chain, "DELETE FROM contacts WHERE seq = 2")
    chain.take_in([report()])
    with pytest.raises(Broken, match="row 2 was sealed twice"):
        verified()


def test_rows_that_are_not_sealed_yet_are_no_break_and_are_told(chain, tmp_path):
    chain.take_in([report()])
    elsewhere = Seals(tmp_path / "elsewhere.seals")
    Chain(chain.database, elsewhere).take_in([report(), report()])
    assert audit(chain.database, [chain.seals]).sealed == 1
    assert audit(chain.database, [chain.seals, elsewhere]).sealed == 3


@pytest.mark.parametrize(
    "edit",
    [
        "first = 2",
        "started_at = '2026-11-02 09:30:00'",
        'opened = \'[ "bin-days", "missed-bin"]\'',
        "opened = 'no json'",
        "account = upper(hex(account))",
        "ended_at = 'yesterday'",
        "service = x'00ff'",
        "notes = x'00ff'",
        "texts = 'x'",
    ],
)
def test_sqlite_takes_values_that_read_the_same_and_they_are_found(chain_in_file, edit):
    chain_in_file.take_in([report()])
    change(chain_in_file, f"UPDATE contacts SET {edit}")
    with pytest.raises(Broken, match="row 1 "):
        audit(chain_in_file.database, [chain_in_file.seals])
