"""Recording: whatever becomes of the database, what was accepted gets there once."""

import os
import signal
import subprocess
import sys
import threading
from collections import Counter
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import select

from kb.records import recorder as module
from kb.records.database import Database, Refused
from kb.records.entries import ENTRIES
from kb.records.journal import write
from kb.records.recorder import Recorder, State
from kb.records.spool import Spool
from kb.records.tables import ENTRY_TABLES, Line
from tests import absence
from tests.kb.records.made import feedback, opening, search
from tests.waiting import until

ROOT = Path(__file__).parents[3]


@pytest.fixture(autouse=True)
def impatient(monkeypatch):
    """Nothing is waited for longer than a test can bear."""
    monkeypatch.setattr(module, "RETRY_S", (0.05,))
    monkeypatch.setattr(module, "GATHER_S", 0.01)
    monkeypatch.setattr(module, "GATHER_AWAY_S", 0.02)


@pytest.fixture
def spool(tmp_path):
    return Spool(tmp_path / "spool", ENTRIES)


@pytest.fixture
def make(spool):
    """Makes recorders over one spool, and closes them."""
    made: list[Recorder] = []

    def recorder(database: Database, write=write) -> Recorder:
        made.append(Recorder(database, spool, partial(write, database)))
        return made[-1]

    yield recorder
    for one in made:
        one.close()


def kept(database: Database) -> Counter[UUID]:
    """The ids of all entries that the database holds."""
    with database.reading() as connection:
        return Counter(
            row.id for table in ENTRY_TABLES.values() for row in connection.execute(select(table))
        )


def ids(entries) -> Counter[UUID]:
    return Counter(entry.id for entry in entries)


def test_what_is_recorded_is_in_the_database_soon(public, make, spool):
    recorder = make(public)
    entries = [search("one"), opening(), search("two")]
    for entry in entries:
        recorder.record(entry)
    assert recorder.flush()
    assert kept(public) == ids(entries)
    health = recorder.health()
    assert (health.state, health.waiting, health.lost, health.problem) == ("written", 0, 0, "")


def test_what_is_kept_is_on_disk_before_it_is_said_to_be(public, make, spool, monkeypatch):
    recorder = make(public)
    monkeypatch.setattr(recorder, "start", lambda: None)
    said = feedback(comment="Thank you")
    recorder.keep(said)
    assert [entry for one in spool.take(9) for entry in one.entries] == [said]
    monkeypatch.undo()
    assert recorder.flush()
    until(lambda: kept(public) == ids([said]))
    assert spool.waiting() == 0


def test_a_disk_that_takes_nothing_is_told_to_those_who_keep_and_not_to_those_who_record(
    tmp_path, make, spool
):
    away = Database(f"sqlite:///{tmp_path}", (Line.JOURNAL,))  # a folder is no database
    recorder = make(away)
    spool.folder.write_text("a file is no folder")
    with pytest.raises(OSError, match="exists"):
        recorder.keep(feedback())
    recorder.record(search())
    assert recorder.flush()
    assert recorder.health().lost == 1


@pytest.fixture
def away(public, request):
    """Takes the database away as long as the block lasts."""
    server = None if public.file else request.getfixturevalue("postgresql")
    return partial(absence.away, public, server)


def test_entries_wait_while_the_database_is_away_and_go_in_when_it_is_back(
    public, make, spool, away
):
    recorder = make(public)
    entries = [search("before")]
    recorder.record(entries[0])
    assert recorder.flush()
    with away():
        entries += [search("away"), feedback(comment="away")]
        recorder.record(entries[1])
        recorder.keep(entries[2])
        assert recorder.flush()
        until(lambda: recorder.health().state is State.SPOOLED)
        assert recorder.health().waiting == 2
        assert recorder.health().problem
    until(lambda: kept(public) == ids(entries))
    until(lambda: recorder.health().state is State.WRITTEN)


def test_under_load_the_database_comes_and_goes_without_loss_or_doubles(public, make, away):
    recorder = make(public)
    accepted: list[list] = [[] for _ in range(4)]
    stop = threading.Event()

    def load(mine: list, number: int) -> None:
        while not stop.wait(0.002):
            mine.append(search(f"{number}-{len(mine)}"))
            recorder.record(mine[-1])
            if len(mine) % 20 == 0:
                mine.append(feedback(comment=f"{number}"))
                recorder.keep(mine[-1])

    threads = [
        threading.Thread(target=load, args=(mine, number)) for number, mine in enumerate(accepted)
    ]
    for thread in threads:
        thread.start()
    for _ in range(2):
        reached = len(accepted[0]) + 50
        until(lambda reached=reached: len(accepted[0]) > reached)
        with away():
            reached = len(accepted[0]) + 50
            until(lambda reached=reached: len(accepted[0]) > reached)
        until(lambda: recorder.health().state is State.WRITTEN)
    stop.set()
    for thread in threads:
        thread.join()
    assert recorder.flush()
    until(lambda: kept(public) == ids(entry for mine in accepted for entry in mine))
    assert recorder.health().lost == 0


