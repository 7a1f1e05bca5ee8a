"""Building one generation beside another: what is done anew, what is linked, what must not stay."""

import os
from pathlib import Path

import pytest

from indexer.build import Change
from indexer.generation import current_name, point_to
from indexer.generation_files import clean
from kb.article import Edition
from tests.indexer.files import contents, holding

PUBLIC, STAFF = Edition.PUBLIC, Edition.STAFF


def current(publish, edition=PUBLIC):
    return publish.folder(edition) / current_name(publish.folder(edition))


def change(report, edition=PUBLIC):
    (found,) = [one for one in report.changes if one.edition is edition]
    return found


@pytest.fixture
def council(content, publish):
    """Five articles and an attachment, published."""
    for name in ("bins", "trees", "roads", "parks"):
        content.article(f"faqs/{name}.md", title=f"About {name}", body=f"All about {name}.")
    content.article("faqs/bombs.md", title="About bombs", audience="staff", body="Stay calm.")
    content.write("files/public/form.txt", "a form")
    publish()
    return content


# What a publish says it did


def test_a_change_says_what_was_done_in_a_few_words():
    assert str(Change(PUBLIC, "x", 1, added=1)) == "public 1 article (1 added)"
    counted = Change(STAFF, "x", 1_234, added=1_000, changed=2, removed=3)
    assert str(counted) == "staff 1,234 articles (1,000 added, 2 changed, 3 removed)"
    assert str(Change(PUBLIC, "x", 2)) == "public 2 articles (settings changed)"
    assert str(Change(PUBLIC, "x", 2, published=False)) == "public unchanged"


def test_new_changed_and_removed_articles_are_counted_in_each_edition(council, publish):
    council.article("faqs/bins.md", title="Bins again", body="New.")
    council.article("faqs/schools.md", title="Schools", body="New.")
    council.article("faqs/keys.md", title="Keys", audience="staff", body="New.")
    (council.path / "faqs/roads.md").unlink()
    report = publish()
    public, staff = change(report, PUBLIC), change(report, STAFF)
    assert (public.articles, public.added, public.changed, public.removed) == (4, 1, 1, 1)
    assert (staff.articles, staff.added, staff.changed, staff.removed) == (6, 2, 1, 1)


# What is done anew


def test_an_edit_indexes_the_edited_article_alone(council, publish):
    council.article("faqs/bins.md", title="Bins again", body="New.")
    done = []
    report = publish(step=lambda *step: done.append(step))
    assert report.parsed == 1
    assert [step for step in done if step[0] != "reading"] == [
        (f"{edition}: {what}", 1, 1)
        for edition in (PUBLIC, STAFF)
        for what in ("articles", "words")
    ]


def test_an_edit_leaves_the_articles_of_before_in_a_linked_pack(council, publish):
    (old,) = current(publish).glob("articles-*.pack")
    council.article("faqs/bins.md", title="Bins again", body="New.")
    publish()
    packs = {path.name: path for path in current(publish).glob("articles-*.pack")}
    assert len(packs) == 2
    assert packs[old.name].stat().st_ino == old.stat().st_ino


def test_publishing_changes_no_file_of_the_generation_before(council, publish):
    for number in range(3):
        before = {edition: (current(publish, edition)) for edition in Edition}
        files = {edition: contents(folder) for edition, folder in before.items()}
        council.article("faqs/bins.md", title=f"Bins {number}", body="New.")
        publish()
        for edition, folder in before.items():
            assert contents(folder) == files[edition]
            assert current(publish, edition) != folder


def test_an_edit_is_found_and_what_it_replaced_is_not(council, publish):
    council.article("faqs/bins.md", title="Containers", body="Put them out.")
    publish()
    assert publish.found("containers") == ["bins"]
    assert publish.found("bins") == []
    assert set(publish.found("about")) == {"trees", "roads", "parks"}
    assert "bins" not in publish.generation().lexicon.words


