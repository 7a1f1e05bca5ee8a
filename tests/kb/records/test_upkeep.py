"""What the staff side does by itself."""

import threading
from datetime import UTC, datetime

import pytest

from kb.records import upkeep as module
from kb.records.database import Database, RecordsAway
from kb.records.entries import Search
from kb.records.journal import count, write
from kb.records.tables import Line
from kb.records.upkeep import Upkeep
from kb.settings import Settings
from tests.kb.records.made import feedback, search


@pytest.fixture
def upkeep(public, staff):
    return Upkeep(public, staff, Settings(), lambda article: "desk")


class Rounds(threading.Event):
    """Stops after so many rounds, calling something before each further one."""

    def __init__(self, rounds: int, between=lambda: None) -> None:
        super().__init__()
        self.left = rounds
        self.between = between

    def wait(self, timeout=None):
        self.left -= 1
        self.between()
        return self.left <= 0


def test_it_collects_routes_and_purges(upkeep, public, staff):
    old = datetime(2020, 1, 1, tzinfo=UTC)
    write(public, [search("new"), search("old", at=old), feedback("complaint", comment="x")])
    upkeep.run(Rounds(1))
    with staff.reading() as connection:
        assert count(connection, Search) == 1
    assert upkeep.collect()[1] == 0  # the complaint has somebody already


def test_it_goes_on_when_a_store_comes_back(tmp_path, public, caplog):
    staff_file = tmp_path / "staff"
    staff_file.mkdir()
    staff = Database(f"sqlite:///{staff_file}", tuple(Line))
    write(public, [search("waits")])
    rounds = Rounds(3, between=lambda: staff_file.rmdir() if staff_file.is_dir() else None)
    Upkeep(public, staff, Settings(), lambda article: None).run(rounds)
    with staff.reading() as connection:
        assert count(connection, Search) == 1
    said = [record.message for record in caplog.records]
    assert len([line for line in said if "unable to open" in line]) == 1


def test_a_fault_of_ours_does_not_end_it(upkeep, public, staff, monkeypatch, caplog):
    write(public, [search()])
    faults = [ZeroDivisionError("ours")]
    collect = module.collect

    def faulty(*stores):
        if faults:
            raise faults.pop()
        return collect(*stores)

    monkeypatch.setattr(module, "collect", faulty)
    upkeep.run(Rounds(2))
    with staff.reading() as connection:
        assert count(connection, Search) == 1


def test_what_else_is_to_be_done_is_done_once_a_day_and_again_where_it_could_not(upkeep, caplog):
    done, ready = [], []

    def daily(today):
        if not ready:
            ready.append(today)
            raise RecordsAway("just now")
        done.append(today)

    upkeep.run(Rounds(4), daily)
    assert done == ready
    assert "just now" in caplog.text
