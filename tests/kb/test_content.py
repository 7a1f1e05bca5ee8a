"""The folder as a whole: read once, and read again without parsing what has not changed."""

import os

import pytest

from kb.content import ContentChanged, ContentMissing, read_again, read_content


def age(path, seconds=60):
    """Make a file look as if it had been saved a while ago."""
    past = path.stat().st_mtime_ns - seconds * 1_000_000_000
    os.utime(path, ns=(past, past))


def test_everything_in_the_folder_is_read(content):
    content.article("services/waste.md")
    content.article("faqs/missed-bin.md")
    content.write("directory.csv", "id,name\nwaste-desk,Waste\n")
    content.write("synonyms.yml", "- {say: bin men, mean: crew, audience: public}\n")
    content.write("notices.yml", "- {text: Ice., audience: public}\n")
    content.write("files/public/form.pdf", b"%PDF")
    content.write("files/staff/rota.pdf", b"%PDF")
    read = read_content(content.path)
    assert read.problems == ()
    assert list(read.sources) == ["faqs/missed-bin.md", "services/waste.md"]
    assert read.authority.name == "Fenbridge County Council"
    assert [entry.id for entry in read.directory] == ["waste-desk"]
    assert [group.say for _, group in read.synonyms] == [("bin men",)]
    assert [notice.text for notice in read.notices] == ["Ice."]
    assert list(read.attachments) == ["files/public/form.pdf", "files/staff/rota.pdf"]


def test_an_empty_folder_lacks_only_an_authority(tmp_path):
    folder = tmp_path / "fen-bridge"
    folder.mkdir()
    read = read_content(folder)
    assert read.sources == {}
    assert read.authority.name == "fen bridge"
    assert [str(p) for p in read.problems] == [
        "authority.yml:1: warning: there is no authority.yml; "
        'add one with "name: …", the name of your council'
    ]


def test_a_missing_folder_is_named_with_the_fix(tmp_path):
    with pytest.raises(ContentMissing, match=r"nowhere does not exist; create it.*--content"):
        read_content(tmp_path / "nowhere")


def test_a_file_instead_of_a_folder_is_named_with_the_fix(tmp_path):
    (tmp_path / "file").write_text("x")
    with pytest.raises(ContentMissing, match=r"file is not a folder; create it.*--content"):
        read_content(tmp_path / "file")


def test_progress_is_told_after_each_article(content):
    for name in ("a", "b", "c"):
        content.article(f"faqs/{name}.md")
    told = []
    read_content(content.path, progress=lambda done, total: told.append((done, total)))
    assert told == [(1, 3), (2, 3), (3, 3)]


def test_only_markdown_outside_files_is_an_article(content):
    content.article("faqs/a.MD")
    content.write("files/public/letter.md", "Not an article.\n")
    content.write("faqs/notes.txt", "Not an article.\n")
    content.write("questions.jsonl", "{}\n")
    read = read_content(content.path)
    assert list(read.sources) == ["faqs/a.MD"]
    assert list(read.attachments) == ["files/public/letter.md"]
    assert read.problems == ()


def test_what_has_not_changed_is_not_parsed_again(content):
    for name in ("faqs/a.md", "faqs/b.md"):
        age(content.article(name))
    first = read_content(content.path)
    assert set(first.parsed) == {"faqs/a.md", "faqs/b.md"}
    content.article("faqs/b.md", "Other text.")
    second = read_content(content.path, known=first.sources)
    assert set(second.parsed) == {"faqs/b.md"}
    assert second.sources["faqs/a.md"] == first.sources["faqs/a.md"]


def test_problems_of_what_is_not_parsed_again_are_kept(content):
    age(content.article("faqs/a.md", xyzzy=1))
    first = read_content(content.path)
    second = read_content(content.path, known=first.sources)
    assert second.parsed == {}
    assert len(second.problems) == 1
    assert second.problems == first.problems


def test_a_file_that_was_only_touched_is_not_parsed_again(content):
    path = content.article("faqs/a.md")
    first = read_content(content.path)
    age(path)
    second = read_content(content.path, known=first.sources)
    assert second.parsed == {}
    assert second.sources["faqs/a.md"].mtime_ns == path.stat().st_mtime_ns


def test_a_file_changed_in_the_very_instant_it_was_read_is_read_again(content):
    path = content.article("faqs/a.md", "One.")
    first = read_content(content.path)
    stamp = path.stat().st_mtime_ns
    content.article("faqs/a.md", "Two.")
    os.utime(path, ns=(stamp, stamp))
    second = read_content(content.path, known=first.sources)
    assert [section.text for section in second.parsed["faqs/a.md"].sections] == ["Two."]


def test_a_file_that_went_is_forgotten(content):
    path = content.article("faqs/a.md")
    first = read_content(content.path)
    path.unlink()
    assert read_content(content.path, known=first.sources).sources == {}


