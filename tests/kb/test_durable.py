"""Writing a file whole or not at all."""

import os

import pytest

from kb.durable import UNFINISHED_S, remove_unfinished, write_durably


def test_a_file_is_written_in_place_of_the_one_before(tmp_path):
    write_durably(tmp_path / "file", b"one")
    write_durably(tmp_path / "file", b"two")
    assert (tmp_path / "file").read_bytes() == b"two"
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_one_that_cannot_be_written_leaves_the_one_before_and_nothing_else(tmp_path, monkeypatch):
    write_durably(tmp_path / "file", b"one")

    def full(_descriptor):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        write_durably(tmp_path / "file", b"two")
    assert (tmp_path / "file").read_bytes() == b"one"
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_what_a_killed_writer_left_is_removed_and_what_is_being_written_is_not(tmp_path):
    for name in (".left.new", ".writing.new", "kept.new", ".kept"):
        (tmp_path / name).touch()
        if name != ".writing.new":
            long_ago = (tmp_path / name).stat().st_mtime - UNFINISHED_S - 60
            os.utime(tmp_path / name, (long_ago, long_ago))
    remove_unfinished(tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == {".writing.new", "kept.new", ".kept"}
    remove_unfinished(tmp_path / "not there")