class Stuck(Database):
    """A database that answers nobody before it is let go."""

    def __init__(self, url: str) -> None:
        super().__init__(url, (Line.JOURNAL,))
        self.entered = threading.Event()
        self.let_go = threading.Event()

    @contextmanager
    def writing(self):
        self.entered.set()
        assert self.let_go.wait(30)
        with super().writing() as connection:
            yield connection


@pytest.fixture
def stuck(tmp_path):
    database = Stuck(f"sqlite:///{tmp_path}/stuck.db")
    yield database
    database.let_go.set()


def test_a_full_queue_is_emptied_onto_the_disk_and_nobody_waits(make, stuck, spool, monkeypatch):
    monkeypatch.setattr(module, "QUEUE", 10)
    recorder = make(stuck)
    entries = [search(str(number)) for number in range(50)]
    recorder.record(entries[0])
    assert stuck.entered.wait(10)
    for entry in entries[1:]:
        recorder.record(entry)
    assert spool.waiting() >= 30
    assert len(list(spool.folder.iterdir())) <= 5
    assert recorder.health().waiting == 50
    stuck.let_go.set()
    until(lambda: kept(stuck) == ids(entries))


def test_closing_spools_what_a_stuck_database_holds_up_and_it_is_kept_once(make, stuck, spool):
    recorder = make(stuck)
    entries = [search("in hand"), search("in the queue")]
    recorder.record(entries[0])
    assert stuck.entered.wait(10)
    recorder.record(entries[1])
    recorder.close(timeout=0.05)
    assert spool.waiting() == 2
    stuck.let_go.set()
    again = make(stuck)
    again.start()
    until(lambda: spool.waiting() == 0 and kept(stuck) == ids(entries))


def test_closing_writes_what_is_left_and_what_comes_later_waits_for_the_next(public, make, spool):
    recorder = make(public)
    first, late = search("first"), search("late")
    recorder.record(first)
    recorder.close()
    assert kept(public) == ids([first])
    recorder.record(late)
    recorder.close()
    assert spool.waiting() == 1
    make(public).start()
    until(lambda: kept(public) == ids([first, late]))


def test_several_recorders_share_a_spool_and_a_store_as_processes_do(public, make, spool):
    entries = [feedback(comment=str(number)) for number in range(30)]
    recorders = [make(public) for _ in range(3)]
    for number, entry in enumerate(entries):
        recorders[number % 3].keep(entry)
    until(lambda: spool.waiting() == 0)
    until(lambda: kept(public) == ids(entries))


def test_what_the_database_refuses_is_set_aside_and_holds_nothing_else_up(public, make, spool):
    bad, good = search("bad"), search("good")

    def choosy(database, entries):
        if bad in entries:
            raise Refused("not this one")
        write(database, entries)

    recorder = make(public, choosy)
    for entry in (bad, good):
        recorder.record(entry)
    assert recorder.flush()
    assert kept(public) == ids([good])
    assert (spool.unreadable(), spool.waiting()) == (1, 0)


def test_a_fault_of_ours_ends_neither_the_thread_nor_what_it_holds(public, make, spool):
    faults = [ZeroDivisionError("ours")]

    def faulty(database, entries):
        if faults:
            raise faults.pop()
        write(database, entries)

    recorder = make(public, faulty)
    entry = search()
    recorder.record(entry)
    until(lambda: kept(public) == ids([entry]))
    assert not faults


def test_health_says_at_the_start_whether_the_database_is_there(tmp_path, make):
    recorder = make(Database(f"sqlite:///{tmp_path}", (Line.JOURNAL,)))
    recorder.start()
    until(lambda: recorder.health().state is State.SPOOLED)
    assert "unable to open" in recorder.health().problem


PROCESS = """
import sys
from functools import partial
from kb.records.database import Database
from kb.records.entries import ENTRIES
from kb.records.journal import write
from kb.records.recorder import Recorder
from kb.records.spool import Spool
from kb.records.tables import Line
from pathlib import Path
from tests.kb.records.made import feedback

url, spool = sys.argv[1:]
database = Database(url, (Line.JOURNAL,))
recorder = Recorder(database, Spool(Path(spool), ENTRIES), partial(write, database))
while True:
    entry = feedback(comment="x")
    recorder.keep(entry)
    print(entry.id, flush=True)
"""


@pytest.mark.parametrize("there", [True, False])
def test_what_was_said_to_be_kept_outlives_a_killed_process(
    new_url, open_store, make, spool, tmp_path, there
):
    url = new_url()
    used = url if there else f"sqlite:///{tmp_path}"
    command = [sys.executable, "-c", PROCESS, used, str(spool.folder)]
    said: Counter = Counter()
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, text=True, cwd=ROOT, env={**os.environ, "PYTHONPATH": "."}
    ) as process:
        for line in process.stdout:
            said[line.strip()] += 1
            if len(said) == 40:
                process.send_signal(signal.SIGKILL)
    assert process.returncode == -signal.SIGKILL
    store = open_store(url, (Line.JOURNAL,))
    make(store).start()
    until(lambda: spool.waiting() == 0)
    found = Counter(str(one) for one in kept(store).elements())
    assert said <= found  # the last may be on disk before it was said to be
    assert set(found.values()) == {1}
