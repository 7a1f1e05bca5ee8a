"""Exports: an auditor computes the chain from the file alone."""

import csv
import hashlib
import io
import json
import re
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from kb import clock
from kb.contacts.erasure import erase
from kb.contacts.exact import NotAsWritten
from kb.contacts.export import COLUMNS, DAY_COLUMNS, days, rows, write_csv, write_lines
from kb.contacts.retention import purge
from tests.kb.contacts.made import report

DOCS = Path(__file__).parents[3] / "docs"
START = datetime(2026, 6, 1, 9, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture
def auditor(tmp_path):
    """Runs the program of docs/records.md, which knows nothing of ours, on lines of an export."""
    page = (DOCS / "records.md").read_text(encoding="utf-8")
    (program,) = re.findall(r"```python\n(.*?)```", page, re.DOTALL)
    imports = re.findall(r"^.*import .*", program, re.MULTILINE)
    assert imports == ["import hashlib, json, sys"]
    (tmp_path / "chain.py").write_text(program)

    def run(lines: str, *options: str) -> str:
        file = tmp_path / "contacts.jsonl"
        file.write_text(lines, encoding="utf-8")
        command = [sys.executable, "-I", str(tmp_path / "chain.py"), str(file), *options]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        return done.stdout + done.stderr

    return run


@pytest.fixture
def story(chain, monkeypatch):
    """A chain with a row of every kind: purged twice, corrected, and one contact erased."""

    def on(day: int) -> None:
        monkeypatch.setattr(clock, "now", lambda: START + day * DAY)

    on(0)
    chain.take_in([report("one"), report("two", service=None)])
    on(1)
    chain.take_in([report("three")])
    purge(chain, START + DAY)
    on(2)
    first, other = report("Zoë said “später” 😀", case="C-1"), report("other", searches=[])
    chain.take_in([first, other])
    chain.take_in([report("corrected", corrects=first.id, outcome="abandoned")])
    erase(chain, [other.id])
    purge(chain, START + 2 * DAY)
    chain.take_in([report("last", call_back_by="2026-11-05T09:00:00Z", outcome="call-back")])
    return chain


def lines_of(found) -> str:
    file = io.StringIO()
    write_lines(found, file)
    return file.getvalue()


def test_an_auditor_computes_the_chain_from_the_export_without_any_code_of_ours(
    story, auditor, verified
):
    found = verified()
    said = f"{found.rows} rows up to number {found.seq}, hash {found.hash}\n"
    assert found.purged == 4
    assert auditor(lines_of(rows(story.database))) == said
    assert auditor(lines_of(rows(story.database, texts=False)), "--without-texts") == said


@pytest.mark.parametrize(
    ("edit", "said"),
    [
        (("abandoned", "resolved"), "broken at row 7"),
        (("Zoë", "Zoe"), "other texts in row 5"),
        (('"last"', '"lost"'), "other texts in row 10"),
        (("\n", "", 1), "JSONDecodeError"),
    ],
)
def test_an_auditor_sees_where_an_export_was_edited(story, auditor, edit, said):
    lines = lines_of(rows(story.database))
    assert lines.replace(*edit) != lines
    assert said in auditor(lines.replace(*edit))


def test_an_auditor_sees_a_row_that_is_missing_and_an_erasure_that_is(story, auditor):
    lines = lines_of(rows(story.database)).splitlines(keepends=True)
    assert "broken at row 7" in auditor("".join(lines[:2] + lines[3:]))
    blank = {**json.loads(lines[-1]), **dict.fromkeys(("case", "notes", "searches", "salt"))}
    assert "no texts in row 10" in auditor("".join([*lines[:-1], json.dumps(blank) + "\n"]))


def test_the_digest_of_purged_days_is_that_of_their_export(story):
    last = [row for row in rows(story.database) if row["kind"] == "purge"][-1]
    lines = lines_of(days(story.database))
    assert hashlib.sha256(lines.encode()).hexdigest() == last["days"]
    assert sum(json.loads(line)["contacts"] for line in lines.splitlines()) == 3


def test_without_texts_nothing_is_left_of_what_callers_said(story):
    lines = lines_of(rows(story.database, texts=False))
    for words in ("Zoë", "C-1", "corrected", "bin not emptied", "last"):
        assert words not in lines.replace('"kind":"correction"', "")
    assert {json.loads(line)["salt"] for line in lines.splitlines()} == {None}


def test_the_row_that_says_how_a_contact_stands_is_marked(chain):
    first, other = report(), report()
    chain.take_in([first, other])
    chain.take_in([report(corrects=first.id), report(corrects=first.id)])
    erase(chain, [other.id])
    marked = {row["seq"]: row["current"] for row in rows(chain.database)}
    assert marked == {1: False, 2: True, 3: False, 4: True, 5: False}


def test_days_are_those_on_which_contacts_began_in_local_time_and_both_ends_belong(chain):
    moments = [  # of the summer, when local midnight is 23.00 in UTC
        datetime(2026, 6, 30, 22, 59, tzinfo=UTC),
        datetime(2026, 6, 30, 23, 0, tzinfo=UTC),
        datetime(2026, 7, 2, 22, 59, tzinfo=UTC),
        datetime(2026, 7, 2, 23, 0, tzinfo=UTC),
    ]
    chain.take_in([report(started_at=at, ended_at=at) for at in moments])

    def exported(first=None, last=None) -> list[int]:
        return [row["seq"] for row in rows(chain.database, first, last)]

    assert exported(date(2026, 7, 1), date(2026, 7, 2)) == [2, 3]
    assert exported(first=date(2026, 7, 1)) == [2, 3, 4]
    assert exported(last=date(2026, 7, 2)) == [1, 2, 3]
    assert exported() == [1, 2, 3, 4]


def test_csv_has_a_column_for_each_of_the_chain_and_no_formula(chain):
    chain.take_in([report("=1+1, ü\nand", service=None, first=False), report("'quoted")])
    file = io.StringIO()
    write_csv(COLUMNS, rows(chain.database), file)
    row, other = csv.DictReader(io.StringIO(file.getvalue()))
    assert tuple(row) == COLUMNS
    assert (row["notes"], other["notes"]) == ("'=1+1, ü\nand", "''quoted")
    assert (row["first"], row["current"], row["service"]) == ("false", "true", "")
    assert row["started_at"] == "2026-11-02T09:30:00.000000Z"
    assert json.loads(row["opened"]) == ["bin-days", "missed-bin"]


def test_csv_of_days_has_the_columns_of_their_table(story):
    file = io.StringIO()
    write_csv(DAY_COLUMNS, days(story.database), file)
    found = list(csv.DictReader(io.StringIO(file.getvalue())))
    assert [(row["day"], row["first"], row["contacts"]) for row in found] == [
        ("2026-11-02", "true", "1"),
        ("2026-11-02", "true", "2"),
    ]


def test_what_this_program_never_writes_is_not_exported_as_if_it_had(chain_in_file):
    chain_in_file.take_in([report(), report()])
    with chain_in_file.database.writing() as connection:
        connection.execute(text("UPDATE contacts SET first = 2 WHERE seq = 2"))
    found = rows(chain_in_file.database)
    assert next(found)["seq"] == 1
    with pytest.raises(NotAsWritten, match="a value in first"):
        next(found)
