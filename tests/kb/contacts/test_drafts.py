"""Drafts: one of each person, on disk, for a day."""

import os
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from kb import clock
from kb.contacts.contact import Draft
from kb.contacts.drafts import Drafts
from tests.kb.contacts.made import BEGAN

NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)
ME, OTHER = uuid4(), uuid4()


@pytest.fixture
def drafts(tmp_path) -> Drafts:
    return Drafts(tmp_path / "records" / "drafts")


@pytest.fixture
def goes_on(monkeypatch):
    """Lets time pass."""

    def to(moment: datetime) -> None:
        monkeypatch.setattr(clock, "now", lambda: moment)

    to(NOW)
    return to


def test_a_draft_is_given_back_as_it_was_kept_last_even_to_another_process(drafts):
    assert drafts.get(ME) is None
    drafts.put(ME, Draft(notes="one"))
    last = Draft(id=uuid4(), started_at=BEGAN, notes="call 01632 960212", handed_to="depot")
    drafts.put(ME, last)
    assert Drafts(drafts.folder).get(ME) == last
    assert drafts.get(OTHER) is None


def test_a_draft_that_is_dropped_is_gone(drafts):
    drafts.put(ME, Draft(notes="mine"))
    drafts.put(OTHER, Draft(notes="other"))
    drafts.drop(ME)
    drafts.drop(ME)
    assert drafts.get(ME) is None
    assert drafts.get(OTHER) == Draft(notes="other")


def test_what_is_personal_is_masked_on_disk_and_the_folder_is_for_its_owner_alone(drafts):
    drafts.put(ME, Draft(notes="call 01632 960212", searches=("jo@example.org",)))
    (file,) = drafts.folder.iterdir()
    assert "call […]" in file.read_text(encoding="utf-8")
    assert b"960212" not in file.read_bytes()
    assert drafts.folder.stat().st_mode & 0o077 == 0


def test_a_draft_of_long_ago_is_no_more(drafts, goes_on):
    drafts.put(ME, Draft(notes="old"))
    goes_on(NOW + timedelta(hours=23))
    drafts.put(OTHER, Draft(notes="newer"))
    assert drafts.get(ME) == Draft(notes="old")
    goes_on(NOW + timedelta(hours=25))
    assert drafts.get(ME) is None
    assert drafts.expire() == 1
    assert len(list(drafts.folder.iterdir())) == 1
    assert drafts.get(OTHER) == Draft(notes="newer")


def test_a_file_that_is_no_draft_is_none(drafts):
    assert drafts.expire() == 0
    drafts.put(ME, Draft())
    (file,) = drafts.folder.iterdir()
    file.write_bytes(b'{"at": "2026-')
    assert drafts.get(ME) is None
    assert drafts.expire() == 1


def test_what_was_left_half_written_goes_with_the_old_ones(drafts):
    drafts.put(ME, Draft())
    left = drafts.folder / f".{OTHER.hex}.json.new"
    left.write_bytes(b"{")
    os.utime(left, (0, 0))
    drafts.expire()
    assert not left.exists()
    assert drafts.get(ME) == Draft()
