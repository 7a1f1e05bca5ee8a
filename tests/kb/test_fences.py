"""Staff blocks are cut from the source, whole or not at all."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.fences import FenceProblem, StaffBlock, cut

ORDINARY = st.text(st.characters(exclude_characters="\n:：﹕∶ː", codec="utf-8"), max_size=12)
FENCELIKE = st.one_of(
    st.sampled_from(
        ["::: staff", ":::", "::: staff ", ":::\t", "::: Staff", " :::", "> :::", "- ::: staff"]
    ),
    st.sampled_from(
        ["1. :::", "text ::: staff", "```", "", "a: b", ": definition", ": : x", "：：：", "\v:::"]
    ),
)


def outcome(lines):
    """What cutting gives, or the problem in its place."""
    try:
        return cut(lines)
    except FenceProblem as problem:
        return problem


def test_a_text_without_fences_is_all_public():
    lines = ["One.", "", "a: b", "time 10:30", "x :: y"]
    assert cut(lines) == (lines, [])


def test_a_block_is_cut_and_the_lines_around_it_keep_their_places():
    public, blocks = cut(["one", "::: staff", "secret", "more", ":::", "two"])
    assert public == ["one", "", "", "", "", "two"]
    assert blocks == [StaffBlock(2, ("secret", "more"))]


def test_blanks_behind_a_fence_are_allowed():
    public, blocks = cut(["::: staff  \t", "secret", "::: \t"])
    assert public == ["", "", ""]
    assert blocks == [StaffBlock(1, ("secret",))]


def test_a_fence_inside_a_code_block_cuts_all_the_same():
    public, _ = cut(["```", "::: staff", "secret", ":::", "```"])
    assert public == ["```", "", "", "", "```"]


def test_several_blocks_are_cut():
    lines = ["::: staff", "a", ":::", "b", "::: staff", ":::"]
    assert cut(lines) == (
        ["", "", "", "b", "", ""],
        [StaffBlock(1, ("a",)), StaffBlock(5, ())],
    )


@pytest.mark.parametrize(
    "line",
    [
        ":::staff",
        "::: Staff",
        "::: STAFF",
        "::: stafff",
        "::: staff only",
        ":::  staff",
        ":::\tstaff",
        ":: staff",
        ":::: staff",
        "::::",
        "::",
        "::: public",
        "::: staff\u00a0",
        ":::\u00a0",
        " ::: staff",
        "\t::: staff",
        "    :::",
        "> ::: staff",
        ">>:::",
        "- ::: staff",
        "* :::",
        "+ :::",
        "• :::",
        "1. ::: staff",
        "12) :::",
        "- > 1. ::: staff",
        ": ::: staff",
        "\u00a0::: staff",
        "\u200b::: staff",
        "\ufeff:::",
        "：：： staff",
        "\uff1a\uff1a\uff1a",
        "\v::: staff",
        "text\f::: staff",
        "text\u2028::: staff",
        "text\x85:::",
    ],
)
@pytest.mark.parametrize("around", [(), ("::: staff",), ("```",)], ids=["text", "block", "code"])
def test_a_line_that_only_looks_like_a_fence_is_refused(line, around):
    with pytest.raises(FenceProblem) as caught:
        cut(["First.", *around, line, "::: staff", ":::"])
    assert "looks like a staff fence" in caught.value.message
    assert caught.value.line == 1 + len(around)


@pytest.mark.parametrize(
    ("lines", "line", "said"),
    [
        (["a", "::: staff", "b"], 1, "never closed"),
        (["a", ":::"], 1, "never opened"),
        (["::: staff", ":::", ":::"], 2, "never opened"),
        (["::: staff", "a", "::: staff", ":::", ":::"], 2, "before the one of line 1"),
    ],
    ids=["unclosed", "stray", "closed-twice", "nested"],
)
def test_fences_that_do_not_pair_are_refused(lines, line, said):
    with pytest.raises(FenceProblem) as caught:
        cut(lines)
    assert said in caught.value.message
    assert caught.value.line == line


@pytest.mark.parametrize("line", ["a ::: b", "see std::vector", "10:30", ": definition", "a::"])
def test_colons_that_begin_no_line_are_text(line):
    assert cut([line]) == ([line], [])


@given(st.lists(st.tuples(st.booleans(), st.lists(ORDINARY, max_size=4)), max_size=6))
def test_no_line_between_fences_is_public(chunks):
    lines: list[str] = []
    expected: list[str] = []
    blocks: list[StaffBlock] = []
    for staff, chunk in chunks:
        if staff:
            blocks.append(StaffBlock(len(lines) + 1, tuple(chunk)))
        lines += ["::: staff", *chunk, ":::"] if staff else chunk
        expected += [""] * (len(chunk) + 2) if staff else chunk
    assert cut(lines) == (expected, blocks)


@given(st.lists(FENCELIKE | ORDINARY | st.text(":staf >-1.\v\u200b", max_size=6), max_size=10))
def test_any_text_is_cut_cleanly_or_refused(lines):
    result = outcome(lines)
    if isinstance(result, FenceProblem):
        assert 0 <= result.line < len(lines)
        return
    public, blocks = result
    hidden = {block.first + at for block in blocks for at in range(-1, len(block.lines) + 1)}
    assert public == ["" if at in hidden else line for at, line in enumerate(lines)]
    assert not any(line.lstrip(" \t>-*+").startswith("::") for line in public)
