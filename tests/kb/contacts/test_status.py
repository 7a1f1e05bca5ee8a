"""What there is of contacts."""

import pytest
from pydantic import TypeAdapter

from kb.contacts.contact import Report
from kb.contacts.status import ContactsStatus, contacts_status
from kb.records.database import Database
from kb.records.spool import Spool
from kb.records.tables import Line
from tests.kb.contacts.made import report


@pytest.fixture
def spool(tmp_path) -> Spool[Report]:
    return Spool(tmp_path / "spool", TypeAdapter(Report))


def test_contacts_rows_and_what_waits_are_counted(chain, spool):
    first = report()
    chain.take_in([first, report(), report(corrects=first.id)])
    spool.put([report()])
    spool.set_aside(report())
    assert contacts_status(chain.database, spool) == ContactsStatus("", 2, 3, 1, 1)


def test_a_store_that_is_not_made_is_not_made_by_looking(tmp_path, spool):
    store = Database(f"sqlite:///{tmp_path}/none/records.db", tuple(Line))
    assert contacts_status(store, spool) == ContactsStatus("", 0, 0, 0, 0)
    assert not (tmp_path / "none").exists()


def test_one_that_cannot_be_used_says_why(tmp_path, spool):
    spool.put([report()])
    found = contacts_status(Database(f"sqlite:///{tmp_path}", tuple(Line)), spool)
    assert "unable to open" in found.problem
    assert found.waiting == 1
