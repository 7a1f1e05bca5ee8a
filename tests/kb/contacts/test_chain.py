"""The chain: what is handed in gets there once, whoever writes beside it."""

import os
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import select, update

from kb.contacts.chain import Chain, NoSuchContact, OtherContact, contact_of, report_of
from kb.contacts.link import GENESIS, LinkKind, link_hash
from kb.contacts.tables import contacts
from kb.records.database import RecordsAway
from kb.records.tables import Line
from tests.kb.contacts.made import AGENT, report

ROOT = Path(__file__).parents[3]


def rows(chain: Chain) -> list[dict[str, Any]]:
    with chain.database.reading() as connection:
        found = connection.execute(select(contacts).order_by(contacts.c.seq)).all()
    return [row._asdict() for row in found]


def test_a_contact_is_kept_as_it_was_handed_in(chain):
    handed_in = report(
        "Wants it by Friday — ½ £",
        outcome="call-back",
        call_back_by="2026-11-03T12:00:00+00:00",
        avoidable="progress-chasing",
        case="CRM-1",
        path=[{"guide": "bins", "step": "which", "answer": "The green one"}],
        first=False,
    )
    (taken,) = chain.take_in([handed_in])
    assert (taken.seq, taken.new) == (1, True)
    (row,) = rows(chain)
    assert report_of(row) == handed_in
    assert (row["kind"], row["contact"], row["account"]) == ("contact", handed_in.id, AGENT)
    assert row["hash"] == link_hash(GENESIS, row)


def test_rows_are_numbered_without_a_gap_and_each_holds_on_to_the_one_before(chain):
    chain.take_in([report("one"), report("two")])
    chain.take_in([report("three")])
    previous = GENESIS
    for number, row in enumerate(rows(chain), 1):
        assert row["seq"] == number
        assert row["hash"] == link_hash(previous, row)
        previous = row["hash"]
    assert len({row["salt"] for row in rows(chain)}) == 3


def test_a_contact_that_comes_again_is_kept_once(chain):
    handed_in = report("one")
    (first,) = chain.take_in([handed_in])
    again, other, twice = chain.take_in([handed_in, report("two"), handed_in])
    assert [(one.seq, one.new) for one in (first, again, other, twice)] == [
        (1, True),
        (1, False),
        (2, True),
        (1, False),
    ]
    assert len(rows(chain)) == 2


def test_a_contact_that_comes_again_after_its_agent_moved_to_another_team_is_the_same(chain):
    handed_in = report()
    chain.take_in([handed_in])
    (again,) = chain.take_in([handed_in.model_copy(update={"team": "depot"})])
    assert not again.new


@pytest.mark.parametrize("different", [{"notes": "two"}, {"first": False}, {"searches": []}])
def test_an_id_that_stands_for_another_contact_is_refused(chain, different):
    handed_in = report("one")
    chain.take_in([handed_in])
    with pytest.raises(OtherContact, match=str(handed_in.id)):
        chain.take_in([report(**{"notes": "one", "id": handed_in.id, **different})])
    with pytest.raises(OtherContact):
        chain.take_in([handed_in.model_copy(update={"account": uuid4()})])
    assert len(rows(chain)) == 1


def test_a_correction_is_a_new_row_about_the_first(chain):
    first = report("one")
    correction = report("two", corrects=first.id, outcome="abandoned")
    chain.take_in([first, correction])
    again = report("three", corrects=first.id)
    chain.take_in([again])
    found = rows(chain)
    assert [row["kind"] for row in found] == ["contact", "correction", "correction"]
    assert {row["contact"] for row in found} == {first.id}
    assert report_of(found[1]) == correction
    assert contact_of(found[0]) == first.contact
    assert not chain.take_in([correction])[0].new


def test_what_is_not_there_cannot_be_corrected_nor_can_a_correction(chain):
    first = report()
    correction = report(corrects=first.id)
    with pytest.raises(NoSuchContact, match=str(first.id)):
        chain.take_in([correction])
    chain.take_in([first, correction])
    with pytest.raises(NoSuchContact):
        chain.take_in([report(corrects=correction.id)])
    with pytest.raises(OtherContact):
        chain.take_in([first.model_copy(update={"corrects": uuid4()})])


def test_what_somebody_else_took_is_corrected_only_by_those_who_may(chain):
    first = report("mine")
    chain.take_in([first])
    other = report("theirs", corrects=first.id).model_copy(update={"account": uuid4()})
    with pytest.raises(NoSuchContact):
        chain.take_in([other])
    manager = other.model_copy(update={"of_anyone": True})
    assert chain.take_in([manager])[0].new
    assert not chain.take_in([manager])[0].new