def test_sections_are_parsed_again_where_they_were_not_kept(content):
    age(content.article("faqs/a.md", "One."))
    first = read_content(content.path)
    second = read_content(content.path, known=first.sources)
    assert second.sections("faqs/a.md").sections == first.sections("faqs/a.md").sections


@pytest.mark.parametrize("change", ["edit", "remove"])
def test_sections_of_a_file_that_changed_since_are_refused(content, change):
    path = content.article("faqs/a.md", "One.")
    age(path)
    first = read_content(content.path)
    second = read_content(content.path, known=first.sources)
    if change == "edit":
        content.article("faqs/a.md", "Two.")
    else:
        path.unlink()
    with pytest.raises(ContentChanged, match=r"faqs/a\.md"):
        second.sections("faqs/a.md")


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("synonyms.yaml", "rename it to synonyms.yml"),
        ("authority.yaml", "rename it to authority.yml"),
        ("files/form.pdf", "move it to files/public/ or files/staff/"),
        ("files/publik/form.pdf", "move it to files/public/ or files/staff/"),
    ],
)
def test_a_file_in_the_wrong_place_is_a_warning_and_in_no_edition(content, name, said):
    content.write(name, "x")
    read = read_content(content.path)
    (problem,) = read.problems
    assert str(problem).startswith(f"{name}:1: warning: ")
    assert said in problem.message
    assert read.attachments == {}


def test_a_folder_whose_name_begins_like_an_attachments_folder_is_not_one(content):
    content.write("files/public-drafts/secret.pdf", b"%PDF")
    assert read_content(content.path).attachments == {}


def test_a_bad_data_file_costs_no_article(content):
    content.article("faqs/a.md")
    for name in ("authority.yml", "synonyms.yml", "notices.yml", "directory.csv"):
        content.write(name, b"\xff\xfe\x00")
    assert set(content.edition("public")) == {"a"}
    assert [problem.split(":")[0] for problem in content.problems()] == [
        "authority.yml",
        "directory.csv",
        "notices.yml",
        "synonyms.yml",
    ]


# Read again where something happened


@pytest.fixture
def read(content):
    """A folder of two articles and an attachment, as it was read."""
    content.article("faqs/a.md")
    content.article("guides/b.md")
    content.write("files/public/form.txt", "a form")
    return read_content(content.path)


def test_only_what_was_touched_is_looked_at(content, read):
    content.article("faqs/a.md", "Other.")
    content.article("guides/b.md", "Other.")
    again = read_again(read, {"faqs/a.md"})
    assert list(again.parsed) == ["faqs/a.md"]
    assert again.sources["guides/b.md"] is read.sources["guides/b.md"]
    assert list(again.sources) == ["faqs/a.md", "guides/b.md"]


def test_what_came_and_what_went_is_seen(content, read):
    content.article("faqs/0.md")
    (content.path / "guides/b.md").unlink()
    (content.path / "files/public/form.txt").unlink()
    content.write("files/public/map.txt", "a map")
    content.write("authority.yml", "name: Testshire\n")
    touched = {"faqs/0.md", "guides/b.md", "files/public/form.txt", "files/public/map.txt"}
    again = read_again(read, touched | {"authority.yml", "nothing.md", "faqs/.hidden.md"})
    assert list(again.sources) == ["faqs/0.md", "faqs/a.md"]
    assert list(again.attachments) == ["files/public/map.txt"]
    assert again.authority.name == "Testshire"
    assert again.problems == read_content(content.path).problems


def test_a_folder_that_went_or_came_makes_it_look_everywhere(content, read):
    (content.path / "guides").rename(content.path / "places")
    for touched in ({"guides"}, {"places"}):
        again = read_again(read, touched)
        assert list(again.sources) == ["faqs/a.md", "places/b.md"]


@pytest.mark.parametrize("make", [os.symlink, os.link])
def test_a_folder_with_files_of_two_names_is_looked_at_everywhere(content, make):
    content.article("faqs/a.md")
    (content.path / "guides").mkdir()
    make(content.path / "faqs/a.md", content.path / "guides/b.md")
    read = read_content(content.path)
    assert not read.plain
    content.article("faqs/a.md", "Other.")
    assert set(read_again(read, {"faqs/a.md"}).parsed) == {"faqs/a.md", "guides/b.md"}


@pytest.mark.parametrize("make", [os.symlink, os.link])
def test_a_file_that_gets_a_second_name_makes_it_look_everywhere(content, read, make):
    make(content.path / "faqs/a.md", content.path / "guides/c.md")
    again = read_again(read, {"guides/c.md"})
    assert (len(again.sources), again.plain) == (3, False)


def test_a_content_folder_that_went_is_missing(content, read):
    content.path.rename(content.path.with_name("elsewhere"))
    with pytest.raises(ContentMissing):
        read_again(read, {"faqs/a.md"})
