"""Publishing: one at a time, whole or not at all, and only what has changed."""

import os
import re
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import orjson
import pytest

from indexer.generation import current_name
from indexer.publish import Publisher, VarUnusable, read_problems
from kb.article import Edition
from kb.content import ContentChanged, ContentMissing
from tests.indexer.files import contents

PUBLIC, STAFF = Edition.PUBLIC, Edition.STAFF


@pytest.fixture
def council(content, publish):
    """Three articles, published."""
    for name in ("bins", "trees", "roads"):
        content.article(f"faqs/{name}.md", title=f"About {name}", body=f"All about {name}.")
    publish()
    return content


def currents(publish):
    return {edition: current_name(publish.folder(edition)) for edition in Edition}


# What has changed


def test_the_first_publish_parses_and_publishes_everything(content, publish):
    content.article("faqs/bins.md", title="Bins", body="Out.")
    content.article("faqs/bombs.md", title="Bombs", audience="staff", body="Calm.")
    report = publish()
    assert (report.parsed, report.published) == (2, True)
    assert [(change.edition, change.added) for change in report.changes] == [
        (PUBLIC, 1),
        (STAFF, 2),
    ]


def test_without_a_change_nothing_is_parsed_published_or_written(council, publish):
    before = contents(publish.var / "editions")
    report = publish()
    assert (report.parsed, report.published) == (0, False)
    assert [change.articles for change in report.changes] == [3, 3]
    assert contents(publish.var / "editions") == before


def test_another_publisher_knows_what_the_one_before_has_read(council, publish):
    report = publish.another().publish()
    assert (report.parsed, report.published) == (0, False)
    council.article("faqs/bins.md", title="Bins", body="New.")
    assert publish.another().publish().parsed == 1


def test_a_publisher_sees_what_another_one_published_meanwhile(council, publish):
    council.article("faqs/bins.md", title="Bins", body="New.")
    publish.another().publish()
    assert not publish().published
    council.article("faqs/roads.md", title="Roads", body="New.")
    assert [change.changed for change in publish().changes] == [1, 1]
    assert publish.found("new") == ["bins", "roads"]


def test_a_file_saved_again_as_it_was_is_not_parsed(council, publish):
    path = council.path / "faqs/bins.md"
    path.write_bytes(path.read_bytes())
    os.utime(path, (2_000_000_000, 2_000_000_000))
    report = publish()
    assert (report.parsed, report.published) == (0, False)


def test_an_edit_in_the_same_instant_and_of_the_same_length_is_seen(council, publish):
    path = council.path / "faqs/bins.md"
    before = path.stat()
    path.write_text(path.read_text().replace("All about bins", "All about tins"))
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert publish().parsed == 1
    assert publish.found("tins") == ["bins"]


def test_full_builds_everything_anew(council, publish):
    before = currents(publish)
    report = publish(full=True)
    assert report.parsed == 3
    assert [change.added for change in report.changes] == [3, 3]
    assert {edition: publish.names(edition) for edition in Edition} == {
        edition: {name} for edition, name in currents(publish).items()
    }
    assert not {*before.values()} & {*currents(publish).values()}


MEMORIES = {
    "lost": lambda path: path.unlink(),
    "empty": lambda path: path.write_bytes(b""),
    "half": lambda path: path.write_bytes(path.read_bytes()[:-100]),
    "a list": lambda path: path.write_bytes(b"[]"),
    "of another shape": lambda path: path.write_bytes(
        orjson.dumps({**orjson.loads(path.read_bytes()), "sources": [{"path": 1}]})
    ),
    "of another version": lambda path: path.write_bytes(
        orjson.dumps({**orjson.loads(path.read_bytes()), "made_by": ["0", "0", "/"]})
    ),
}


@pytest.mark.parametrize("what", MEMORIES)
def test_without_its_memory_a_publisher_reads_again_and_publishes_nothing_new(
    council, publish, what
):
    MEMORIES[what](publish.var / "sources.json")
    report = publish.another().publish()
    assert (report.parsed, report.published) == (3, False)
    assert publish.another().publish().parsed == 0


def test_another_content_folder_is_not_taken_for_the_one_before(council, publish, tmp_path):
    other = tmp_path / "other"
    (other / "faqs").mkdir(parents=True)
    text = (council.path / "faqs/bins.md").read_text()
    (other / "faqs/bins.md").write_text(text.replace("All about bins", "All about tins"))
    Publisher(other, publish.var).publish()
    assert publish.found("tins") == ["bins"]
    assert publish.found("roads") == []


# What it says


