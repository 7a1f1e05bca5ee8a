"""What misses teach: the right wording, in the right article, as a change that can be accepted."""

import subprocess
from pathlib import Path

import pytest

from indexer.learn import drafts_of, learn, where_to_apply
from indexer.learn_report import as_json, as_lines, next_step
from indexer.shop import BankQuestion, Shopping, Visit, shop
from kb.article import Edition

PERSONAL = "my number is 01632 960212"


def visit(query, relevant=("bins",), found=("tax", "rates", "school"), number="q1"):
    return Visit(BankQuestion(id=number, query=query, relevant=relevant), found, 1.0)


@pytest.fixture
def taught(content):
    """What the visits given teach about three articles."""
    content.article("faqs/bins.md", title="Missed bins", questions=["The Bin Men"])
    content.article("faqs/tax.md", title="Council tax")
    content.article("guides/rude.md", title="Rude callers", audience="staff")

    def run(*visits, edition=Edition.PUBLIC):
        drafts = drafts_of(edition, content.path, lambda done, total: None)
        return learn(Shopping(visits), drafts, content.path, content.path.parent)

    return run


def added(lesson):
    return [(addition.article, addition.wording) for addition in lesson.additions]


def reasons(lesson):
    return [left.reason for left in lesson.left_out]


def test_a_miss_adds_its_wording_to_the_article_that_answers_it(taught):
    lesson = taught(visit("they  never came\n"))
    assert added(lesson) == [("bins", "they never came")]
    assert (lesson.additions[0].path, lesson.additions[0].first) == ("faqs/bins.md", "tax")
    assert lesson.diff.decode().splitlines()[:2] == [
        "--- ./content/faqs/bins.md",
        "+++ ./content/faqs/bins.md",
    ]
    assert '+questions: ["The Bin Men", "they never came"]' in lesson.diff.decode()


def test_what_was_found_among_the_first_three_adds_nothing(taught):
    lesson = taught(visit("bins", found=("tax", "rates", "bins")))
    assert (lesson.additions, lesson.left_out, lesson.diff) == ((), (), b"")


def test_the_article_that_came_best_is_preferred_else_the_first(taught):
    lesson = taught(
        visit("one", ("tax", "bins"), ("x", "y", "z", "bins", "tax")),
        visit("two", ("tax", "bins"), ()),
        visit("three", ("gone", "tax"), ("x", "y", "z")),
    )
    assert added(lesson) == [("bins", "one"), ("tax", "two"), ("tax", "three")]
    assert [(one.rank, one.first) for one in lesson.additions] == [
        (4, "x"),
        (None, None),
        (None, "x"),
    ]


def test_a_wording_that_the_article_has_is_not_added_again(taught):
    lesson = taught(visit("the bin  MEN"), visit("they never came"), visit("They never CAME"))
    assert added(lesson) == [("bins", "they never came")]
    assert "has this wording already" in reasons(lesson)[0]
    assert "gets this wording already" in reasons(lesson)[1]


@pytest.mark.parametrize(
    ("query", "reason"),
    [
        (PERSONAL, "a telephone number"),
        ("bins jo@example.org", "an e-mail address"),
        ("pe15 0ab", "a postcode"),
        ("am i QQ123456C", "a National Insurance number"),
        ("2024", "no word"),
        ("£100?", "no word"),
        ("bell \x07", "cannot be written"),
    ],
)
def test_what_is_no_wording_to_publish_is_left_out_with_the_reason(taught, query, reason):
    lesson = taught(visit(query), visit("they never came"))
    assert added(lesson) == [("bins", "they never came")]
    assert reason in reasons(lesson)[0]


def test_an_article_that_is_not_in_the_edition_is_said_to_be_missing(taught):
    asked = visit("shouting", ("rude",))
    assert "not" not in added(taught(asked, edition=Edition.STAFF))[0]
    lesson = taught(asked, visit("x", ("nowhere",)), visit("y", ()))
    assert lesson.additions == ()
    for reason, wanted in zip(reasons(lesson), ("rude", "nowhere", "none"), strict=True):
        assert reason.endswith(f"is in this edition (wanted: {wanted})")


def test_an_article_that_cannot_be_changed_is_named_and_the_others_are_not_held_up(taught, content):
    content.write("faqs/braces.md", "---\n{title: T, audience: public}\n---\nText.\n")
    lesson = taught(visit("one", ("braces",)), visit("two"))
    assert added(lesson) == [("bins", "two")]
    assert reasons(lesson) == [
        "faqs/braces.md: its fields stand between braces; write each on a line of its own"
    ]


