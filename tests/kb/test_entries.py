"""The other YAML files: one bad entry costs only itself."""

import pytest

from kb.entries import MAX_BYTES, Entry, EntryReader, Phrases
from kb.problems import Level


class Thing(Entry):
    """An entry to read."""

    name: str
    words: Phrases = ()


def read(data):
    """The entries of a file, and its problems."""
    reader = EntryReader("things.yml")
    return reader.entries(
        data if isinstance(data, bytes) else data.encode(), Thing
    ), reader.problems


def test_good_entries_come_with_their_lines():
    entries, problems = read("# things\n- {name: a}\n\n- name: b\n  words: [c, d]\n")
    assert [(line, entry.name, entry.words) for line, entry in entries] == [
        (2, "a", ()),
        (4, "b", ("c", "d")),
    ]
    assert problems == []


def test_one_text_may_stand_for_a_list():
    ((_, entry),), problems = read("- {name: a, words: one phrase}")
    assert entry.words == ("one phrase",)
    assert problems == []


def test_a_bad_entry_is_left_out_and_the_rest_kept():
    entries, problems = read("- {name: a}\n- {nmae: b}\n- 12\n- {name: d}\n")
    assert [entry.name for _, entry in entries] == ["a", "d"]
    assert [(p.level, p.line) for p in problems] == [(Level.FAULT, 2)] * 2 + [(Level.FAULT, 3)]
    assert "name: field required; put it right, or it stays left out" in problems[0].message
    assert "nmae: " in problems[1].message


def test_the_line_of_a_problem_is_that_of_the_value():
    _, problems = read("- name: a\n  words:\n    - good\n    - 12\n")
    assert [(p.line, p.message.split(":")[0]) for p in problems] == [(4, "words.1")]


@pytest.mark.parametrize("data", ["", "# nothing\n", "~\n", "[]\n", "\ufeff"])
def test_an_empty_file_has_no_entries_and_no_problem(data):
    assert read(data) == ([], [])


@pytest.mark.parametrize(
    ("data", "line", "said"),
    [
        ("name: a\n", 1, 'this file is one list; begin each entry with "- "'),
        ("text\n", 1, "this file is one list"),
        ("- {name: a}\n- {name: b\n", 3, "this is not YAML"),
        ("- {name: a, name: b}\n", 1, '"name" stands here twice'),
        ("- &a {name: a}\n- *a\n", 2, "an alias (*a)"),
        ("- {name: a}\n- {name: caf\xe9}\n".encode("latin-1"), 2, "not UTF-8"),
        (b"- {name: \0}\n", 1, "NUL byte"),
        (b"#" * (MAX_BYTES + 1), 1, "over 1 MB"),
        ("- " * 3000, 1, "nested more than 20 deep"),
    ],
    ids=lambda value: str(value)[:20] if isinstance(value, (str, bytes)) else None,
)
def test_a_file_that_cannot_be_read_is_an_error(data, line, said):
    entries, (problem,) = read(data)
    assert entries == []
    assert (problem.level, problem.path, problem.line) == (Level.ERROR, "things.yml", line)
    assert said in problem.message


def test_line_ends_of_every_kind_count_the_same():
    for end in ("\n", "\r\n", "\r"):
        _, problems = read(end.join(["- {name: a}", "- {name: b}", "- {name: 3}"]))
        assert [problem.line for problem in problems] == [3]
