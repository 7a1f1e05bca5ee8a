"""The telephone directory."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.directory import COLUMNS, read_directory
from kb.problems import Level


def read(text):
    """The entries of a file, and its problems."""
    return read_directory(text.encode())


def test_every_column_is_read():
    values = [f"{column}-1" for column in COLUMNS]
    (entry,), problems = read(f"{','.join(COLUMNS)}\n{','.join(values)}\n")
    assert problems == []
    assert list(entry.model_dump().values()) == values


def test_only_id_and_name_are_needed_in_any_order():
    (entry,), problems = read("Name , ID\nWaste desk, waste-desk \n")
    assert problems == []
    assert (entry.id, entry.name, entry.telephone) == ("waste-desk", "Waste desk", "")


def test_without_a_file_there_is_none():
    assert read_directory(None) == ((), [])


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_what_a_spreadsheet_saves_is_read(end):
    rows = ["\ufeffid,name,notes", 'a,"Smith, Ann","says ""hello"""', ",,", "", "b,Bo,"]
    entries, problems = read(end.join(rows))
    assert problems == []
    assert [(e.id, e.name, e.notes) for e in entries] == [
        ("a", "Smith, Ann", 'says "hello"'),
        ("b", "Bo", ""),
    ]


def test_a_cell_may_have_lines():
    (entry,), problems = read('id,name,notes\na,Ann,"one\ntwo"\n')
    assert (entry.notes, problems) == ("one\ntwo", [])


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("Waste Desk,Waste", 'id: "Waste Desk" is not an id'),
        (",Waste", "id: "),
        ("waste,", "name: "),
        ("waste", "name: field required"),
        ("good,Again", 'the id "good" stands here twice'),
        ("waste,Waste,1,2,3", "more cells than the first"),
    ],
)
def test_a_bad_row_costs_only_itself(row, said):
    entries, (problem,) = read(f"id,name,telephone\ngood,Good,1\n{row}\nlast,Last,2\n")
    assert [entry.id for entry in entries] == ["good", "last"]
    assert (problem.level, problem.path, problem.line) == (Level.FAULT, "directory.csv", 3)
    assert said in problem.message


@pytest.mark.parametrize(
    ("column", "said"),
    [("telefone", 'did you mean "telephone"?'), ("shoe size", "known are id, name, role")],
)
def test_an_unknown_column_is_a_fault_and_the_others_are_read(column, said):
    (entry,), (problem,) = read(f"id,name,{column}\na,Ann,1\n")
    assert entry.name == "Ann"
    assert (problem.level, problem.line) == (Level.FAULT, 1)
    assert said in problem.message


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("", 1, 'there is no column "id"'),
        ("name\nAnn\n", 1, 'there is no column "id"'),
        ("id\na\n", 1, 'there is no column "name"'),
        ("id;name\na;Ann\n", 1, 'there is no column "id"'),
        ('id,name\na,"Ann\n', 2, "this row cannot be read"),
        ('id,name\na,"Ann" Smith\n', 2, "this row cannot be read"),
        ("id,name\na,\0\n", 1, "NUL byte"),
    ],
)
def test_a_file_that_cannot_be_read_is_an_error(text, line, said):
    entries, (problem,) = read(text)
    assert entries == ()
    assert (problem.level, problem.line) == (Level.ERROR, line)
    assert said in problem.message


@given(st.binary() | st.text(',"\nidname;').map(lambda text: f"id,name\n{text}".encode()))
def test_any_bytes_are_entries_or_problems(data):
    entries, problems = read_directory(data)
    assert len({entry.id for entry in entries}) == len(entries)
    assert all(problem.line >= 1 for problem in problems)