def test_a_report_is_one_line_of_what_changed_and_how_long_it_took(council, publish):
    council.article("faqs/bins.md", title="Bins", body="New.")
    line = r"public 3 articles \(1 changed\); staff 3 articles \(1 changed\); \d+\.\d\d s"
    assert re.fullmatch(line, str(publish()))
    assert re.fullmatch(r"public unchanged; staff unchanged; \d+\.\d\d s", str(publish()))


def test_progress_is_told_to_the_last_of_each_step(content, publish):
    for number in range(3):
        content.article(f"faqs/bin-{number}.md", title="Bin", body="Out.")
    done = []
    publish(step=lambda *step: done.append(step))
    for what in ("reading", "public: articles", "public: words", "staff: articles", "staff: words"):
        assert [step for step in done if step[0] == what] == [(what, n, 3) for n in (1, 2, 3)]


def test_good_articles_are_published_around_a_bad_one_and_the_problem_is_kept(council, publish):
    council.write("faqs/bad.md", "---\ntitle: Bad\naudience: pubic\n---\nText.\n")
    report = publish()
    assert [problem.path for problem in report.problems if problem.level == "error"] == [
        "faqs/bad.md"
    ]
    assert set(publish.found("about")) == {"bins", "trees", "roads"}
    assert read_problems(publish.var) == report.problems


def test_problems_are_told_again_by_a_publish_that_changes_nothing(council, publish):
    council.write("faqs/bad.md", "---\ntitle: Bad\naudience: pubic\n---\nText.\n")
    problems = publish().problems
    assert publish().problems == publish.another().publish().problems == problems != ()


@pytest.mark.parametrize("held", [None, b"", b"[{", b'[{"level": "x"}]'])
def test_problems_that_cannot_be_read_are_none(tmp_path, held):
    if held is not None:
        (tmp_path / "problems.json").write_bytes(held)
    assert read_problems(tmp_path) == ()


# The day


@pytest.mark.parametrize("edition", Edition)
def test_an_article_is_published_from_its_first_day_to_its_last(content, publish, edition):
    fields = {"from": "2026-11-03", "until": "2026-11-05"}
    content.article("faqs/fair.md", title="Fair", body="Fun.", **fields)
    shown = {}
    for day in range(2, 7):
        publish.today = date(2026, 11, day)
        publish()
        shown[day] = publish.found("fair", edition) == ["fair"]
    assert shown == {2: False, 3: True, 4: True, 5: True, 6: False}


def test_nothing_is_published_on_a_day_that_changes_nothing(council, publish):
    publish.today = date(2026, 11, 3)
    assert not publish().published


def test_after_its_review_day_an_article_to_withdraw_leaves_the_public_edition(content, publish):
    fields = {"review_by": "2026-11-03", "after_review": "withdraw"}
    content.article("faqs/old.md", title="Qazold", body="Text.", **fields)
    content.article("faqs/kept.md", title="Qazkept", body="Text.", review_by="2026-11-03")
    publish.today = date(2026, 11, 3)
    publish()
    assert publish.found("qazold") == ["old"]
    publish.today = date(2026, 11, 4)
    publish()
    assert publish.found("qazold", PUBLIC) == []
    assert publish.found("qazold", STAFF) == ["old"]
    assert publish.found("qazkept", PUBLIC) == ["kept"]


# One at a time


def test_the_public_pointer_is_swapped_before_the_staff_edition_is_begun(council, publish):
    before = currents(publish)
    council.article("faqs/bins.md", title="Bins", body="New.")
    seen = []

    def look(what, _done, _total):
        if what.startswith("staff"):
            seen.append(currents(publish))

    publish(step=look)
    assert seen
    assert all(names[PUBLIC] != before[PUBLIC] for names in seen)
    assert all(names[STAFF] == before[STAFF] for names in seen)
    assert currents(publish)[STAFF] != before[STAFF]


def test_of_two_publishers_at_once_one_waits_and_says_so(council, publish):
    council.article("faqs/bins.md", title="Bins", body="New.")
    inside, waits = threading.Event(), threading.Event()
    order = []

    def hold(what, _done, _total):
        inside.set()
        assert waits.wait(30)
        order.append("first")

    def second():
        report = publish.another().publish(waiting=waits.set)
        order.append("second")
        return report

    with ThreadPoolExecutor(2) as pool:
        one = pool.submit(publish, step=hold)
        assert inside.wait(30)
        other = pool.submit(second)
        assert one.result(60).published
        assert not other.result(60).published
    assert order[-1] == "second"
    assert publish.found("new") == ["bins"]


def test_a_publisher_alone_does_not_wait(council, publish):
    waited = []
    publish(waiting=lambda: waited.append(True))
    assert waited == []


