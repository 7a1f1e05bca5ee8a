"""Entries on disk: whole, in order, and taken away only when that is said."""

import os
import shutil

import pytest

from kb.records.entries import ENTRIES
from kb.records.spool import KEEP_FREE, Spool
from tests.kb.records.made import feedback, opening, search


@pytest.fixture
def spool(tmp_path):
    return Spool(tmp_path / "records" / "spool", ENTRIES)


def entries_of(batch):
    return [entry for spooled in batch for entry in spooled.entries]


def test_what_is_put_in_comes_out_in_order_and_stays_until_it_is_removed(spool):
    first, second, third = search("one"), opening(), feedback(comment="three")
    spool.put([first, second])
    spool.put([third])
    assert spool.waiting() == 3
    assert entries_of(spool.take(10)) == [first, second, third]
    batch = Spool(spool.folder, ENTRIES).take(2)
    assert entries_of(batch) == [first, second]
    spool.remove(batch)
    assert entries_of(spool.take(10)) == [third]
    spool.remove(batch)  # another process was quicker
    assert spool.waiting() == 1


def test_nothing_is_made_before_there_is_something_to_keep(spool):
    assert (spool.waiting(), spool.unreadable(), spool.take(10)) == (0, 0, [])
    assert not spool.folder.exists()


def test_the_folder_is_for_its_owner_alone(spool):
    spool.put([search()])
    assert spool.folder.stat().st_mode & 0o077 == 0


def test_what_is_no_entry_is_set_aside_and_the_rest_is_taken(spool):
    good = search()
    spool.put([good, search()])
    (file,) = spool.folder.glob("*.jsonl")
    line = good.model_dump_json().encode()
    file.write_bytes(line + b'\n{"entry": "moon"}\n\xff\xfe\n' + b"[" * 100_000 + b"\n")
    batch = spool.take(10)
    assert entries_of(batch) == [good]
    assert spool.unreadable() == 3
    spool.remove(batch)
    assert spool.waiting() == 0
    assert {path.read_bytes()[:1] for path in (spool.folder / "unreadable").iterdir()} == {
        b"{",
        b"\xff",
        b"[",
    }


def test_other_files_in_the_folder_are_left_alone(spool):
    spool.put([search()])
    for name in (".hidden.new", "1-2x-3.jsonl", "notes.txt"):
        (spool.folder / name).write_bytes(b"not ours")
    assert len(entries_of(spool.take(10))) == 1
    assert spool.waiting() == 1


def test_room_is_left_on_the_disk_by_what_can_be_done_without(spool, monkeypatch):
    usage = shutil.disk_usage("/")._replace(free=KEEP_FREE - 1)
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: usage)
    with pytest.raises(OSError, match="free"):
        spool.put([search()], spare=True)
    spool.put([feedback()])
    assert spool.waiting() == 1


def test_a_full_disk_leaves_no_half_a_file(spool, monkeypatch):
    spool.put([search()])

    def full(_descriptor):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        spool.put([search()])
    assert [path.suffix for path in spool.folder.iterdir()] == [".jsonl"]


def test_what_a_killed_process_left_half_written_is_tidied_away(spool):
    spool.tidy()
    spool.put([search()])
    spool.set_aside(search())
    for folder in (spool.folder, spool.folder / "unreadable"):
        left = folder / ".0-1-0.jsonl.new"
        left.write_bytes(b"{")
        os.utime(left, (0, 0))
    spool.tidy()
    assert list(spool.folder.rglob("*.new")) == []
    assert (spool.waiting(), spool.unreadable()) == (1, 1)