def test_many_edits_find_what_publishing_anew_finds(council, publish):
    for number in range(15):
        name = ("bins", "trees", "roads")[number % 3]
        council.article(f"faqs/{name}.md", title=f"About {name} {number}", body=f"Text {number}.")
        publish()
    queries = ("about", "bins", "roads 14", "text 12", "parks")
    edited = [sorted(publish.found(words)) for words in queries]
    lexicon = publish.generation().lexicon
    publish(full=True)
    assert [sorted(publish.found(words)) for words in queries] == edited
    assert publish.generation().lexicon == lexicon


def test_an_edit_of_a_staff_article_leaves_the_public_generation_as_it_is(council, publish):
    name = current(publish).name
    council.article("faqs/bombs.md", title="Bombs", audience="staff", body="Walk.")
    report = publish()
    assert [one.published for one in report.changes] == [False, True]
    assert current(publish).name == name == change(report).generation


def test_an_article_is_built_anew_when_what_it_links_to_leaves_the_edition(content, publish):
    content.article("faqs/bins.md", title="Bins", body="See [the trees](trees).")
    content.article("faqs/trees.md", title="Trees", body="Tall.")
    publish()
    assert "/articles/trees" in publish.generation().store.get("bins").sections[0].html
    content.article("faqs/trees.md", title="Trees", audience="staff", body="Tall.")
    assert change(publish()).changed == 1
    assert publish.generation().store.get("bins").sections[0].html == "<p>See the trees.</p>"
    linked = publish.generation(STAFF).store.get("bins").sections[0].html
    assert "/articles/trees" in linked


def test_settings_alone_are_published_without_touching_an_article(council, publish):
    council.write("authority.yml", "name: Newshire\n")
    report = publish()
    assert str(change(report)) == "public 4 articles (settings changed)"
    assert report.parsed == 0
    assert publish.generation().setting.authority.name == "Newshire"
    assert publish.found("bins") == ["bins"]


def test_the_directory_is_known_to_the_staff_edition_alone(council, publish):
    council.write("directory.csv", "id,name,telephone\nqazdesk,Qaz Desk,01632 960123\n")
    publish()
    assert publish.generation(STAFF).setting.directory[0].telephone == "01632 960123"
    assert publish.generation(PUBLIC).setting.directory == ()
    public = publish.folder(PUBLIC)
    assert holding(public, "qazdesk") == holding(public, "960123") == []


def test_the_authority_names_only_what_an_edition_has(council, publish):
    council.article("faqs/secret.md", audience="staff", tags=["dragons"])
    council.write(
        "authority.yml",
        "name: Newshire\nmost_wanted: [secret]\ntopics: [dragons]\n"
        "avoidable: [{id: wrong-bin, label: We took the wrong bin}]\n",
    )
    publish()
    public, staff = (publish.generation(one).setting.authority for one in (PUBLIC, STAFF))
    assert (public.most_wanted, public.topics, public.avoidable) == ((), (), ())
    assert (staff.most_wanted, staff.topics) == (("secret",), ("dragons",))
    assert [reason.label for reason in staff.avoidable] == ["We took the wrong bin"]


def test_an_edition_without_an_article_can_be_published(content, publish):
    report = publish()
    assert [one.articles for one in report.changes] == [0, 0]
    assert publish.search("bins").total == 0


# Translations


def test_a_translation_is_found_as_its_article_and_once(content, publish):
    content.article("faqs/bins.md", title="Missed bin", body="Report the bin.")
    content.article("faqs/bins.cy.md", title="Bin coll", body="Adroddwch y gwastraff.")
    publish()
    assert publish.found("gwastraff") == publish.found("bin gwastraff") == ["bins"]
    assert publish.generation().store.translations("bins") == ["cy"]


def test_a_new_an_edited_and_a_removed_translation_change_what_is_found(content, publish):
    content.article("faqs/bins.md", title="Missed bin", body="Report the bin.")
    publish()
    content.article("faqs/bins.cy.md", title="Bin coll", body="Gwastraff.")
    publish()
    assert publish.found("gwastraff report") == ["bins"]
    content.article("faqs/bins.cy.md", title="Bin coll", body="Sbwriel.")
    publish()
    assert (publish.found("gwastraff"), publish.found("sbwriel")) == ([], ["bins"])
    (content.path / "faqs/bins.cy.md").unlink()
    assert change(publish()).removed == 1
    assert (publish.found("sbwriel"), publish.found("report")) == ([], ["bins"])


