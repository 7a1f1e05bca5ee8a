"""Records as files."""

import csv
import io
from datetime import UTC, date, datetime

import pytest

from kb.records import export
from kb.records.entries import Feedback, Search
from kb.records.export import Kind, entries, write_csv, write_lines
from kb.records.journal import write
from tests.kb.records.made import feedback, opening, search


def as_csv(kind, found) -> list[dict[str, str]]:
    file = io.StringIO()
    write_csv(kind, found, file)
    return list(csv.DictReader(io.StringIO(file.getvalue())))


def test_json_lines_give_the_same_entries_again(staff):
    made = [search("ü", total=2, results=("a", "b")), search('"', total=0, results=())]
    write(staff, made)
    file = io.StringIO()
    write_lines(entries(staff, Kind.SEARCHES), file)
    assert [Search.model_validate_json(line) for line in file.getvalue().splitlines()] == made


def test_csv_has_a_column_for_each_field(staff):
    at = datetime(2026, 11, 2, 9, 30, tzinfo=UTC)
    said = feedback("complaint", comment="Late,\nagain", at=at, reply_by=date(2026, 11, 16))
    write(staff, [said, search(results=("a", "b")), opening(query="x")])
    (row,) = as_csv(Kind.FEEDBACK, entries(staff, Kind.FEEDBACK))
    assert set(row) == set(Feedback.model_fields) - {"entry"}
    assert (row["kind"], row["comment"], row["answered"]) == ("complaint", "Late,\nagain", "")
    assert (row["at"], row["reply_by"]) == ("2026-11-02T09:30:00Z", "2026-11-16")
    (row,) = as_csv(Kind.SEARCHES, entries(staff, Kind.SEARCHES))
    assert row["results"] == "a b"
    (row,) = as_csv(Kind.OPENINGS, entries(staff, Kind.OPENINGS))
    assert row["article"] == "bins"


@pytest.mark.parametrize("text", ["=1+1", "+44", "-1", "@sum", "=HYPERLINK(1)"])
def test_no_cell_is_a_formula(text):
    (row,) = as_csv(Kind.FEEDBACK, [feedback(comment=text)])
    assert row["comment"] == f"'{text}"


def test_days_are_local_and_both_ends_belong(staff, monkeypatch):
    monkeypatch.setattr(export, "BATCH", 2)
    moments = [  # of the summer, when local midnight is 23.00 in UTC
        datetime(2026, 6, 30, 22, 59, tzinfo=UTC),
        datetime(2026, 6, 30, 23, 0, tzinfo=UTC),
        datetime(2026, 7, 2, 22, 59, tzinfo=UTC),
        datetime(2026, 7, 2, 23, 0, tzinfo=UTC),
    ]
    write(staff, [search(str(number), at=at) for number, at in enumerate(moments)])

    def exported(first=None, last=None):
        return [one.query for one in entries(staff, Kind.SEARCHES, first, last)]

    assert exported(date(2026, 7, 1), date(2026, 7, 2)) == ["1", "2"]
    assert exported(first=date(2026, 7, 1)) == ["1", "2", "3"]
    assert exported(last=date(2026, 7, 2)) == ["0", "1", "2"]
    assert exported() == ["0", "1", "2", "3"]
