"""One article file: what it says, and every way in which it can be bad."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.article import Audience, Kind
from kb.folder import FoundFile
from kb.problems import Level
from kb.source import MAX_ARTICLE, MAX_FRONT_MATTER, Source, parse


def parsed(text, path="faqs/missed-bin.md"):
    """A file of this text, parsed."""
    data = text if isinstance(text, bytes) else text.encode()
    return parse(FoundFile(path, len(data), 0), data)


def with_fields(fields, body="Text."):
    """A file with these fields from line 4 on; with one line of them its body begins on line 6."""
    return f"---\ntitle: T\naudience: public\n{fields}\n---\n{body}\n"


def with_body(body):
    """A file whose body begins on line 5."""
    return f"---\ntitle: T\naudience: public\n---\n{body}\n"


def without(field):
    """A file that lacks a field."""
    return with_body("Text.").replace(f"{field}: ", "# ")


ERROR, FAULT, WARNING = Level.ERROR, Level.FAULT, Level.WARNING
BOMB = "a: &a [x, x]\n" + "\n".join(f"{b}: &{b} [*{a}, *{a}]" for a, b in pairwise("abcdefghi"))

BAD = {
    "empty file": ("", ERROR, 1, 'the first line must be "---"'),
    "no front matter": ("# Title\n\nText.\n", ERROR, 1, 'the first line must be "---"'),
    "blank line first": ("\n" + with_body("x"), ERROR, 1, 'the first line must be "---"'),
    "front matter never closed": ("---\ntitle: T\n", ERROR, 1, "never closed"),
    "front matter empty": ("---\n---\nText.\n", ERROR, 2, "the front matter has no fields"),
    "front matter a list": ("---\n- a\n---\nText.\n", ERROR, 2, "has no fields"),
    "bad YAML": (with_fields("tags: [a, b"), ERROR, 4, "this is not YAML"),
    "colon in a title": ("---\ntitle: Bins: when\n---\n", ERROR, 2, 'title: "Bins: when?"'),
    "tab for indentation": (with_fields("hours:\n\tmon: closed"), ERROR, 5, "not tabs"),
    "duplicate key": (with_fields("title: U"), ERROR, 4, '"title" stands here twice'),
    "nested duplicate key": (
        with_fields("kind: place\nhours:\n  mon: closed\n  mon: closed"),
        ERROR,
        7,
        '"mon" stands here twice',
    ),
    "second YAML document": (with_fields("...\nowner: x"), ERROR, 5, "second YAML document"),
    "YAML tag": (with_fields("owner: !!str x"), ERROR, 4, "a YAML tag"),
    "YAML alias": (with_fields("tags: &t [a]\na_z: *t"), ERROR, 5, "an alias (*t)"),
    "YAML alias bomb": (with_fields(BOMB), ERROR, 5, "an alias (*a)"),
    "YAML 3,000 deep": (with_fields("tags: " + "[" * 3000), ERROR, 4, "nested more than 20 deep"),
    "YAML mappings 3,000 deep": (with_fields("t: " + "{a: " * 3000), ERROR, 4, "nested more than"),
    "no such character": (with_fields('owner: "\\UFFFFFFFF"'), ERROR, 2, "this is not YAML"),
    "front matter over 16 KB": (
        with_fields(f"summary: {'x' * MAX_FRONT_MATTER}"),
        ERROR,
        2,
        "over 16 KB",
    ),
    "file over 512 KB": (with_body("x" * MAX_ARTICLE), ERROR, 1, "over 512 KB"),
    "invalid UTF-8": (with_body("one\ncaf\xe9").encode("latin-1"), ERROR, 6, "not UTF-8"),
    "UTF-16": (with_body("Text.").encode("utf-16"), ERROR, 1, "save it as UTF-8"),
    "UTF-16 without its mark": (with_body("Text.").encode("utf-16-be"), ERROR, 1, "as UTF-8"),
    "NUL byte": (with_body("one\ntwo\0"), ERROR, 6, "a NUL byte"),
    "an image by mistake": (b"\x89PNG\r\n\x1a\n\xff\xfe", ERROR, 1, "not UTF-8"),
    "title missing": (without("title"), ERROR, 2, "title is missing"),
    "title empty": (with_body("x").replace(": T", ': ""'), ERROR, 2, "title is empty"),
    "title a number": (with_body("x").replace(": T", ": 2026"), ERROR, 2, "title is not text"),
    "title a list": (with_body("x").replace(": T", ": [a, b]"), ERROR, 2, "title is not text"),
    "audience missing": (without("audience"), ERROR, 2, "audience is missing"),
    "audience empty": (with_body("x").replace(" public", ""), ERROR, 2, "audience is missing"),
    "audience misspelt": (
        with_body("x").replace("public", "pubic"),
        ERROR,
        3,
        'audience "pubic" is not known',
    ),
    "audience of the wrong case": (with_body("x").replace("public", "Staff"), ERROR, 3, '"Staff"'),
    "id not allowed": (with_fields("id: Missed Bin"), ERROR, 4, '"Missed Bin" is not an id'),
    "id a path": (with_fields("id: ../secret"), ERROR, 4, '"../secret" is not an id'),
    "from that is no date": (with_fields("from: next week"), ERROR, 4, "is not a date"),
    "until not on the calendar": (with_fields("until: 2026-06-31"), ERROR, 4, "on the calendar"),
    "staff fence unclosed": (with_body("One.\n::: staff\nSecret."), ERROR, 6, "never closed"),
    "staff fence misspelt": (with_body("::: stff\nSecret.\n:::"), ERROR, 5, "looks like a staff"),
    "staff fence of another case": (with_body("::: Staff\nx\n:::"), ERROR, 5, "looks like a staff"),
    "staff fence without a blank": (with_body(":::staff\nx\n:::"), ERROR, 5, "looks like a staff"),
    "staff fence of four colons": (with_body(":::: staff\nx\n:::"), ERROR, 5, "looks like"),
    "staff fence indented": (with_body("::: staff\nx\n  :::"), ERROR, 7, "looks like a staff"),
    "staff fence quoted": (with_body("> ::: staff\n> x\n> :::"), ERROR, 5, "looks like a staff"),
    "staff fence in a list": (with_body("- ::: staff\n  x"), ERROR, 5, "looks like a staff"),
    "staff fence in a numbered list": (with_body("1. ::: staff"), ERROR, 5, "looks like a staff"),
    "staff fence nested": (
        with_body("::: staff\n::: staff\n:::\n:::"),
        ERROR,
        6,
        "before the one of line 5",
    ),
    "staff fence stray": (with_body("One.\n\n:::"), ERROR, 7, "never opened"),
    "staff fence misspelt in code": (with_body("```\n::: Staff\n```"), ERROR, 6, "looks like"),
    "staff fence unclosed in code": (with_body("```\n::: staff\n```"), ERROR, 6, "never closed"),
    "staff fence in the front matter": (
        with_fields("::: staff\nowner: x\n:::"),
        ERROR,
        4,
        "in the front matter",
    ),
    "staff fence over the front matter's end": (
        with_fields("::: staff", ":::"),
        ERROR,
        4,
        "in the front matter",
    ),
    "staff fence in a field": (
        with_fields("summary: |\n  ::: staff\n  x\n  :::"),
        ERROR,
        5,
        "looks like a staff",
    ),
    "staff fence after a line separator": (with_body("a\u2028::: staff"), ERROR, 5, "looks like"),
    "unknown field": (with_fields("titel: x"), FAULT, 4, 'did you mean "title"?'),
    "unknown field like no other": (with_fields("xyzzy: x"), FAULT, 4, "remove it"),
    "verified that is no date": (with_fields("verified: yesterday"), FAULT, 4, "is not a date"),
    "verified not on the calendar": (with_fields("verified: 2026-02-30"), FAULT, 4, "calendar"),
    "tags no list": (with_fields("tags: bins"), FAULT, 4, "is not a list"),
    "tag a number": (with_fields("tags: [bins, 12]"), FAULT, 4, '"12" is not text'),
    "lgsl as text": (with_fields('lgsl: "524"'), FAULT, 4, "is not a whole number"),
    "number of the wrong form": (with_fields("number: 42-17-3"), FAULT, 4, "of the form 4-217"),
    "kind not known": (with_fields("kind: page"), FAULT, 4, '"page" is not known'),
    "action that is a script": (
        with_fields("actions: [{label: L, url: 'javascript:alert(1)', kind: online}]"),
        FAULT,
        4,
        "is not an address",
    ),
    "hours that run backwards": (
        with_fields('kind: place\nhours: {mon: "17:00-09:00"}'),
        FAULT,
        5,
        "does not run forwards",
    ),
    "hours not on the clock": (
        with_fields('kind: place\nhours: {mon: "09:00-25:00"}'),
        FAULT,
        5,
        "not on the clock",
    ),
    "hours of no day": (
        with_fields('kind: place\nhours: {monday: "09:00-17:00"}'),
        FAULT,
        5,
        '"monday" is not a day',
    ),
    "hours for an FAQ": (with_fields("hours: {mon: closed}"), FAULT, 4, "set kind: place"),
    "step that leads to no id": (
        with_fields("kind: guide\nsteps: [{id: a, ask: b, answers: [{label: c, go: D E}]}]"),
        FAULT,
        5,
        '"D E" is not an id',
    ),
    "empty body": (with_body(""), WARNING, 5, "there is no text below the front matter"),
}

bad_files = pytest.mark.parametrize(("text", "level", "line", "said"), BAD.values(), ids=BAD.keys())


@bad_files
def test_a_bad_file_is_reported_at_its_level_and_line(text, level, line, said):
    source = parsed(text).source
    (problem,) = source.problems
    assert problem.level is level
    assert problem.line == line
    assert said in problem.message
    assert (source.draft is None) == (level is Level.ERROR)


@bad_files
def test_the_good_articles_around_a_bad_one_are_published(content, text, level, line, said):
    content.article("faqs/a-good-one.md")
    content.write("faqs/missed-bin.md", text if isinstance(text, bytes) else text.encode())
    content.article("guides/z-good-one.md", audience="staff")
    good = {"a-good-one"} if level is Level.ERROR else {"a-good-one", "missed-bin"}
    assert set(content.edition("public")) == good
    assert set(content.edition("staff")) == good | {"z-good-one"}
    (problem,) = content.problems()
    assert problem.startswith(f"faqs/missed-bin.md:{line}: {level}: ")
    assert said in problem


def test_there_are_bad_files_of_every_kind():
    assert len(BAD) >= 30
    assert {level for _, level, _, _ in BAD.values()} == set(Level)


def test_a_file_of_50_megabytes_keeps_only_itself_out(content):
    with content.write("faqs/huge.md", "---\n").open("r+b") as file:
        file.truncate(50_000_000)
    content.article("faqs/good.md")
    assert set(content.edition("staff")) == {"good"}
    (problem,) = content.problems()
    assert problem.startswith("faqs/huge.md:1: error: this file is over 512 KB")


@pytest.mark.parametrize("mark", ["> ", ">", "- ", "1. ", ": ", "[^1]: "])
def test_markdown_3000_deep_is_published(mark):
    source = parsed(with_body(f"First.\n\n{mark * 3000}last")).source
    assert source.draft is not None
    assert source.problems == ()


def test_a_good_file_has_no_problem():
    result = parsed(with_fields("owner: waste-desk", "One.\n\n## Two\n\nThree."))
    draft = result.source.draft
    assert result.source.problems == ()
    assert (draft.id, draft.language, draft.kind) == ("missed-bin", "en", Kind.FAQ)
    assert [section.text for section in result.sections] == ["One.", "Three."]


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("services/a.md", Kind.SERVICE),
        ("faqs/a.md", Kind.FAQ),
        ("guides/a.md", Kind.GUIDE),
        ("places/a.md", Kind.PLACE),
        ("faqs/waste/a.md", Kind.FAQ),
        ("waste/faqs/a.md", Kind.FAQ),
        ("a.md", Kind.GUIDE),
        ("elsewhere/faqs.md", Kind.GUIDE),
    ],
)
def test_the_folder_gives_the_kind(path, kind):
    assert parsed(with_body("x"), path).source.draft.kind is kind
    assert parsed(with_fields("kind: service"), path).source.draft.kind is Kind.SERVICE


@pytest.mark.parametrize(
    ("path", "fields", "identity"),
    [
        ("faqs/missed-bin.md", "", ("missed-bin", "en")),
        ("faqs/missed-bin.cy.md", "", ("missed-bin", "cy")),
        ("faqs/missed-bin.gla.md", "", ("missed-bin", "gla")),
        ("faqs/missed-bin.MD", "", ("missed-bin", "en")),
        ("faqs/missed-bin.md", "id: other", ("other", "en")),
        ("faqs/missed-bin.cy.md", "id: other", ("other", "cy")),
        ("faqs/Missed Bin.md", "id: other", ("other", "en")),
        ("faqs/2026.md", "", ("2026", "en")),
    ],
)
def test_the_file_name_gives_id_and_language(path, fields, identity):
    draft = parsed(with_fields(fields), path).source.draft
    assert (draft.id, draft.language) == identity


@pytest.mark.parametrize(
    "name",
    ["Missed-Bin.md", "missed bin.md", "-bin.md", "bin_2.md", "b.welsh.md", "é.md", "b.m1.md"],
)
def test_a_file_name_that_gives_no_id_keeps_the_article_out(name):
    source = parsed(with_body("x"), f"faqs/{name}").source
    assert source.draft is None
    (problem,) = source.problems
    assert problem.level is Level.ERROR
    assert "gives no id; rename it" in problem.message


@pytest.mark.parametrize(
    "variant",
    [
        pytest.param(lambda text: text.replace("\n", "\r\n"), id="CRLF"),
        pytest.param(lambda text: text.replace("\n", "\r"), id="CR"),
        pytest.param(lambda text: "\ufeff" + text, id="byte order mark"),
        pytest.param(lambda text: text.replace("---\n", "--- \t\n"), id="blanks behind the lines"),
        pytest.param(lambda text: text.rstrip("\n"), id="no last line end"),
    ],
)
def test_what_different_editors_save_is_the_same_article(variant):
    text = with_body("One.\n\n::: staff\nSecret.\n:::\n\nTwo.")
    usual, other = parsed(text), parsed(variant(text))
    assert other.sections == usual.sections
    assert other.source.problems == ()
    assert other.source.draft == usual.source.draft


def test_a_line_of_dashes_in_the_body_is_a_rule():
    assert [s.text for s in parsed(with_body("One.\n\n---\n\nTwo.")).sections] == ["One.\nTwo."]


def test_lines_are_those_of_the_file():
    draft = parsed(
        with_fields("related:\n  - one\n  - two", "One.\n\n[x](three)\n\n::: staff\n[y](four)\n:::")
    ).source.draft
    assert draft.line("title") == 2
    assert draft.line("related", 1) == 6
    assert draft.line("related", 9) == 4
    assert draft.line("owner") == 1
    assert [(link.target, link.line) for link in draft.links] == [("three", 10), ("four", 13)]


def test_a_staff_block_is_cut_from_what_the_public_sees():
    sections = parsed(with_body("One.\n::: staff\nSecret.\n:::\nTwo.")).sections
    public = [section.text for section in sections if section.audience is Audience.PUBLIC]
    assert public == ["One.\nTwo."]
    assert [s.text for s in sections if s.audience is Audience.STAFF] == ["Secret."]


def test_several_problems_are_all_reported():
    source = parsed(with_fields("tags: x\nlgsl: y\nfrom: z")).source
    assert [(p.level, p.line) for p in source.problems] == [(FAULT, 4), (FAULT, 5), (ERROR, 6)]


def test_a_source_survives_being_written_down():
    text = with_fields(
        "from: 2026-01-01\nverified: 2026-02-01\nkind: place\ntitel: x\n"
        'hours: {mon: "09:00-12:00, 13:00-17:00", exceptions: {2026-12-25: closed}}',
        "[x](y)",
    )
    source = parsed(text).source
    assert source.draft is not None
    for by_alias in (True, False):
        again = Source.model_validate_json(source.model_dump_json(by_alias=by_alias))
        assert again == source


FIELDS = st.sampled_from(
    ["title: T", "audience: public", "id: x", 'title: "\\ud800"', "hours: {mon: 9}", "kind: place"]
)
LINES = FIELDS | st.sampled_from(["---", "::: staff", ":::", "# A", "[a](b)"]) | st.text(max_size=9)


@given(
    st.binary()
    | st.text().map(str.encode)
    | st.lists(LINES, max_size=9).map(lambda lines: "\n".join(["---", *lines]).encode())
    | st.binary().map(lambda data: with_body("").encode() + data)
)
def test_any_bytes_are_a_draft_or_an_error(data):
    source = parsed(data).source
    assert (source.draft is None) == any(p.level is Level.ERROR for p in source.problems)
    assert all(
        1 <= problem.line <= data.count(b"\n") + data.count(b"\r") + 2
        for problem in source.problems
    )
    assert Source.model_validate_json(source.model_dump_json()) == source