def test_a_staff_translation_of_a_public_article_is_found_by_staff_alone(content, publish):
    content.article("faqs/bins.md", title="Missed bin", body="Report the bin.")
    content.article("faqs/bins.cy.md", title="Bin", audience="staff", body="Qazgwastraff.")
    publish()
    assert publish.found("qazgwastraff", STAFF) == ["bins"]
    assert publish.found("qazgwastraff", PUBLIC) == []
    assert holding(publish.folder(PUBLIC), "qazgwastraff") == []


# Attachments


def test_attachments_are_copied_each_to_its_edition(council, publish):
    council.write("files/staff/script.txt", "a script")
    publish()
    assert (current(publish, PUBLIC) / "files/public/form.txt").read_text() == "a form"
    assert not (current(publish, PUBLIC) / "files/staff").exists()
    assert (current(publish, STAFF) / "files/public/form.txt").read_text() == "a form"
    assert (current(publish, STAFF) / "files/staff/script.txt").read_text() == "a script"


def test_an_attachment_that_has_not_changed_is_linked_to_the_generation_before(council, publish):
    before = current(publish) / "files/public/form.txt"
    council.article("faqs/bins.md", title="Bins again", body="New.")
    publish()
    after = current(publish) / "files/public/form.txt"
    assert after != before
    assert after.stat().st_ino == before.stat().st_ino


def test_an_attachment_written_to_in_place_changes_no_generation_but_the_next(council, publish):
    before = current(publish) / "files/public/form.txt"
    with (council.path / "files/public/form.txt").open("r+") as file:
        file.write("another form")
    assert before.read_text() == "a form"
    assert [one.published for one in publish().changes] == [True, True]
    assert before.read_text() == "a form"
    assert (current(publish) / "files/public/form.txt").read_text() == "another form"


def test_an_attachment_that_goes_while_it_is_published_is_left_out(council, publish):
    council.write("files/public/brief.txt", "short-lived")
    council.article("faqs/bins.md", title="Bins again", body="New.")
    brief = council.path / "files/public/brief.txt"
    publish(step=lambda *_: brief.unlink(missing_ok=True))
    assert publish.found("again") == ["bins"]
    assert set(publish.generation().manifest.attachments) == {"files/public/form.txt"}


# What must not stay


def rewrite(path, old, new):
    def restrict(content):
        held = (content.path / path).read_text()
        assert old in held
        content.write(path, held.replace(old, new))

    return restrict


def remove(path):
    return lambda content: (content.path / path).unlink()


def move(path, to):
    return lambda content: (
        content.write(to, (content.path / path).read_text()) and (content.path / path).unlink()
    )


def front(title, more="audience: public"):
    return f"---\ntitle: {title}\n{more}\n---\n"


OPEN = front("Open") + "Ordinary text.\n\nThe qazword is in the key safe.\n"
SYNONYM = "- {say: [qazword], mean: [tall], audience: public}\n"
NOTICE = '- {text: "Qazword on Monday", audience: public}\n'

