"""The seals: a line for each end of the chain, on disk, and few of days long past."""

import os
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from filelock import FileLock

from kb import clock
from kb.contacts import seals as module
from kb.contacts.seals import Seal

NOW = datetime(2026, 11, 10, 12, tzinfo=UTC)


def seal(seq: int, days: float = 0) -> Seal:
    return Seal(seq, f"{seq:064x}", NOW - timedelta(days=days))


def test_what_is_noted_is_read_again_in_order(seals):
    assert seals.read() == []
    seals.add(seal(1))
    seals.add(seal(5))
    assert seals.read() == [seal(1), seal(5)]
    assert seals.file.parent.stat().st_mode & 0o077 == 0


def test_a_seal_is_on_disk_when_it_is_noted(seals, monkeypatch):
    flushed = []
    fsync = os.fsync
    monkeypatch.setattr(os, "fsync", lambda file: (flushed.append(file), fsync(file)))
    seals.add(seal(1))
    assert len(flushed) == 2  # the file, and that it is in its folder
    seals.add(seal(2))
    assert len(flushed) == 3


@pytest.mark.parametrize("torn", ["12 abc", "2 " + "0" * 64, "x", "\udcff", f"3 {'0' * 64} now"])
def test_a_line_whose_writer_was_killed_is_left_out_and_harms_no_other(seals, torn):
    seals.add(seal(1))
    with seals.file.open("a", encoding="utf-8", errors="surrogateescape") as file:
        file.write(torn)
    seals.add(seal(2))
    assert seals.read() == [seal(1), seal(2)]


def test_threads_note_their_seals_whole(seals):
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda seq: seals.add(seal(seq)), range(1, 41)))
    assert {one.seq for one in seals.read()} == set(range(1, 41))


def test_a_file_that_cannot_be_written_is_logged_and_stops_nobody(seals, caplog):
    seals.file.mkdir(parents=True)
    seals.add(seal(7))
    assert "row 7 of the chain is not sealed" in caplog.text


def test_a_lock_that_is_not_let_go_is_not_waited_for_without_end(seals, caplog, monkeypatch):
    monkeypatch.setattr(module, "WAIT_S", 0.05)
    seals.file.parent.mkdir()
    with FileLock(f"{seals.file}.lock"):
        seals.add(seal(7))
    assert "row 7 of the chain is not sealed" in caplog.text


def test_of_past_days_only_the_last_seal_is_kept(seals, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOW)
    seals.thin()
    assert not seals.file.exists()
    for seq, days in ((1, 5), (3, 5), (2, 5), (4, 4), (5, 1), (6, 1), (7, 0)):
        seals.add(seal(seq, days))
    seals.thin()
    assert [one.seq for one in seals.read()] == [3, 4, 5, 6, 7]
    before = seals.file.stat().st_mtime_ns
    seals.thin()
    assert seals.file.stat().st_mtime_ns == before