def test_of_several_all_are_taken_in_or_none(chain):
    with pytest.raises(NoSuchContact):
        chain.take_in([report(), report(corrects=uuid4())])
    assert rows(chain) == []
    assert chain.seals.read() == []


def test_a_row_that_is_no_contact_is_no_report(chain):
    with chain.adding() as end:
        end.add(LinkKind.ERASURE, {"contact": uuid4()})
    (row,) = rows(chain)
    assert report_of(row) is None
    with pytest.raises(OtherContact):
        chain.take_in([report(id=row["id"])])


def test_the_end_of_the_chain_is_sealed_once_it_is_written(chain):
    chain.take_in([report(), report()])
    chain.take_in([report()])
    found = rows(chain)
    assert [(seal.seq, seal.hash, seal.at) for seal in chain.seals.read()] == [
        (row["seq"], row["hash"], row["at"]) for row in (found[1], found[2])
    ]


def test_a_store_that_is_away_takes_nothing_in_and_nothing_is_sealed(tmp_path, seals, open_store):
    folder = f"sqlite:///{tmp_path}"  # a folder is no database
    chain = Chain(open_store(folder, tuple(Line)), seals)
    with pytest.raises(RecordsAway):
        chain.take_in([report()])
    assert seals.read() == []


def test_threads_take_turns_at_the_end_of_the_chain(chain, verified):
    def add(number: int) -> list:
        return [chain.take_in([report(f"{number} {step}")])[0].seq for step in range(6)]

    chain.database.check()
    with ThreadPoolExecutor(5) as pool:
        taken = sorted(seq for seqs in pool.map(add, range(5)) for seq in seqs)
    assert taken == list(range(1, 31))
    assert verified().rows == 30


def test_the_same_contact_handed_in_by_many_at_once_is_kept_once(chain, verified):
    handed_in = report()
    chain.database.check()
    with ThreadPoolExecutor(5) as pool:
        taken = list(pool.map(lambda _: chain.take_in([handed_in])[0], range(10)))
    assert sum(one.new for one in taken) == 1
    assert {one.seq for one in taken} == {1}
    assert verified().rows == 1


PROCESS = """
import sys
from pathlib import Path
from typing import Any
from kb.contacts.chain import Chain
from kb.contacts.seals import Seals
from kb.records.database import Database
from kb.records.tables import Line
from tests.kb.contacts.made import report

url, seals, times = sys.argv[1:]
chain = Chain(Database(url, tuple(Line)), Seals(Path(seals)))
for _ in range(int(times)):
    handed_in = report("x")
    chain.take_in([handed_in])
    print(handed_in.id, flush=True)
"""


@pytest.fixture
def writing(new_url, open_store, seals):
    """Starts processes that add to the chain, and gives the chain to look at."""
    url = new_url()
    chain = Chain(open_store(url, tuple(Line)), seals)
    started: list[subprocess.Popen] = []

    def start(times: int) -> subprocess.Popen:
        command = [sys.executable, "-c", PROCESS, url, str(seals.file), str(times)]
        environment = {**os.environ, "PYTHONPATH": "."}
        process = subprocess.Popen(
            command, stdout=subprocess.PIPE, text=True, cwd=ROOT, env=environment
        )
        started.append(process)
        return process

    yield chain, start
    for process in started:
        process.kill()
        process.stdout.close()
        process.wait()


def test_two_processes_take_turns_at_the_end_of_the_chain(writing, verified_of):
    chain, start = writing
    said = [process.communicate()[0].split() for process in [start(15), start(15)]]
    assert [len(ids) for ids in said] == [15, 15]
    assert {str(row["id"]) for row in rows(chain)} == {*said[0], *said[1]}
    assert verified_of(chain).rows == 30


def test_a_killed_process_leaves_a_chain_that_holds_and_all_that_was_acknowledged(
    writing, verified_of
):
    chain, start = writing
    said: set[str] = set()
    for times in (10, 20):
        process = start(1_000_000)
        for line in process.stdout:
            said.add(line.strip())
            if len(said) == times:
                process.send_signal(signal.SIGKILL)
        process.wait()
    found = verified_of(chain)
    assert found.rows - found.sealed in (0, 1)  # killed between writing a row and sealing it
    assert {str(row["id"]) for row in rows(chain)} >= said
    chain.take_in([report()])
    assert verified_of(chain).sealed == found.rows + 1


def test_a_row_that_was_never_ours_does_not_stop_the_next(chain):
    chain.take_in([report(), report()])
    with chain.database.writing() as connection:
        connection.execute(update(contacts).where(contacts.c.seq == 2).values(outcome="moon"))
    assert chain.take_in([report()])[0].seq == 3
