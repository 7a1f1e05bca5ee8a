"""`kb records` on what people said beside contacts, as typed."""

import csv
import io
import json
from datetime import UTC, datetime, timedelta

import pytest

from kb import clock
from kb.article import Edition
from kb.contacts.stores import chain_of
from kb.flags.intake import spool_of_flags
from kb.pins.pins import standing_pins
from kb.records.journal import write
from kb.records.stores import store_of
from kb.settings import Settings
from tests.kb.contacts.made import report
from tests.kb.flags.made import flag
from tests.kb.records.made import search
from tests.kb.records.worded import PLACES, WHO, name_everywhere

KINDS = ["searches", "openings", "feedback", "flags", "flag-decisions", "requests", "pins"]


def exported(kb, kind: str) -> str:
    result = kb("records", "export", kind, "--format", "jsonl")
    assert result.exit_code == 0, result.stderr
    return result.stdout


@pytest.mark.parametrize("kind", KINDS)
def test_everything_is_exported_as_csv_or_as_json_lines(kb, database, kind):
    name_everywhere(database)
    lines = [json.loads(line) for line in exported(kb, kind).splitlines()]
    table = list(csv.DictReader(io.StringIO(kb("records", "export", kind).stdout)))
    assert len(lines) == len(table) == (3 if kind == "feedback" else 2)
    assert WHO in str(lines)
    assert WHO in str(table)
    assert kb("records", "export", kind, "--to", "2020-01-01").stdout.count("\n") == 1


def test_words_are_erased_wherever_they_are(kb, database, tmp_path):
    var = tmp_path / "var"
    first = report(f"{WHO} called")
    chain_of(database, var).take_in([first, report("another")])
    name_everywhere(database)
    public = store_of(Edition.PUBLIC, Settings(), var)
    write(public, [search(f"who is {WHO}")])
    public.close()
    shown = kb("records", "erase", "--words", WHO.lower(), typed="n\n")
    asked = "of 1 contact, 2 searches, 1 opening, 2 pieces of feedback, 1 flag, "
    assert asked in shown.stderr
    assert "which goes as a whole" in shown.stdout
    assert WHO in exported(kb, "flags")
    result = kb("records", "erase", "--words", WHO.lower(), typed="y\n")
    assert result.stdout.endswith(f"The texts of {PLACES + 2} rows are erased.\n")
    for kind in [*KINDS, "contacts"]:
        assert WHO not in exported(kb, kind)
    assert kb("records", "erase", "--words", WHO, "--yes").exit_code == 1
    assert [notice.text for notice in standing_pins(database)] == ["Snow"]


def test_what_was_asked_for_in_a_contact_goes_with_it(kb, database, tmp_path):
    handed_in = report("a note")
    chain_of(database, tmp_path / "var").take_in([handed_in])
    name_everywhere(database, contact=handed_in.id)
    result = kb("records", "erase", "--contact", str(handed_in.id), "--yes")
    assert "address: 4 High Street" in result.stdout
    assert WHO not in exported(kb, "requests")
    assert WHO in exported(kb, "flags")  # of which nobody knows the contact


def test_what_is_over_is_purged_after_the_days_that_are_set(kb, database, monkeypatch):
    long_ago = datetime(2020, 1, 1, tzinfo=UTC)
    with monkeypatch.context() as then:
        then.setattr(clock, "now", lambda: long_ago)
        then.setattr(clock, "today", lambda: long_ago.date())
        name_everywhere(database, at=long_ago)
    said = kb("records", "purge").stdout
    assert said.startswith("2 searches, 2 openings, 3 pieces of feedback, ")
    assert "2 flags, 2 requests, 2 pinned notices and 0 contacts taken away" in said
    for kind in ("flags", "flag-decisions", "requests", "pins"):
        assert exported(kb, kind) == ""


def test_status_counts_them_and_the_flags_that_wait(kb, database, tmp_path):
    name_everywhere(database)
    spool_of_flags(tmp_path / "var").put([flag(), flag()])
    said = kb("records", "status").stdout
    assert "2 flags, 2 flag decisions, 2 requests, 2 pins; 2 waiting on disk" in said
    found = json.loads(kb("records", "status", "--json").stdout)["desk"]
    assert (found["counts"]["flags"], found["waiting"]) == (2, 2)


def test_flags_that_wait_on_disk_are_not_erased_and_that_is_said(kb, tmp_path):
    spool_of_flags(tmp_path / "var").put([flag(comment=WHO)])
    result = kb("records", "erase", "--words", WHO, "--yes")
    assert result.exit_code == 1
    assert "1 record on disk and not in the database yet" in result.stderr


def test_notices_stay_for_their_time_after_they_have_ended(kb, database, monkeypatch):
    name_everywhere(database)
    days = Settings().keep_feedback
    later = clock.today() + timedelta(days=days + 1)  # they stand until tomorrow
    monkeypatch.setattr(clock, "today", lambda: later)
    assert ", 0 pinned notices and" in kb("records", "purge").stdout
    later += timedelta(days=1)
    assert ", 2 pinned notices and" in kb("records", "purge").stdout
