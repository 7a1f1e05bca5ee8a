"""Receivers that hang or are down, deliverers that die: every message comes, known by its id."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from kb.contacts.chain import Chain
from kb.contacts.seals import Seals
from kb.handover import deliverer as module
from kb.handover import posting
from kb.handover.deliverer import Deliverer
from kb.handover.endpoint import read_endpoint
from kb.handover.hooks import HookTarget
from kb.handover.lease import Lease
from kb.handover.settings import WebHook
from kb.records.database import Database
from kb.records.tables import Line
from tests.kb.contacts.made import report
from tests.kb.handover.conftest import GIVE_UP, SECRET
from tests.kb.handover.receiver import Receiver
from tests.waiting import until

ROOT = Path(__file__).parents[3]


@pytest.fixture
def impatient(monkeypatch) -> None:
    monkeypatch.setattr(module, "FIRST_WAIT_S", 0.02)
    monkeypatch.setattr(module, "LONGEST_WAIT_S", 0.1)
    monkeypatch.setattr(module, "EVERY_S", 0.02)


@pytest.fixture
def running() -> Iterator[Callable[[Deliverer], None]]:
    """Runs deliverers in threads, and stops them."""
    stop = threading.Event()
    threads: list[threading.Thread] = []

    def run(deliverer: Deliverer) -> None:
        threads.append(threading.Thread(target=deliverer.run, args=(stop,)))
        threads[-1].start()

    yield run
    stop.set()
    for thread in threads:
        thread.join()


def test_a_receiver_that_is_down_for_a_while_gets_all_in_order(
    chain, make, receiver, running, impatient
):
    port = receiver.port
    running(make())
    chain.take_in([report()])
    until(lambda: len(receiver.received) == 1, seconds=60)
    receiver.close()
    chain.take_in([report(), report()])
    again = Receiver(port)
    try:
        until(lambda: len(again.kept) == 2, seconds=60)
        assert [one.said["data"]["seq"] for one in again.kept] == [2, 3]
    finally:
        again.close()
        receiver.__init__()  # for the fixture to close


def test_two_deliverers_send_each_message_once(chain, make, receiver, running, impatient):
    for _ in range(2):
        running(make())
    for _ in range(5):
        chain.take_in([report()])
    until(lambda: len(receiver.kept) == 5, seconds=60)
    assert len(receiver.received) == 5


def test_one_lease_has_one_holder_until_it_ends(staff, time):
    one, other = (Lease(staff, "x", timedelta(minutes=1)) for _ in range(2))
    assert (one.hold(), other.hold(), one.hold()) == (True, False, True)
    assert Lease(staff, "y", timedelta(minutes=1)).hold()
    time.passes(seconds=61)
    assert (other.hold(), one.hold()) == (True, False)
    other.release()
    one.release()
    assert one.hold()


def test_an_answer_that_does_not_come_is_not_waited_for(receiver):
    release = threading.Event()
    receiver.answers = [lambda handler: release.wait(60)]
    try:
        reply = posting.post(read_endpoint(receiver.url), b"{}", {}, patience=0.1)
    finally:
        release.set()
    assert (reply.taken, reply.refused, reply.problem) == (False, False, "no answer in time")


def test_an_answer_that_comes_drop_by_drop_is_cut_off(receiver):
    over = threading.Event()

    def drip(handler) -> None:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\n")
        while not over.wait(0.02):
            try:
                handler.wfile.write(b"x")
            except OSError:
                return

    receiver.answers = [drip]
    try:
        reply = posting.post(read_endpoint(receiver.url), b"{}", {}, patience=5, deadline=0.3)
    finally:
        over.set()
    assert (reply.status, reply.problem) == (None, "no answer in time")


def test_an_endless_answer_is_read_so_far_and_no_further(receiver):
    def endless(handler) -> None:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\n\r\n")
        try:
            while True:
                handler.wfile.write(b"x" * 65536)
        except OSError:
            return

    receiver.answers = [endless]
    reply = posting.post(read_endpoint(receiver.url), b"{}", {})
    assert reply.taken
    assert len(reply.body) == posting.MAX_ANSWER


@pytest.mark.parametrize("answer", [b"", b"nonsense\r\n\r\n", b"HTTP/1.1 9x OK\r\n\r\n"])
def test_an_answer_that_is_none_is_a_failure(receiver, answer):
    receiver.answers = [lambda handler: handler.wfile.write(answer)]
    reply = posting.post(read_endpoint(receiver.url), b"{}", {})
    assert (reply.status, reply.taken) == (None, False)
    assert reply.problem


KILLED = """
import sys
from datetime import timedelta
from kb.handover.deliverer import Deliverer
from kb.handover.hooks import HookTarget
from kb.handover.settings import WebHook
from kb.records.database import Database
from kb.records.tables import Line

url, database, secret = sys.argv[1:]
hook = WebHook(name="crm", url=url, secret=secret)
store = Database(database, tuple(Line))
Deliverer(store, [HookTarget(hook)], timedelta(days=3), lease=timedelta(seconds=2)).deliver()
"""


def test_a_server_killed_between_post_and_note_sends_the_message_again_by_its_id(
    tmp_path, receiver, running, impatient
):
    url = f"sqlite:///{tmp_path}/records.db"
    store = Database(url, tuple(Line))
    Chain(store, Seals(tmp_path / "seals")).take_in([report(), report()])
    started = threading.Event()
    process: list[subprocess.Popen] = []

    def kill(handler) -> None:
        started.wait(60)
        os.kill(process[0].pid, signal.SIGKILL)
        process[0].wait()
        handler.wfile.write(b"HTTP/1.1 204 OK\r\n\r\n")

    receiver.answers = [kill]
    command = [sys.executable, "-c", KILLED, receiver.url, url, SECRET]
    process.append(subprocess.Popen(command, cwd=ROOT))
    started.set()
    assert process[0].wait(timeout=60) == -signal.SIGKILL
    hook = WebHook.model_validate({"name": "crm", "url": receiver.url, "secret": SECRET})
    running(Deliverer(store, [HookTarget(hook)], GIVE_UP))
    until(lambda: len(receiver.kept) == 2, seconds=60)
    ids = [one.id for one in receiver.received]
    assert len(ids) == 3
    assert ids[0] == ids[1] != ids[2]
    assert receiver.received[0].body == receiver.received[1].body
    store.close()