RESTRICTIONS = {
    "an article turned staff": (
        {"faqs/one.md": OPEN},
        rewrite("faqs/one.md", "audience: public", "audience: staff"),
    ),
    "an article removed": ({"faqs/one.md": OPEN}, remove("faqs/one.md")),
    "an article with an error": (
        {"faqs/one.md": OPEN},
        rewrite("faqs/one.md", "audience: public", "audience: pubic"),
    ),
    "an article given another id": (
        {"faqs/qazword.md": front("One") + "Text.\n"},
        move("faqs/qazword.md", "faqs/one.md"),
    ),
    "an article whose id is taken twice": (
        {"faqs/one.md": OPEN},
        lambda content: content.write("guides/one.md", OPEN),
    ),
    "a translation removed": (
        {"faqs/one.md": front("One") + "Text.\n", "faqs/one.cy.md": OPEN},
        remove("faqs/one.cy.md"),
    ),
    "words moved into a staff block": (
        {"faqs/one.md": OPEN},
        rewrite("faqs/one.md", "The qazword", "::: staff\nThe qazword"),
    ),
    "a heading moved into a staff block": (
        {"faqs/one.md": front("Open") + "Text.\n\n## Qazword\n\nText.\n"},
        rewrite("faqs/one.md", "## Qazword", "::: staff\n## Qazword"),
    ),
    "an attachment removed": (
        {"files/public/qazword.txt": "qazword"},
        remove("files/public/qazword.txt"),
    ),
    "an attachment moved to staff": (
        {"files/public/qazword.txt": "qazword"},
        move("files/public/qazword.txt", "files/staff/qazword.txt"),
    ),
    "a synonym turned staff": (
        {"synonyms.yml": SYNONYM},
        rewrite("synonyms.yml", "public", "staff"),
    ),
    "a synonym removed": ({"synonyms.yml": SYNONYM}, remove("synonyms.yml")),
    "a notice turned staff": ({"notices.yml": NOTICE}, rewrite("notices.yml", "public", "staff")),
    "a notice removed": ({"notices.yml": NOTICE}, remove("notices.yml")),
}


@pytest.mark.parametrize("what", RESTRICTIONS)
def test_a_restriction_leaves_no_trace_in_any_file_of_the_public_edition(content, publish, what):
    files, restrict = RESTRICTIONS[what]
    content.article("faqs/trees.md", title="Trees", body="Tall.")
    publish()
    for path, text in files.items():
        content.write(path, text)
    publish()
    content.article("faqs/trees.md", title="Trees", body="Tall and green.")
    publish()
    assert holding(publish.folder(PUBLIC), "qazword")
    restrict(content)
    if "staff block" in what:
        path = content.path / "faqs/one.md"
        path.write_text(path.read_text() + ":::\n")
    publish()
    assert holding(publish.folder(PUBLIC), "qazword") == []
    assert len(publish.names(PUBLIC)) == 1
    assert publish.found("green") == ["trees"]


def test_a_sentence_moved_into_a_staff_block_leaves_though_its_words_stay(content, publish):
    words = "Ring the safe.\n\nThe key is under the mat.\n"
    content.write("faqs/one.md", front("Open") + words + "\nThe key is safe under the mat.\n")
    publish()
    assert holding(publish.folder(PUBLIC), "the key is under the mat")
    hidden = "Ring the safe.\n\n::: staff\nThe key is under the mat.\n:::\n"
    content.write("faqs/one.md", front("Open") + hidden + "\nThe key is safe under the mat.\n")
    publish()
    assert holding(publish.folder(PUBLIC), "the key is under the mat") == []


def test_a_restriction_takes_nothing_from_the_staff_edition(content, publish):
    content.write("faqs/one.md", OPEN)
    publish()
    content.write("faqs/one.md", OPEN.replace("audience: public", "audience: staff"))
    publish()
    assert publish.found("qazword", STAFF) == ["one"]
    assert len(publish.names(STAFF)) == 2


def test_words_that_stand_open_and_in_a_staff_block_alike_restrict_nothing(content, publish):
    both = "Ring the depot.\n\n::: staff\nRing the depot.\n:::\n"
    content.write("faqs/one.md", front("Open") + both)
    publish()
    before = current(publish).name
    content.write("faqs/one.md", front("Open still") + both)
    publish()
    assert publish.names() == {before, current(publish).name}


def test_an_edit_that_restricts_nothing_keeps_the_generation_before(council, publish):
    before = current(publish).name
    council.article("faqs/bins.md", title="Bins again", body="New.\n\n::: staff\nLook.\n:::\n")
    publish()
    assert publish.names() == {before, current(publish).name}


# Without hard links


@pytest.fixture
def without_links(monkeypatch):
    def refuse(*_args, **_options):
        raise OSError("no hard links on this file system")

    monkeypatch.setattr(os, "link", refuse)


