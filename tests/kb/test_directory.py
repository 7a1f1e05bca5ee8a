"""The telephone directory."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.directory import COLUMNS, MAX_ROW_LINES, read_directory
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
        ("id,name\na,\0\n", 1, "NUL byte"),
    ],
)
def test_a_file_that_cannot_be_read_is_an_error(text, line, said):
    entries, (problem,) = read(text)
    assert entries == ()
    assert (problem.level, problem.line) == (Level.ERROR, line)
    assert said in problem.message


UNCLOSED = "a quote opens in it that is not closed"
UNFIT = "its quotes do not fit"


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ('bad,"Bo', UNCLOSED),
        ('bad,Bo,"1', UNCLOSED),
        ('bad,"Bo" Smith', UNFIT),
        ('bad,"Bo ""B"" Smith" x,1', UNFIT),
        ('bad,"Bo "B" Smith",1', UNFIT),
        ('"', UNCLOSED),
        ('x","', UNFIT),
    ],
)
@pytest.mark.parametrize("after", ["last,Last,2", 'last,"Last, Liz",2', 'last,"Last","2"'])
def test_a_bad_quote_costs_only_its_row(row, said, after):
    entries, (problem,) = read(f"id,name,telephone\ngood,Good,1\n{row}\n{after}\n")
    assert [entry.id for entry in entries] == ["good", "last"]
    assert (problem.level, problem.path, problem.line) == (Level.FAULT, "directory.csv", 3)
    assert said in problem.message


def test_several_bad_quotes_are_all_named():
    entries, problems = read('id,name\na,"Ann\nb,Bo\nc,"Cy" C\nd,Di\ne,"Ed\n')
    assert [entry.id for entry in entries] == ["b", "d"]
    assert [problem.line for problem in problems] == [2, 4, 6]


def test_rows_that_a_quote_swallows_are_pointed_out():
    (entry,), (problem,) = read('id,name,notes\na,Ann,"calls\nb,Bo,back"\n')
    assert (entry.id, entry.notes) == ("a", "calls\nb,Bo,back")
    assert (problem.level, problem.line) == (Level.WARNING, 2)
    assert "goes on to line 3" in problem.message


def test_a_sentence_in_a_cell_is_no_row():
    (_,), problems = read('id,name,notes\na,Ann,"one\ntwo, three, four, five"\n')
    assert problems == []


def test_a_quote_is_not_looked_for_to_the_end_of_a_long_file():
    rows = "".join(f"row-{number},Row\n" for number in range(MAX_ROW_LINES))
    entries, problems = read(f'id,name,notes\na,Ann,"calls\n{rows}z,Zoe,"\n')
    assert len(entries) == MAX_ROW_LINES
    assert [problem.line for problem in problems] == [2, MAX_ROW_LINES + 3]


def test_the_names_of_the_columns_must_be_read():
    entries, problems = read('id,"name\na,Ann\n')
    assert entries == ()
    assert (Level.ERROR, 1) in [(problem.level, problem.line) for problem in problems]


BEFORE = 'row-1,"Ann, A",1\nrow-2,"Bo ""B"" B",\n'
AFTER = 'row-3,Cy,3\nrow-4,"Di, D",4\nrow-5,"Ed",""\n'


@given(
    st.text(
        st.sampled_from('",x ') | st.characters(exclude_characters="\r\n\0", codec="utf-8"),
        max_size=30,
    ).filter(lambda line: "row-" not in line)
)
def test_whatever_one_line_has_costs_no_other_row(line):
    entries, problems = read(f"id,name,telephone\n{BEFORE}{line}\n{AFTER}")
    kept = {entry.id for entry in entries}
    assert {"row-1", "row-2"} <= kept
    assert {f"row-{number}" for number in (3, 4, 5)} <= kept
    assert all(problem.line == 4 for problem in problems)


@given(st.binary() | st.text(',"\nidname;').map(lambda text: f"id,name\n{text}".encode()))
def test_any_bytes_are_entries_or_problems(data):
    entries, problems = read_directory(data)
    assert len({entry.id for entry in entries}) == len(entries)
    assert all(problem.line >= 1 for problem in problems)
