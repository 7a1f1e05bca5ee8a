"""Taking flags in: whatever becomes of the store, what was accepted gets there once."""

from functools import partial

import pytest

from kb.flags.intake import FlagIntake
from kb.flags.keeping import OtherFlag
from kb.flags.queue import Wanted, count_open, queue
from kb.records import recorder as module
from kb.records.database import Database
from kb.records.tables import Line
from tests import absence
from tests.kb.flags.made import flag
from tests.waiting import until


@pytest.fixture
def intake(staff, tmp_path, monkeypatch):
    monkeypatch.setattr(module, "RETRY_S", (0.05,))
    made = FlagIntake(staff, tmp_path / "var")
    yield made
    made.recorder.close()


@pytest.fixture
def away(staff, request):
    server = None if staff.file else request.getfixturevalue("postgresql")
    return partial(absence.away, staff, server)


def test_a_flag_is_in_the_queue_at_once(intake, staff):
    raised = flag()
    assert intake.take(raised) is True
    assert intake.take(raised) is False
    assert count_open(staff) == 1
    with pytest.raises(OtherFlag):
        intake.take(raised.model_copy(update={"comment": "other"}))


def test_while_the_store_is_away_flags_wait_on_disk_and_go_in_once(intake, staff, away):
    first, second = flag(comment="first"), flag(comment="second")
    intake.take(first)
    with away():
        assert [intake.take(one) for one in (second, second)] == [None, None]
        assert intake.recorder.spool.waiting() == 2
    until(lambda: intake.recorder.health().waiting == 0, seconds=60)
    (group,) = queue(staff, Wanted())
    assert [one.flag.comment for one in group.flags] == ["second", "first"]


def test_where_neither_store_nor_disk_takes_it_that_is_said(tmp_path):
    intake = FlagIntake(Database(f"sqlite:///{tmp_path}", tuple(Line)), tmp_path / "var")
    folder = intake.recorder.spool.folder
    folder.parent.mkdir(parents=True)
    folder.write_text("a file is no folder")
    with pytest.raises(OSError, match="exists"):
        intake.take(flag())
    intake.recorder.close()
