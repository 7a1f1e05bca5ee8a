"""A wording added to an article's source, and nothing else touched."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.amend import CannotAmend, amend
from kb.folder import FoundFile
from kb.source import parse

HEAD = "---\ntitle: T\naudience: public\n"
TAIL = "---\nText with a [link](elsewhere).\n"


def found(data, path="faqs/bins.md"):
    return FoundFile(path, len(data), 0)


def amended(text, wording="the new one"):
    data = text.encode()
    return amend(found(data), data, wording).decode()


def questions(text):
    data = text.encode()
    return parse(found(data), data).source.draft.front.questions


STYLES = {
    "no list": ("", "questions:\n  - the new one\n"),
    "a block list": ("questions:\n  - a\n", "questions:\n  - a\n  - the new one\n"),
    "an unindented one": (
        "questions:\n- a\ntags: [x]\n",
        "questions:\n- a\n- the new one\ntags: [x]\n",
    ),
    "a deep one": ("questions:\n    -   a\n", "questions:\n    -   a\n    -   the new one\n"),
    "with comments": (
        "questions: # q\n  - a # one\n  # more\ntags: [x]\n",
        "questions: # q\n  - a # one\n  - the new one\n  # more\ntags: [x]\n",
    ),
    "a text on two lines": (
        "questions:\n  - a\n    b\ntags: [x]\n",
        "questions:\n  - a\n    b\n  - the new one\ntags: [x]\n",
    ),
    "a literal text": (
        "questions:\n  - |-\n    a\ntags: [x]\n",
        "questions:\n  - |-\n    a\n  - the new one\ntags: [x]\n",
    ),
    "double quotes": ('questions:\n  - "a"\n', 'questions:\n  - "a"\n  - "the new one"\n'),
    "single quotes": ("questions:\n  - 'a'\n", "questions:\n  - 'a'\n  - 'the new one'\n"),
    "a flow list": ("questions: [a, b]\n", "questions: [a, b, the new one]\n"),
    "an empty flow list": ("questions: [] # none\n", "questions: [the new one] # none\n"),
    "a comma at the end": ("questions: [a, ]\n", "questions: [a, the new one, ]\n"),
    "a flow list on lines": (
        'questions: [\n  "a",\n  "b"\n]\n',
        'questions: [\n  "a",\n  "b",\n  "the new one"\n]\n',
    ),
    "nothing behind the name": (
        "questions: # none\ntags: [x]\n",
        "questions: # none\n  - the new one\ntags: [x]\n",
    ),
    "null": ("questions: null\ntags: [x]\n", "questions:\n  - the new one\ntags: [x]\n"),
    "a field of that name deeper down": (
        "hours: {questions: x}\n",
        "hours: {questions: x}\nquestions:\n  - the new one\n",
    ),
}


@pytest.mark.parametrize("style", STYLES)
def test_the_list_keeps_its_style(style):
    before, after = STYLES[style]
    assert amended(HEAD + before + TAIL) == HEAD + after + TAIL


@pytest.mark.parametrize("style", STYLES)
def test_the_list_keeps_its_style_with_a_byte_order_mark_and_crlf(style):
    before, after = ("\ufeff" + (HEAD + one + TAIL).replace("\n", "\r\n") for one in STYLES[style])
    assert amended(before) == after


def test_fields_that_are_indented_stay_in_line():
    assert amended("---\n  title: T\n  audience: public\n---\nText.\n") == (
        "---\n  title: T\n  audience: public\n  questions:\n    - the new one\n---\nText.\n"
    )


def test_the_file_need_not_end_with_a_line_end():
    assert amended("---\ntitle: T\naudience: public\n---").endswith("  - the new one\n---")


WRITTEN = {
    "can i park here?": "can i park here?",
    "i've moved, what now": "i've moved, what now",
    "bins: when": '"bins: when"',
    "bins #2": '"bins #2"',
    "- bins": '"- bins"',
    '"quoted" bins': '"\\"quoted\\" bins"',
    "*bins": '"*bins"',
    "yes": '"yes"',
    "No": '"No"',
    "1e5": '"1e5"',
    "12:30": '"12:30"',
    "0x1f": '"0x1f"',
    "tŷ": "tŷ",
    "back\\slash": '"back\\\\slash"',
    "::: staff": '"::: staff"',
    "what about [this]": '"what about [this]"',
}


@pytest.mark.parametrize("wording", WRITTEN)
def test_a_text_that_yaml_could_misread_is_quoted(wording):
    text = amended(HEAD + "questions:\n  - a\n" + TAIL, wording)
    assert text == f"{HEAD}questions:\n  - a\n  - {WRITTEN[wording]}\n{TAIL}"
    assert questions(text) == ("a", wording)


def test_a_comma_needs_quotes_in_a_flow_list_alone():
    assert 'questions: [a, "one, two"]' in amended(HEAD + "questions: [a]\n" + TAIL, "one, two")


def test_a_quote_is_doubled_between_single_quotes():
    assert "  - 'i''ve'\n" in amended(HEAD + "questions:\n  - 'a'\n" + TAIL, "i've")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("no front matter", "has an error"),
        ("---\n{title: T, audience: public}\n---\nText.\n", "between braces"),
        (HEAD + "questions: a\n" + TAIL, "is not a list"),
        (HEAD + "questions: {a: b}\n" + TAIL, "is not a list"),
        (HEAD + "questions:\n  - {a: b}\n" + TAIL, "more than texts"),
        (HEAD + "questions:\n  - 2024\n" + TAIL, "something else"),
        (HEAD.replace("\n", "\r") + TAIL.replace("\n", "\r"), "line ends"),
        (HEAD + f"# {'x' * 4084}\n" * 4 + TAIL, "over 16 KB"),
    ],
)
def test_what_cannot_be_done_is_refused_with_the_reason(text, why):
    with pytest.raises(CannotAmend, match=why):
        amended(text)


@pytest.mark.parametrize("wording", ["", " a", "a  b", "a\nb", "a\x07b", "a\u2028b", "a\u200bb"])
def test_a_wording_that_is_no_line_of_text_is_refused(wording):
    with pytest.raises(CannotAmend, match="cannot be written"):
        amended(HEAD + TAIL, wording)


lists = st.sampled_from([before for before, _ in STYLES.values()])
lines = st.text(st.characters(blacklist_categories=["C", "Z"]) | st.just(" "), min_size=1)


@given(before=lists, wording=lines.map(lambda text: " ".join(text.split())).filter(bool))
def test_any_line_of_text_comes_back_as_it_was(before, wording):
    text = HEAD + before + TAIL
    after = amended(text, wording)
    assert questions(after) == (*questions(text), wording)
    assert len(after) > len(text) - len(" null")
