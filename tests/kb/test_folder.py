"""The walk through a content folder stays inside it and overlooks what editors leave behind."""

import os

import pytest

from kb.folder import ignored, read_bytes, walk
from kb.problems import Level


def paths(content):
    """What the walk finds beside the authority's name, and its problems."""
    found, problems = walk(content.path)
    return [file.path for file in found if file.path != "authority.yml"], problems


def test_files_are_found_in_order_of_their_paths_with_size_and_time(content):
    content.write("guides/deep/er/c.md", "c")
    content.write("b.md", "bb")
    written = content.write("faqs/a.md", "aaa")
    os.utime(written, ns=(1, 1_700_000_000_123_456_789))
    found, problems = walk(content.path)
    assert [file.path for file in found] == [
        "authority.yml",
        "b.md",
        "faqs/a.md",
        "guides/deep/er/c.md",
    ]
    assert (found[2].size, found[2].mtime_ns) == (3, 1_700_000_000_123_456_789)
    assert problems == []


@pytest.mark.parametrize(
    "name",
    [
        ".hidden.md",
        ".#lock.md",
        "#autosave.md#",
        "#autosave.md",
        "backup.md~",
        "~$word.md",
        "$recycle.md",
        ".a.md.swp",
        "a.md.swp",
        "a.md.swx",
        "a.md.tmp",
        "a.md.TMP",
        "a.md.bak",
        "a.md.orig",
        "a.md.part",
        ".git/a.md",
        "faqs/.obsidian/a.md",
        "old~/a.md",
    ],
)
def test_hidden_and_temporary_files_are_overlooked(content, name):
    content.write(name, "x")
    content.write("faqs/real.md", "x")
    assert paths(content) == (["faqs/real.md"], [])


@pytest.mark.parametrize("name", ["a.md", "README", "a.b.md", "tmp.md", "a-.md", "swp", "a$.md"])
def test_an_ordinary_name_is_not_overlooked(name):
    assert not ignored(name)


def test_a_link_out_of_the_folder_is_not_followed(content, tmp_path):
    (tmp_path / "secret.md").write_text("secret")
    (content.path / "out.md").symlink_to(tmp_path / "secret.md")
    (content.path / "up.md").symlink_to("../secret.md")
    (content.path / "folder").symlink_to(tmp_path)
    found, problems = paths(content)
    assert found == []
    assert [(p.path, p.level, p.line) for p in problems] == [
        ("folder", Level.WARNING, 1),
        ("out.md", Level.WARNING, 1),
        ("up.md", Level.WARNING, 1),
    ]
    assert all("put a copy of the file here" in problem.message for problem in problems)


def test_a_link_to_a_folder_whose_name_begins_like_ours_is_not_followed(content, tmp_path):
    (tmp_path / "content-old").mkdir()
    (tmp_path / "content-old" / "a.md").write_text("old")
    (content.path / "a.md").symlink_to("../content-old/a.md")
    assert paths(content)[0] == []


def test_a_link_to_a_file_of_the_folder_is_followed(content):
    content.write("faqs/a.md", "a")
    (content.path / "b.md").symlink_to("faqs/a.md")
    assert paths(content) == (["b.md", "faqs/a.md"], [])


@pytest.mark.parametrize("target", ["loop.md", "nothing.md", ".hidden.md", ".git/a.md", "faqs"])
def test_a_link_to_itself_to_nothing_or_to_a_hidden_file_is_not_followed(content, target):
    content.write(".hidden.md", "x")
    content.write(".git/a.md", "x")
    content.write("faqs/real.md", "x")
    (content.path / "loop.md").symlink_to(target)
    found, problems = paths(content)
    assert found == ["faqs/real.md"]
    assert [problem.path for problem in problems] == ["loop.md"]


def test_the_content_folder_itself_may_be_a_link(content, tmp_path):
    content.write("a.md", "a")
    (tmp_path / "link").symlink_to(content.path)
    assert [file.path for file in walk(tmp_path / "link")[0]] == ["a.md", "authority.yml"]


def test_what_is_no_ordinary_file_is_overlooked(content):
    os.mkfifo(content.path / "pipe.md")
    content.write("a.md", "a")
    assert paths(content) == (["a.md"], [])


def test_a_name_that_is_not_utf_8_is_an_error_and_the_rest_is_found(content):
    content.write("a.md", "a")
    with open(os.fsencode(content.path) + b"/caf\xe9.md", "wb") as file:  # noqa: PTH123
        file.write(b"x")
    found, (problem,) = paths(content)
    assert found == ["a.md"]
    assert (problem.level, problem.line) == (Level.ERROR, 1)
    assert "rename it" in problem.message
    assert str(problem).encode("utf-8").startswith(b"caf\\udce9.md:1: error:")


def test_a_folder_that_is_not_there_cannot_be_walked(tmp_path):
    with pytest.raises(FileNotFoundError):
        walk(tmp_path / "nowhere")


def test_a_file_cannot_be_walked(content):
    with pytest.raises(NotADirectoryError):
        walk(content.path / "authority.yml")


def test_no_more_is_read_than_shows_that_a_file_is_too_long(content):
    with content.write("huge.md", "x").open("r+b") as file:
        file.truncate(50_000_000)
    assert len(read_bytes(content.path, "huge.md", 1000)) == 1001
    content.write("small.md", "x")
    assert read_bytes(content.path, "small.md", 1000) == b"x"


def test_a_link_among_the_public_attachments_publishes_nothing_of_staff(content):
    content.article("guides/secret.md", audience="staff")
    staff = content.write("files/staff/script.txt", "for staff")
    public = content.write("files/public/form.txt", "for all")
    content.write("directory.csv", "id,name\n")
    for name, target in (
        ("to-staff.txt", staff),
        ("to-article.txt", content.path / "guides" / "secret.md"),
        ("to-directory.txt", content.path / "directory.csv"),
        ("to-public.txt", public),
    ):
        (content.path / "files" / "public" / name).symlink_to(target)
    found, problems = walk(content.path)
    assert {file.path for file in found if file.path.startswith("files/public/")} == {
        "files/public/form.txt",
        "files/public/to-public.txt",
    }
    assert len(problems) == 3
