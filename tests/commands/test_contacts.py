"""`kb records` on contacts, as typed: exported, erased, purged, counted."""

import csv
import io
import json
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import text

from kb import clock
from kb.contacts.audit import audit
from kb.contacts.chain import Chain
from kb.contacts.stores import chain_of, spool_of_contacts
from tests.kb.contacts.made import report


@pytest.fixture
def chain(database, tmp_path) -> Chain:
    return chain_of(database, tmp_path / "var")


@pytest.fixture
def verified(chain):
    return lambda: audit(chain.database, [chain.seals])


def spoil(chain: Chain, seq: int) -> None:
    with chain.database.writing() as connection:
        connection.execute(text(f"UPDATE contacts SET first = 2 WHERE seq = {seq}"))


def exported(kb, *words: str) -> list[dict[str, Any]]:
    result = kb("records", "export", "contacts", "--format", "jsonl", *words)
    assert result.exit_code == 0, result.stderr
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_contacts_are_exported_as_csv_or_as_json_lines_of_some_days(kb, chain):
    later = {"started_at": "2026-11-05T09:00:00Z", "ended_at": "2026-11-05T09:01:00Z"}
    chain.take_in([report("one"), report("two", **later)])
    rows = list(csv.DictReader(io.StringIO(kb("records", "export", "contacts").stdout)))
    assert [row["notes"] for row in rows] == ["one", "two"]
    assert [row["notes"] for row in exported(kb)] == ["one", "two"]
    assert [row["seq"] for row in exported(kb, "--from", "2026-11-05")] == [2]
    assert [row["seq"] for row in exported(kb, "--to", "2026-11-04")] == [1]


def test_contacts_are_exported_without_what_callers_said(kb, chain):
    chain.take_in([report("one", case="C-1")])
    (row,) = exported(kb, "--without-texts")
    assert {row[name] for name in ("notes", "case", "searches", "salt")} == {None}
    assert row["service"] == "household-waste"


def test_a_file_is_written_whole_or_left_as_it_was(kb, chain, tmp_path):
    chain.take_in([report(), report()])
    file = tmp_path / "out.csv"
    words = ("records", "export", "contacts", "--output", str(file))
    assert kb(*words).exit_code == 0
    before = file.read_text(encoding="utf-8")
    assert len(list(csv.reader(io.StringIO(before)))) == 3
    spoil(chain, 2)
    result = kb(*words)
    assert result.exit_code == 1
    assert "row 2 has a value in first" in result.stderr
    assert "kb audit verify" in result.stderr
    assert file.read_text(encoding="utf-8") == before
    assert [path.name for path in tmp_path.iterdir() if "out" in path.name] == ["out.csv"]


def test_a_file_that_cannot_be_written_is_named(kb):
    result = kb("records", "export", "contacts", "-o", "nowhere/out.csv")
    assert result.exit_code == 1
    assert "nowhere/out.csv cannot be written: No such file" in result.stderr


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["searches", "--without-texts"], "for contacts"),
        (["contact-days", "--from", "2026-01-01"], "whole"),
        (["contacts", "--from", "2026-01-02", "--to", "2026-01-01"], "--to is before --from"),
    ],
)
def test_what_cannot_be_exported_so_ends_with_two_and_the_reason(kb, words, said):
    result = kb("records", "export", *words)
    assert result.exit_code == 2
    assert said in result.stderr


