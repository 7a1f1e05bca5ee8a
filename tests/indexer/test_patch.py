"""Diffs that patch and git apply."""

import subprocess

import pytest

from indexer.patch import CannotName, unified

CASES = {
    "ordinary": (b"a\nb\nc\n", b"a\nb\nnew\nc\n"),
    "no line end at the end": (b"a\nb", b"a\nnew\nb"),
    "the last line changed": (b"a\nb", b"a\nb\nnew"),
    "crlf": (b"a\r\nb\r\n", b"a\r\nnew\r\nb\r\n"),
    "byte-order mark": (b"\xef\xbb\xbfa\nb\n", b"\xef\xbb\xbfa\nnew\nb\n"),
    "other line breaks": (
        "a\x0cb\u2028c\x85d\re\n".encode(),
        "a\x0cb\u2028c\x85d\re\nf\n".encode(),
    ),
    "two places": (b"1\n" * 20 + b"z\n", b"0\n" + b"1\n" * 20 + b"y\nz\n"),
}
TOOLS = (["patch", "-s", "-p0", "-i", "change.diff"], ["git", "apply", "change.diff"])


@pytest.mark.parametrize("tool", TOOLS, ids=["patch", "git"])
@pytest.mark.parametrize("name", ["bins.md", "content/faqs/bins.md", "my content/tŷ bins.md"])
@pytest.mark.parametrize("case", CASES)
def test_a_diff_is_applied_from_the_folder_that_it_is_seen_from(tmp_path, case, name, tool):
    before, after = CASES[case]
    file = tmp_path / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(before)
    (tmp_path / "change.diff").write_bytes(unified(name, before, after))
    subprocess.run(tool, check=True, capture_output=True, cwd=tmp_path)
    assert file.read_bytes() == after
    assert not list(tmp_path.rglob("*.rej"))


def test_no_change_is_no_diff():
    assert unified("a.md", b"a\n", b"a\n") == b""


@pytest.mark.parametrize("name", ['a".md', "a\nb.md", "a\\b.md", "a\tb.md"])
def test_a_name_that_no_diff_can_hold_is_refused(name):
    with pytest.raises(CannotName, match="rename it"):
        unified(name, b"a\n", b"b\n")
