"""Taking contacts in: whatever becomes of the store, what was accepted gets there once."""

import os
import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from uuid import UUID, uuid4

import pytest
from pydantic import TypeAdapter
from sqlalchemy import select

from kb.contacts.chain import Chain, NoSuchContact, OtherContact
from kb.contacts.contact import Report
from kb.contacts.intake import Intake
from kb.contacts.tables import contacts
from kb.records import recorder as module
from kb.records.database import Database, RecordsAway
from kb.records.recorder import Recorder, State
from kb.records.spool import Spool
from kb.records.tables import Line
from tests import absence
from tests.kb.contacts.made import report
from tests.waiting import until


@pytest.fixture(autouse=True)
def impatient(monkeypatch):
    """Nothing is waited for longer than a test can bear."""
    monkeypatch.setattr(module, "RETRY_S", (0.05,))


@pytest.fixture
def make(tmp_path):
    """Makes intakes over one spool, and closes them."""
    made: list[Intake] = []

    def intake(chain: Chain) -> Intake:
        spool = Spool(tmp_path / "spool", TypeAdapter(Report))
        made.append(Intake(chain, Recorder(chain.database, spool, chain.take_in)))
        return made[-1]

    yield intake
    for one in made:
        one.recorder.close()


@pytest.fixture
def intake(make, chain) -> Intake:
    return make(chain)


@pytest.fixture
def away(staff, request):
    """Takes the store away as long as the block lasts."""
    server = None if staff.file else request.getfixturevalue("postgresql")
    return partial(absence.away, staff, server)


def kept(chain: Chain) -> list[UUID]:
    """The ids of all rows, in the order of the chain."""
    with chain.database.reading() as connection:
        return list(connection.scalars(select(contacts.c.id).order_by(contacts.c.seq)))


def settled(intake: Intake) -> bool:
    health = intake.recorder.health()
    return health.waiting == 0 and health.state is State.WRITTEN


def test_a_contact_is_in_the_chain_at_once(intake):
    handed_in = report()
    assert intake.take(handed_in).seq == 1
    assert intake.take(handed_in).new is False
    assert kept(intake.chain) == [handed_in.id]
    assert intake.recorder.spool.waiting() == 0


def test_what_the_chain_never_takes_is_refused_at_once(intake):
    handed_in = report("one")
    intake.take(handed_in)
    with pytest.raises(OtherContact):
        intake.take(report("two", id=handed_in.id))
    with pytest.raises(NoSuchContact):
        intake.take(report(corrects=uuid4()))
    assert intake.recorder.spool.waiting() == 0


def test_while_the_store_is_away_contacts_wait_on_disk_and_go_in_when_it_is_back(
    intake, verified, away
):
    first = report("before")
    intake.take(first)
    with away():
        waiting = [report("away"), report("again"), report("corrected", corrects=first.id)]
        assert [intake.take(one) for one in waiting] == [None, None, None]
        assert intake.take(waiting[0]) is None  # sent again, as nobody knew whether it came
        until(lambda: intake.recorder.health().state is State.SPOOLED)
        assert intake.recorder.spool.waiting() == 4
    until(lambda: settled(intake))
    assert kept(intake.chain) == [first.id, *(one.id for one in waiting)]
    assert verified().rows == 4
    assert not intake.take(waiting[0]).new


def test_a_store_that_is_known_to_be_away_is_waited_for_by_nobody(intake, away, monkeypatch):
    intake.chain.database.check()
    with away():
        intake.take(report())
        until(lambda: intake.recorder.health().state is State.SPOOLED)
        asked = []
        monkeypatch.setattr(intake.chain, "take_in", lambda reports: asked.append(reports))
        assert intake.take(report()) is None
        assert asked == []
    until(lambda: settled(intake))


def test_a_correction_waits_behind_the_contact_that_waits(intake, verified):
    first = report("first")
    correction = report("second", corrects=first.id)
    intake.recorder.spool.put([first])
    assert intake.take(correction) is None
    until(lambda: settled(intake))
    assert kept(intake.chain) == [first.id, correction.id]
    assert verified().rows == 2


def test_what_waits_and_the_chain_never_takes_is_set_aside_for_a_person(intake, verified):
    first = report("one")
    intake.take(first)
    spool = intake.recorder.spool
    spool.put([report("other", id=first.id), report(corrects=uuid4()), good := report("good")])
    intake.recorder.start()
    until(lambda: settled(intake))
    assert kept(intake.chain) == [first.id, good.id]
    assert spool.unreadable() == 2


def test_where_neither_store_nor_disk_takes_it_that_is_said(tmp_path, seals, make):
    chain = Chain(Database(f"sqlite:///{tmp_path}", tuple(Line)), seals)  # a folder is no database
    intake = make(chain)
    intake.recorder.spool.folder.write_text("a file is no folder")
    with pytest.raises(OSError, match="exists"):
        intake.take(report())


def test_the_same_contact_sent_by_many_at_once_is_kept_once(intake, verified):
    handed_in = report()
    intake.chain.database.check()
    with ThreadPoolExecutor(6) as pool:
        taken = list(pool.map(lambda _: intake.take(handed_in), range(12)))
    assert sum(one.new for one in taken) == 1
    assert kept(intake.chain) == [handed_in.id]


def test_under_load_the_store_comes_and_goes_without_loss_or_doubles(intake, verified, away):
    intake.chain.database.check()
    sent: list[list[UUID]] = [[] for _ in range(3)]
    stop = threading.Event()

    def load(mine: list[UUID]) -> None:
        while not stop.wait(0.005):
            handed_in = report(str(len(mine)))
            intake.take(handed_in)
            mine.append(handed_in.id)

    threads = [threading.Thread(target=load, args=(mine,)) for mine in sent]
    for thread in threads:
        thread.start()

    def some_more() -> None:
        reached = len(sent[0]) + 15
        until(lambda: len(sent[0]) > reached, seconds=60)

    for _ in range(2):
        some_more()
        with away():
            some_more()
        until(lambda: intake.recorder.health().state is State.WRITTEN)
    stop.set()
    for thread in threads:
        thread.join()
    until(lambda: settled(intake))
    found = Counter(kept(intake.chain))
    assert set(found.values()) == {1}
    assert set(found) == {id_ for mine in sent for id_ in mine}
    assert verified().rows == len(found)


def test_a_commit_whose_answer_was_lost_leaves_the_contact_once(intake, verified, monkeypatch):
    take_in = intake.chain.take_in

    def lost(reports):
        take_in(reports)
        monkeypatch.undo()
        raise RecordsAway("the connection broke")

    monkeypatch.setattr(intake.chain, "take_in", lost)
    assert intake.take(report()) is None
    until(lambda: settled(intake))
    assert verified().rows == 1


def test_whoever_starts_tidies_away_what_was_left_half_written(intake):
    intake.recorder.spool.put([handed_in := report()])
    left = intake.recorder.spool.folder / ".0-1-0.jsonl.new"
    left.write_bytes(b"{")
    os.utime(left, (0, 0))
    intake.recorder.start()
    until(lambda: settled(intake))
    assert kept(intake.chain) == [handed_in.id]
    assert not left.exists()