@pytest.mark.parametrize("by", ["contact", "correction", "case", "words"])
def test_texts_are_shown_and_erased_once_somebody_agrees(kb, chain, verified, by):
    first, other = report("Mrs [Example] called", case="CRM-7"), report("another")
    correction = report("She called again", corrects=first.id)
    chain.take_in([first, other, correction])
    meant = {
        "contact": ["--contact", str(first.id)],
        "correction": ["--contact", str(correction.id)],
        "case": ["--case", "crm-7"],
        "words": ["--words", "mrs [example]"],
    }[by]
    refused = kb("records", "erase", *meant, typed="n\n")
    assert refused.exit_code == 1
    assert "notes: Mrs [Example] called" in refused.stdout
    assert "Erase these texts of 1 contact for good?" in refused.stderr
    assert verified().erased == 0
    result = kb("records", "erase", *meant, typed="y\n")
    assert result.exit_code == 0
    assert result.stdout.endswith("The texts of 2 rows are erased.\n")
    rows = exported(kb)
    assert [row["notes"] for row in rows] == [None, "another", None, None]
    assert (rows[3]["kind"], rows[3]["contact"]) == ("erasure", str(first.id))
    assert verified().erased == 2
    again = kb("records", "erase", *meant, "--yes")
    assert again.exit_code == 1
    assert "erased already" in again.stderr


def test_a_script_is_not_asked(kb, chain, verified):
    chain.take_in([report(case="C-1"), report(case="C-1"), report(case="C-12")])
    assert kb("records", "erase", "--case", "C-1", "--yes").exit_code == 0
    assert verified().erased == 2


def test_contacts_that_wait_on_disk_are_not_erased_and_that_is_said(kb, tmp_path):
    spool_of_contacts(tmp_path / "var").put([waiting := report()])
    result = kb("records", "erase", "--contact", str(waiting.id), "--yes")
    assert result.exit_code == 1
    assert "1 record on disk and not in the database yet" in result.stderr
    assert not (tmp_path / "var" / "records" / "records.db").exists()


@pytest.mark.parametrize(
    "words",
    [[], ["--case", ""], ["--contact", "x"], ["--contact", str(uuid4()), "--case", "C-1"]],
)
def test_erasing_needs_to_be_told_which_in_one_way(kb, words):
    result = kb("records", "erase", *words, "--yes")
    assert result.exit_code == 2
    assert "--contact" in result.stderr


def test_contacts_are_purged_after_the_days_that_are_set(kb, chain, verified, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 1, 1, tzinfo=UTC))
    chain.take_in([report(), report()])
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 3, 1, tzinfo=UTC))
    assert kb("records", "purge").stdout.endswith(" and 0 contacts taken away\n")
    monkeypatch.setenv("KB_KEEP_CONTACTS", "30")
    assert kb("records", "purge").stdout.endswith(" and 2 contacts taken away\n")
    assert [row["kind"] for row in exported(kb)] == ["purge"]
    assert verified().purged == 2
    days = kb("records", "export", "contact-days").stdout
    assert [row["contacts"] for row in csv.DictReader(io.StringIO(days))] == ["2"]


def test_what_was_changed_is_purged_only_when_somebody_says_so(kb, chain, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: datetime(2020, 1, 1, tzinfo=UTC))
    chain.take_in([report(), report()])
    with chain.database.writing() as connection:
        connection.execute(text("UPDATE contacts SET outcome = 'abandoned' WHERE seq = 1"))
    monkeypatch.undo()
    monkeypatch.setenv("KB_KEEP_CONTACTS", "30")
    result = kb("records", "purge")
    assert result.exit_code == 1
    assert "the chain is broken: row 1 " in result.stderr
    assert "--unverified" in result.stderr
    assert kb("records", "purge", "--unverified").stdout.endswith(" and 2 contacts taken away\n")


def test_status_counts_contacts_and_those_that_wait(kb, chain, tmp_path):
    first = report()
    chain.take_in([first, report(corrects=first.id)])
    spool = spool_of_contacts(tmp_path / "var")
    spool.put([report(), report()])
    assert "1 contact in 2 rows; 2 waiting on disk\n" in kb("records", "status").stdout
    found = json.loads(kb("records", "status", "--json").stdout)["contacts"]
    assert (found["contacts"], found["rows"], found["waiting"]) == (1, 2, 2)
    spool.set_aside(report())
    result = kb("records", "status")
    assert result.exit_code == 1
    assert "1 file set aside as unreadable" in result.stdout