def test_many_publishers_at_once_all_succeed(council, publish):
    council.article("faqs/bins.md", title="Bins", body="New.")
    with ThreadPoolExecutor(6) as pool:
        reports = list(pool.map(lambda _: publish.another().publish(), range(12)))
    assert sum(report.published for report in reports) == 1
    assert publish.found("new") == ["bins"]


# When something goes wrong


class Interrupted(Exception):
    pass


@pytest.mark.parametrize("at", ["reading", "public: articles", "public: words", "staff: words"])
def test_an_interrupted_publish_leaves_good_editions_and_the_next_one_works(council, publish, at):
    council.article("faqs/bins.md", title="Bins", body="New.")

    def interrupt(what, _done, _total):
        if what == at:
            raise Interrupted

    with pytest.raises(Interrupted):
        publish(step=interrupt)
    for edition in Edition:
        assert publish.found("roads", edition) == ["roads"]
        assert not [path for path in publish.folder(edition).rglob(".*")]
    assert publish().published
    assert publish.found("new", PUBLIC) == publish.found("new", STAFF) == ["bins"]


def test_a_missing_content_folder_is_named_and_leaves_no_lock(tmp_path):
    publisher = Publisher(tmp_path / "nowhere", tmp_path / "var")
    with pytest.raises(ContentMissing, match="nowhere does not exist.*--content"):
        publisher.publish()
    (tmp_path / "nowhere").mkdir()
    assert publisher.publish().published


def test_a_content_folder_that_goes_leaves_the_editions_as_they_were(council, publish):
    before = contents(publish.var / "editions")
    council.path.rename(council.path.with_name("elsewhere"))
    with pytest.raises(ContentMissing):
        publish()
    assert contents(publish.var / "editions") == before


def test_a_file_that_changes_while_it_is_published_is_published_as_it_is_then(council, publish):
    _lose_editions(publish)
    path = council.path / "faqs/bins.md"

    def edit(what, done, total):
        if what == "reading" and done == total:
            path.write_text("---\ntitle: Bins\naudience: public\n---\nNew at the last moment.\n")

    publish(step=edit)
    assert publish.found("moment", PUBLIC) == publish.found("moment", STAFF) == ["bins"]
    assert set(publish.found("about")) == {"trees", "roads"}


def test_a_file_that_goes_while_it_is_published_is_left_out(council, publish):
    _lose_editions(publish)
    path = council.path / "faqs/bins.md"

    def remove(what, done, total):
        if what == "reading" and done == total:
            path.unlink(missing_ok=True)

    assert [change.articles for change in publish(step=remove).changes] == [2, 2]


def test_files_that_keep_changing_are_given_up_and_nothing_is_left(content, publish):
    names = [f"faqs/bin-{number}.md" for number in range(6)]
    for name in names:
        content.article(name, title="Bin", body="Out.")
    publish()
    _lose_editions(publish)
    changing = iter(names)

    def edit(what, done, total):
        if what == "reading" and done == total:
            content.article(next(changing), title="Bin", body="Out and about.")

    with pytest.raises(ContentChanged, match="faqs/bin-4"):
        publish(step=edit)
    assert contents(publish.var / "editions") == {}
    assert publish().published


def _lose_editions(publish):
    """Take the editions away, so that all is built anew of files that are known already."""
    (publish.var / "editions").rename(publish.var.with_name("lost"))


# The var folder


def test_the_var_folder_is_made_where_there_is_none(content, tmp_path):
    content.article("faqs/bins.md", title="Bins", body="Out.")
    Publisher(content.path, tmp_path / "not" / "yet").publish()
    assert {path.name for path in (tmp_path / "not" / "yet").iterdir()} == {
        "editions",
        "numbers.json",
        "publish.lock",
        "problems.json",
        "sources.json",
    }


def test_a_file_where_the_var_folder_should_be_is_named_with_the_fix(content, tmp_path):
    (tmp_path / "var").write_text("in the way")
    with pytest.raises(VarUnusable, match="var cannot be written to .*--var"):
        Publisher(content.path, tmp_path / "var").publish()
    with pytest.raises(VarUnusable, match="var/deeper cannot be written to .*--var"):
        Publisher(content.path, tmp_path / "var" / "deeper").publish()


def test_packs_of_other_bytes_are_built_anew(content, publish):
    content.article("faqs/bins.md", title="Bins", body="Black bins.")
    content.article("faqs/roads.md", title="Roads", body="Long roads.")
    publish()
    for pack in publish.var.rglob("articles-*.pack"):
        size = pack.stat().st_size
        pack.unlink()
        pack.write_bytes(b"x" * size)
    content.article("faqs/bins.md", title="Bins", body="Brown bins.")
    assert [change.articles for change in publish().changes] == [2, 2]
    assert publish.found("brown") == ["bins"]
    assert publish.found("long") == ["roads"]
