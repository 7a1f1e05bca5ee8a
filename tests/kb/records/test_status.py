"""How a store is."""

from kb.records.database import Database
from kb.records.entries import ENTRIES
from kb.records.journal import write
from kb.records.spool import Spool
from kb.records.status import status_of
from kb.records.tables import Line
from tests.kb.records.made import feedback, opening, search


def test_it_tells_what_it_holds_and_what_waits(staff, tmp_path):
    spool = Spool(tmp_path / "spool", ENTRIES)
    write(staff, [search(), search(), opening()])
    spool.put([feedback(), feedback()])
    status = status_of(staff, spool)
    assert (status.searches, status.openings, status.feedback) == (2, 1, 0)
    assert (status.waiting, status.unreadable, status.problem) == (2, 0, "")
    assert status.there


def test_one_that_is_not_made_is_not_made_by_looking(tmp_path):
    store = Database(f"sqlite:///{tmp_path}/none/records.db", tuple(Line))
    status = status_of(store, Spool(tmp_path / "spool", ENTRIES))
    assert (status.there, status.problem) == (False, "")
    assert not (tmp_path / "none").exists()


def test_one_that_cannot_be_used_says_why(tmp_path):
    store = Database(f"sqlite:///{tmp_path}", tuple(Line))
    status = status_of(store, Spool(tmp_path / "spool", ENTRIES))
    assert "unable to open" in status.problem
    assert (status.there, status.searches) == (True, 0)