@pytest.mark.usefixtures("without_links")
def test_where_there_are_no_hard_links_publishing_copies(council, publish):
    for number in range(3):
        before = contents(current(publish))
        folder = current(publish)
        council.article("faqs/bins.md", title=f"Bins {number}", body="New.")
        assert publish().parsed == 1
        assert contents(folder) == before
    assert publish.found("bins 2") == ["bins"]
    assert set(publish.found("about")) == {"trees", "roads", "parks"}
    for path in current(publish).rglob("*"):
        assert path.is_dir() or path.stat().st_nlink == 1
    assert (current(publish) / "files/public/form.txt").read_text() == "a form"


@pytest.mark.usefixtures("without_links")
def test_where_there_are_no_hard_links_a_restriction_leaves_no_trace(content, publish):
    content.article("faqs/trees.md", title="Trees", body="Tall.")
    content.write("faqs/one.md", OPEN)
    publish()
    (content.path / "faqs/one.md").unlink()
    publish()
    assert holding(publish.folder(PUBLIC), "qazword") == []


# On disk


def test_every_new_file_is_flushed_before_the_pointer_is_swapped(council, publish, monkeypatch):
    flushed = []
    by_then = []
    fsync, replace = os.fsync, Path.replace

    def note_flush(descriptor):
        flushed.append(Path(f"/proc/self/fd/{descriptor}").readlink())
        fsync(descriptor)

    def note_swap(path, target):
        if target.name == "current":
            by_then.append({*map(str, flushed)})
            assert path in flushed
        return replace(path, target)

    monkeypatch.setattr(os, "fsync", note_flush)
    monkeypatch.setattr(Path, "replace", note_swap)
    council.article("faqs/bins.md", title="Bins again", body="New.")
    council.write("files/public/map.txt", "a map")
    publish()
    assert len(by_then) == 2
    for edition, names in zip((PUBLIC, STAFF), by_then, strict=True):
        folder = current(publish, edition)
        building = folder.parent / f".building-{folder.name}"
        for path in (folder, *folder.rglob("*")):
            if path.is_dir() or path.stat().st_nlink == 1:
                assert str(building / path.relative_to(folder)) in names
        assert str(folder.parent) in names


# Tidying up


def test_the_generation_before_is_kept_and_older_ones_are_not(council, publish):
    names = [current(publish).name]
    for number in range(4):
        council.article("faqs/bins.md", title=f"Bins {number}", body="New.")
        publish()
        names.append(current(publish).name)
    assert publish.names() == set(names[-2:])


def test_what_a_killed_publish_left_goes_with_the_next_one(council, publish):
    expected = {edition: contents(publish.folder(edition)) for edition in Edition}
    for edition in Edition:
        folder = publish.folder(edition)
        (folder / ".building-20260101T000000-abcdef" / "index").mkdir(parents=True)
        (folder / ".building-20260101T000000-abcdef" / "index" / "MAIN.seg").write_text("half")
        (folder / "20260101T000000-whole").mkdir()
        (folder / ".current.new").write_text("20260101T000000-whole")
    assert not publish().published
    assert {edition: contents(publish.folder(edition)) for edition in Edition} == expected


def test_cleaning_without_a_pointer_leaves_whole_generations_and_removes_halves(tmp_path):
    (tmp_path / "20260101T000000-whole").mkdir()
    (tmp_path / ".building-20260102T000000-half").mkdir()
    clean(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["20260101T000000-whole"]


def test_cleaning_removes_a_link_and_not_what_it_leads_to(tmp_path):
    elsewhere, folder = tmp_path / "elsewhere", tmp_path / "public"
    elsewhere.mkdir()
    folder.mkdir()
    (elsewhere / "file.txt").write_text("mine")
    (folder / "link").symlink_to(elsewhere)
    point_to(folder, "20260101T000000-whole")
    clean(folder)
    assert [path.name for path in folder.iterdir()] == ["current"]
    assert (elsewhere / "file.txt").read_text() == "mine"


def test_cleaning_a_folder_that_is_not_there_does_nothing(tmp_path):
    clean(tmp_path / "nowhere")
    assert list(tmp_path.iterdir()) == []
