"""YAML: every value means what is written, and nothing dangerous is built."""

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.yamlfile import MAX_DEPTH, Located, YamlProblem, read_yaml

PIECES = st.one_of(
    st.sampled_from(
        ["%YAML 1.", "%TAG ! x\n", "---", "...", "- ", "? ", ": ", "\n", "  ", "\t", "a", "b: "]
    ),
    st.sampled_from(
        ["'", '"', "\\x41", "\\U00110000", "\\UFFFFFFFF", "\\ud800", "|2-\n", ">+\n", "[", "]"]
    ),
    st.sampled_from(
        ["{", "}", ",", "&a ", "*a", "!!str ", "!<x> ", "!e!%ff ", "#", "<<: ", "012", "1" * 5000]
    ),
    st.sampled_from(
        ["\u2028", "\x85", "\ufeff", "@", "`", "=", "~", "\x7f", "\x00", "\ud800", "2026-13-01"]
    ),
)


def outcome(text):
    """What reading gives, or the problem in its place."""
    try:
        return read_yaml(text)
    except YamlProblem as problem:
        return problem


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("012", 12),
        ("0o14", "0o14"),
        ("0x1f", "0x1f"),
        ("12:30", "12:30"),
        ("1_000", "1_000"),
        ("-7", -7),
        ("2.50", 2.5),
        ("1e3", 1000.0),
        ("1" * 30, "1" * 30),
        ("2026-10-01", date(2026, 10, 1)),
        ("2026-02-30", "2026-02-30"),
        ("2026-10-01 09:00", "2026-10-01 09:00"),
        ("4-217", "4-217"),
        ("yes", "yes"),
        ("no", "no"),
        ("on", "on"),
        ("true", True),
        ("FALSE", False),
        ("~", None),
        ("null", None),
        ('"12"', "12"),
        ("'2026-10-01'", "2026-10-01"),
        ('"null"', "null"),
        ("! 12", 12),
        ("=", "="),
    ],
)
def test_a_scalar_means_what_is_written(written, meant):
    value = read_yaml(f"field: {written}").value["field"]
    assert value == meant
    assert type(value) is type(meant)


def test_a_key_is_always_text():
    assert read_yaml("{2026-12-25: closed, 1: one, true: yes}").value == {
        "2026-12-25": "closed",
        "1": "one",
        "true": "yes",
    }


def test_an_empty_text_is_an_empty_document():
    assert read_yaml("# only a comment\n").value is None


def test_block_scalars_keep_their_lines():
    assert read_yaml("a: |\n  one\n  two\nb: >-\n  one\n  two\n").value == {
        "a": "one\ntwo\n",
        "b": "one two",
    }


def test_every_value_has_its_line():
    located = read_yaml("title: T\nactions:\n  - label: A\n    url: u\n  - label: B\n", 2)
    assert located.line(("title",)) == 2
    assert located.line(("actions",)) == 3
    assert located.line(("actions", 0, "url")) == 5
    assert located.line(("actions", 1, "label")) == 6


def test_what_is_not_there_has_the_line_of_what_is_around_it():
    located = read_yaml("a: 1\nactions:\n  - label: A\n", 10)
    assert located.line(("actions", 0, "kind")) == 12
    assert located.line(("actions", 7)) == 11
    assert located.line(("missing", "deeper")) == 10
    assert Located(None).line(("x",)) == 1


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        pytest.param("a: 1\na: 2", 2, '"a" stands here twice', id="duplicate-key"),
        pytest.param("a:\n  b: 1\n  b: 2", 3, '"b" stands here twice', id="nested-duplicate"),
        pytest.param("{a: 1, 'a': 2}", 1, '"a" stands here twice', id="quoted-duplicate"),
        pytest.param("a: 1\nb: &x 2\nc: *x", 3, "an alias (*x)", id="alias"),
        pytest.param("a: &a [*a]", 1, "an alias (*a)", id="alias-of-itself"),
        pytest.param("a: 1\nb: !!python/name:os.system x", 2, "a YAML tag", id="tag"),
        pytest.param("a: !!binary aGk=", 1, "a YAML tag", id="standard-tag"),
        pytest.param("a: !mine [1]", 1, "a YAML tag (!mine)", id="tag-of-a-list"),
        pytest.param("a: 1\n...\nb: 2", 3, "a second YAML document", id="second-document"),
        pytest.param("a: 1\n--- # more\nb: 2", 2, "a second YAML document", id="marked-document"),
        pytest.param("? [a, b]\n: 1", 1, "a field's name is a list", id="key-is-a-list"),
        pytest.param("? {a: b}\n: 1", 1, "a field's name is a list", id="key-is-a-mapping"),
        pytest.param("a: 1\n\tb: 2", 2, "use spaces, not tabs", id="tab"),
        pytest.param("title: Bins: when", 1, "between quotes", id="colon"),
        pytest.param("a: [1, 2", 1, "brackets in pairs", id="open-bracket"),
        pytest.param('a: "x', 1, "this is not YAML", id="open-quote"),
        pytest.param("a: @x", 1, "this is not YAML", id="reserved-character"),
        pytest.param("a: \x07", 1, "remove that character", id="control-character"),
        pytest.param('a: "\\U00110000"', 1, "this is not YAML", id="no-such-character"),
        pytest.param('a: "\\UFFFFFFFF"', 1, "this is not YAML", id="far-out-of-range"),
        pytest.param(f"%YAML {'1' * 5000}.1\n---\na: 1", 1, "this is not YAML", id="version"),
        pytest.param('a: 1\nb: "\\ud83d\\ude00"', 2, "no character", id="surrogates"),
        pytest.param('a: "\\0"', 1, "no character", id="nul-escape"),
        pytest.param('"\\ud800": 1', 1, "no character", id="surrogate-in-a-key"),
        pytest.param("[" * 3000, 1, "nested more than 20 deep", id="deep-lists"),
        pytest.param("{a: " * 3000, 1, "nested more than 20 deep", id="deep-mappings"),
        pytest.param("- " * 3000 + "a", 1, "nested more than 20 deep", id="deep-block-lists"),
    ],
)
def test_what_is_not_accepted_is_refused_with_line_and_reason(text, line, said):
    with pytest.raises(YamlProblem) as caught:
        read_yaml(text)
    assert said in caught.value.message
    assert caught.value.line == line
    assert "\n" not in caught.value.message


def test_a_line_is_counted_from_where_the_text_begins_in_its_file():
    with pytest.raises(YamlProblem) as caught:
        read_yaml("a: 1\na: 2", first_line=40)
    assert caught.value.line == 41


def test_nesting_up_to_the_limit_is_read():
    text = "[" * MAX_DEPTH + "]" * MAX_DEPTH
    value = read_yaml(text).value
    for _ in range(MAX_DEPTH - 1):
        (value,) = value
    assert value == []
    with pytest.raises(YamlProblem):
        read_yaml(f"[{text}]")


@given(st.text() | st.lists(PIECES | st.text(max_size=3), max_size=14).map("".join))
def test_any_text_is_read_or_refused(text):
    result = outcome(text)
    if isinstance(result, YamlProblem):
        assert result.message
        assert 1 <= result.line <= len(text.splitlines()) + 1
    else:
        assert result.line(()) == 1


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers(-(10**9), 10**9) | st.text("abc: -#'\"é[]{}&*!|\n"),
        lambda inner: st.lists(inner) | st.dictionaries(st.text("ab: #"), inner),
        max_leaves=12,
    )
)
def test_json_is_read_as_the_yaml_it_is(value):
    assert read_yaml(json.dumps(value)).value == value
