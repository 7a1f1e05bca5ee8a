"""What is done with contacts once a day."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import func, select, text

from kb import clock
from kb.contacts.audit import Broken
from kb.contacts.contact import Draft
from kb.contacts.drafts import Drafts
from kb.contacts.tables import contacts
from kb.contacts.upkeep import ContactsUpkeep
from kb.records.database import Database, RecordsAway
from tests.kb.contacts.made import report

TAKEN = datetime(2026, 7, 1, 22, 30, tzinfo=UTC)  # in local time 23.30 of the same day
KEEP = 30


@pytest.fixture
def upkeep(chain, tmp_path, monkeypatch):
    """The upkeep of a chain with one contact, taken in on 1 July."""
    monkeypatch.setattr(clock, "now", lambda: TAKEN)
    chain.take_in([report()])
    return ContactsUpkeep(chain, Drafts(tmp_path / "drafts"), KEEP)


def count(database: Database) -> int:
    with database.reading() as connection:
        of_kind = select(func.count()).where(contacts.c.kind == "contact")
        return connection.scalar(of_kind) or 0


def spoil(database: Database) -> None:
    with database.writing() as connection:
        connection.execute(text("UPDATE contacts SET outcome = 'abandoned'"))


def test_a_contact_is_kept_for_so_many_whole_days(upkeep):
    assert upkeep.purge(date(2026, 7, 31)).contacts == 0
    assert upkeep.purge(date(2026, 8, 1)).contacts == 1
    assert count(upkeep.chain.database) == 0


def test_each_day_contacts_go_seals_are_thinned_and_old_drafts_forgotten(upkeep, monkeypatch):
    agent, other = uuid4(), uuid4()
    upkeep.chain.take_in([report()])
    upkeep.drafts.put(agent, Draft(notes="long ago"))
    monkeypatch.setattr(clock, "now", lambda: TAKEN + timedelta(days=40))
    upkeep.drafts.put(other, Draft(notes="now"))
    assert len(upkeep.chain.seals.read()) == 2
    upkeep.daily(date(2026, 8, 10))
    assert count(upkeep.chain.database) == 0
    assert [seal.seq for seal in upkeep.chain.seals.read()] == [2, 3]  # and of the purge
    assert [file.stem for file in upkeep.drafts.folder.iterdir()] == [other.hex]


def test_a_chain_that_is_broken_is_left_as_it_is_and_logged(upkeep, caplog):
    spoil(upkeep.chain.database)
    with pytest.raises(Broken):
        upkeep.purge(date(2026, 9, 1))
    upkeep.daily(date(2026, 9, 1))
    assert "not purged, as their chain is broken: row 1 " in caplog.text
    assert count(upkeep.chain.database) == 1
    assert upkeep.purge(date(2026, 9, 1), broken=True).rows == 1


def test_what_cannot_be_tidied_is_logged_and_keeps_no_contact_longer(upkeep, caplog):
    upkeep.drafts.folder.mkdir()
    (upkeep.drafts.folder / "x.json").mkdir()
    upkeep.daily(date(2026, 9, 1))
    assert "drafts of contacts are not tidied" in caplog.text
    assert count(upkeep.chain.database) == 0


def test_a_store_that_is_away_is_told_to_whoever_tries_again(tmp_path, upkeep):
    away = Database(f"sqlite:///{tmp_path}", upkeep.chain.database.lines)
    upkeep.chain.database = away
    with pytest.raises(RecordsAway):
        upkeep.daily(date(2026, 9, 1))
