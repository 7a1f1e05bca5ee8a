"""`kb audit verify`, as typed."""

import shutil

import pytest
from sqlalchemy import text

from kb.contacts.chain import Chain
from kb.contacts.erasure import erase
from kb.contacts.stores import chain_of
from tests.kb.contacts.made import report


@pytest.fixture
def chain(database, tmp_path) -> Chain:
    return chain_of(database, tmp_path / "var")


def change(chain: Chain, statement: str) -> None:
    with chain.database.writing() as connection:
        connection.execute(text(statement))


def test_where_nothing_was_recorded_yet_that_is_said_and_nothing_is_made(kb, tmp_path):
    result = kb("audit", "verify")
    assert (result.exit_code, result.stdout) == (0, "There are no records of contacts yet.\n")
    assert not (tmp_path / "var").exists()


def test_a_chain_that_holds_is_told_with_its_extent_and_its_last_hash(kb, chain):
    first = report("a note")
    chain.take_in([first, report(), report()])
    erase(chain, [first.id])
    result = kb("audit", "verify")
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert lines[0].startswith("4 rows verified, numbers 1 to 4, from ")
    assert lines[1] == "0 purged before them; the texts of 1 erased, as erasures say"
    assert lines[2] == f"Last hash: {chain.seals.read()[-1].hash}"
    assert result.stderr == ""


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("UPDATE contacts SET outcome = 'abandoned' WHERE seq = 2", "row 2 does not say what"),
        ("UPDATE contacts SET notes = 'x' WHERE seq = 3", "row 3 has other texts"),
        ("DELETE FROM contacts WHERE seq = 1", "row 1 is missing"),
        ("DELETE FROM contacts WHERE seq = 3", "row 3 is missing"),
        ("DELETE FROM contacts", "row 1 is missing"),
        ("UPDATE contacts SET id = 'no id' WHERE seq = 2", "row 2 has a value in id"),
    ],
)
def test_the_first_broken_row_is_named_with_what_to_do(kb, chain, statement, said):
    for _ in range(3):
        chain.take_in([report()])
    change(chain, statement)
    result = kb("audit", "verify")
    assert result.exit_code == 1
    assert f"the chain is broken: {said}" in result.stderr
    assert "What to do: change nothing, and keep a copy" in result.stderr
    assert str(chain.seals.file) in result.stderr
    assert result.stdout == ""


def test_a_database_that_is_gone_is_no_empty_one(kb, chain):
    chain.take_in([report(), report()])
    chain.database.close()
    chain.database.file.unlink()
    result = kb("audit", "verify")
    assert result.exit_code == 1
    assert "is not there, and its row 2 was sealed" in result.stderr
    assert not chain.database.file.exists()


def test_without_seals_nothing_is_proved_until_a_copy_is_named(kb, chain, tmp_path):
    chain.take_in([report()])
    copy = tmp_path / "copy.seals"
    shutil.move(chain.seals.file, copy)
    result = kb("audit", "verify")
    assert result.exit_code == 1
    assert "nothing outside of the database to compare with" in result.stderr
    assert "--seals" in result.stderr
    assert kb("audit", "verify", "--seals", str(copy)).exit_code == 0


def test_a_copy_of_the_seals_tells_what_those_beside_the_database_no_longer_do(kb, chain, tmp_path):
    chain.take_in([report()])
    chain.take_in([report()])
    copy = tmp_path / "copy.seals"
    shutil.copy(chain.seals.file, copy)
    change(chain, "DELETE FROM contacts WHERE seq = 2")
    lines = chain.seals.file.read_text().splitlines()
    chain.seals.file.write_text(f"{lines[0]}\n")
    assert kb("audit", "verify").exit_code == 0
    result = kb("audit", "verify", "--seals", str(copy))
    assert result.exit_code == 1
    assert "the end of the chain was cut off" in result.stderr


def test_rows_that_are_not_sealed_here_are_told_and_no_break(kb, chain, tmp_path):
    chain.take_in([report()])
    elsewhere = chain_of(chain.database, tmp_path / "elsewhere")
    elsewhere.take_in([report()])
    result = kb("audit", "verify")
    assert result.exit_code == 0
    assert "1 row after number 1 not sealed on this machine" in result.stderr
    both = kb("audit", "verify", "--seals", str(elsewhere.seals.file))
    assert (both.exit_code, both.stderr) == (0, "")


def test_seals_that_cannot_be_read_end_it_with_the_reason(kb, chain):
    chain.take_in([report()])
    chain.seals.file.unlink()
    chain.seals.file.mkdir()
    result = kb("audit", "verify")
    assert result.exit_code == 1
    assert "the seals cannot be read" in result.stderr


@pytest.mark.parametrize(
    "words", [["audit", "verify", "--seals", "nowhere"], ["audit", "frobnicate"], ["audit"]]
)
def test_wrong_use_ends_with_two(kb, words):
    assert kb(*words).exit_code == 2
