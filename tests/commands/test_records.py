"""`kb records`, as typed."""

import csv
import io
import json
import sqlite3
from datetime import UTC, datetime

import pytest
from click.testing import CliRunner

from cli import main
from indexer.publish import Publisher
from kb.article import Edition
from kb.records.journal import write
from kb.records.replies import Wanted, replies
from kb.records.stores import spool_of, store_of
from kb.settings import Settings
from tests.kb.records.made import feedback, opening, search


@pytest.fixture
def var(tmp_path, monkeypatch):
    """A folder to stand in, without settings of its own."""
    monkeypatch.chdir(tmp_path)
    for name in ("KB_VAR", "KB_CONTENT", "KB_DATABASE_URL", "KB_PUBLIC_DATABASE_URL"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path / "var"


@pytest.fixture
def kb(content, var):
    place = ["--content", str(content.path), "--var", str(var)]

    def run(*words: str):
        return CliRunner().invoke(main, [*place, "records", *words])

    return run


@pytest.fixture
def public(var):
    return store_of(Edition.PUBLIC, Settings(), var)


@pytest.fixture
def staff(var):
    return store_of(Edition.STAFF, Settings(), var)


def test_status_says_what_there_is_and_makes_nothing(kb, var):
    result = kb("status")
    assert result.exit_code == 0
    assert result.stdout.count("not made yet") == 2
    assert not var.exists()


def test_status_counts_what_is_held_and_what_waits(kb, public, var):
    write(public, [search(), opening(), opening()])
    spool_of(Edition.STAFF, var).put([feedback()])
    result = kb("status")
    assert "1 search, 2 openings, 0 pieces of feedback; 0 entries waiting on disk" in result.stdout
    assert "not made yet; 1 entry waiting on disk" in result.stdout
    found = json.loads(kb("status", "--json").stdout)
    assert (found["public"]["searches"], found["staff"]["waiting"]) == (1, 1)


def test_status_ends_with_one_when_a_store_cannot_be_used(kb, tmp_path, monkeypatch):
    monkeypatch.setenv("KB_DATABASE_URL", f"sqlite:///{tmp_path}")  # a folder is no database
    result = kb("status")
    assert result.exit_code == 1
    assert "cannot be used" in result.stdout
    assert "unable to open" in result.stdout


def test_collecting_gives_complaints_to_owners_and_says_how_many(kb, content, var, public, staff):
    content.write("directory.csv", "id,name\nwaste-desk,Waste desk\n")
    content.article("faqs/bins.md", owner="waste-desk")
    Publisher(content.path, var).publish()
    write(public, [search(), feedback("complaint", comment="x", article="bins")])
    result = kb("collect")
    assert result.exit_code == 0
    assert result.stdout == "2 entries collected, 1 complaint or compliment given to owners\n"
    (reply,) = replies(staff, Wanted(), 9)
    assert reply.owner == "waste-desk"
    again = kb("collect").stdout
    assert again == "0 entries collected, 0 complaints and compliments given to owners\n"


def test_collecting_names_rows_that_are_no_entries(kb, public):
    write(public, [search(edition=Edition.STAFF)])
    result = kb("collect")
    assert result.exit_code == 1
    assert "1 row of the public store cannot be read" in result.stderr


def test_migrating_says_what_was_applied(kb):
    assert kb("migrate", "--edition", "public").stdout == "Public store: journal_1\n"
    both = kb("migrate").stdout.splitlines()
    assert both[0] == "Public store: nothing to do"
    assert both[1].startswith("Staff store: journal_1, desk_1")


def test_purging_says_what_went(kb, public, staff):
    old = datetime(2020, 1, 1, tzinfo=UTC)
    write(staff, [search(at=old), search(), feedback(score=1, at=old)])
    write(public, [opening(at=old)])
    said = "1 search, 1 opening, 1 piece of feedback, 0 flags, 0 requests, 0 pinned notices"
    assert kb("purge").stdout == f"{said} and 0 contacts taken away\n"


def test_exporting_prints_csv_or_json_lines_or_writes_a_file(kb, staff, tmp_path):
    write(staff, [search("one"), search("two"), feedback(comment="three")])
    rows = list(csv.DictReader(io.StringIO(kb("export", "searches").stdout)))
    assert [row["query"] for row in rows] == ["one", "two"]
    lines = kb("export", "feedback", "--format", "jsonl").stdout.splitlines()
    assert [json.loads(line)["comment"] for line in lines] == ["three"]
    assert kb("export", "searches", "-o", "out.csv", "--to", "2020-01-01").exit_code == 0
    assert (tmp_path / "out.csv").read_text().count("\n") == 1


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["export", "secrets"], "searches"),
        (["export", "searches", "--from", "yesterday"], "yesterday"),
        (["migrate", "--edition", "secret"], "both"),
        (["frobnicate"], "frobnicate"),
    ],
)
def test_wrong_use_ends_with_two_and_names_the_fix(kb, words, said):
    result = kb(*words)
    assert result.exit_code == 2
    assert said in result.stderr


@pytest.mark.parametrize("command", ["collect", "migrate", "purge", "status"])
def test_an_address_that_is_none_is_named_with_its_setting(kb, monkeypatch, command):
    monkeypatch.setenv("KB_DATABASE_URL", "mysql://kb:secret@localhost/kb")
    result = kb(command)
    assert result.exit_code == 1
    assert "KB_DATABASE_URL or database_url in kb.toml: mysql is not supported" in result.stderr
    assert "secret" not in result.stderr


@pytest.mark.parametrize("command", ["collect", "migrate", "purge"])
def test_a_database_of_a_newer_version_is_named_and_left_alone(kb, staff, command):
    staff.check()
    with sqlite3.connect(staff.file) as connection:
        connection.execute("UPDATE desk_version SET version_num = 'desk_99'")
    connection.close()
    result = kb(command)
    assert result.exit_code == 1
    assert "desk_99" in result.stderr
    assert "newer" in result.stderr