def test_an_article_deleted_meanwhile_is_named(taught, content):
    drafts = drafts_of(Edition.PUBLIC, content.path, lambda done, total: None)
    (content.path / "faqs/bins.md").unlink()
    lesson = learn(Shopping((visit("one"),)), drafts, content.path, content.path)
    assert lesson.additions == ()
    assert reasons(lesson)[0].startswith("faqs/bins.md: ")


def test_several_wordings_for_one_article_are_one_change(taught):
    lesson = taught(visit("one"), visit("two"), visit("three", ("tax",), ()))
    assert lesson.diff.count(b"+++ ") == 2
    assert b'"The Bin Men", "one", "two"]' in lesson.diff


def test_a_link_is_changed_where_it_leads(content):
    content.article("shared/bins.md", title="Bins", kind="faq", id="real")
    (content.path / "faqs").mkdir()
    (content.path / "faqs/linked.md").symlink_to("../shared/bins.md")
    (content.path / "shared/bins.md").write_text("---\ntitle: B\naudience: public\n---\nT.\n")
    drafts = drafts_of(Edition.PUBLIC, content.path, lambda done, total: None)
    asked = Shopping((visit("one", ("linked",)),))
    assert b"./shared/bins.md" in learn(asked, drafts, content.path, content.path).diff


def test_the_misses_are_found_once_the_change_is_accepted(content, publish):
    for number in range(5):
        content.article(f"faqs/bin-{number}.md", title="Bin bags", body="Bags for bins.")
    content.article("faqs/missed.md", title="Late collections", body="Report it online.")
    publish()
    bank = [
        BankQuestion(id="1", query="bin men: didn't come", relevant=("missed",)),
        BankQuestion(id="2", query="collections", relevant=("missed",)),
    ]
    before = shop(publish.searcher(), bank, lambda _: None)
    assert [one.question.id for one in before.misses] == ["1"]
    drafts = drafts_of(Edition.PUBLIC, content.path, lambda done, total: None)
    lesson = learn(before, drafts, content.path, content.path.parent)
    command = ["patch", "-s", "-p0"]
    subprocess.run(command, input=lesson.diff, check=True, cwd=content.path.parent)
    assert content.problems() == []
    publish()
    assert shop(publish.searcher(), bank, lambda _: None).misses == ()


def test_paths_are_seen_from_here_unless_that_would_lead_upwards(tmp_path):
    inside = tmp_path / "here" / "content"
    inside.mkdir(parents=True)
    assert where_to_apply(inside, tmp_path / "here") == tmp_path / "here"
    (tmp_path / "elsewhere").mkdir()
    assert where_to_apply(inside, tmp_path / "elsewhere") == inside


def test_the_list_names_article_wording_and_what_came_first(taught):
    lesson = taught(
        visit("one", found=("tax", "a", "b", "bins")),
        visit("two", found=()),
        visit("three"),
        visit(PERSONAL, number="q4"),
        visit("2024", number="q5"),
    )
    lines = as_lines(lesson, Path("content"))
    assert lines == [
        "content/faqs/bins.md",
        "  + one  (first came tax; it came at 4)",
        "  + two  (nothing was found)",
        "  + three  (first came tax; it was not among the first ten)",
        "",
        "Left out:",
        "  q4: it has what looks like a telephone number",
        "  q5 “2024”: it has no word in it",
    ]
    said = as_json(lesson)
    assert [one["wording"] for one in said["additions"]] == ["one", "two", "three"]
    assert [one["id"] for one in said["left_out"]] == ["q4", "q5"]


def test_the_last_line_says_how_the_change_is_accepted(taught):
    lesson = taught(visit("one"), visit("two"))
    assert next_step(lesson, Path("a b.diff"), None) == (
        "2 wordings for 1 article written to a b.diff. Read it, and accept it with: "
        "patch -p0 < 'a b.diff'"
    )
    assert "patch -p0 -d /kb < x" in next_step(lesson, Path("x"), Path("/kb"))
    assert next_step(taught(), Path("x"), None) == "Nothing to add; x is empty."
    assert as_lines(taught(), Path("c"))[0].endswith("nothing to add.")
