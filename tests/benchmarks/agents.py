"""Fifty agents at once: python -m tests.benchmarks.agents [--minutes N] [--agents N].

Serves the staff site with `kb serve` and lets each agent take a call every 20 s: search as typed,
open an answer, keep a draft, record the contact. Meanwhile the server is killed twice, while a
contact is on its way, and started again. Then every contact has to be in the database exactly once,
and `kb audit verify` has to hold. KB_DATABASE_URL names an empty PostgreSQL database, to use that.
"""

import argparse
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import psutil
from rich.console import Console
from rich.table import Table
from sqlalchemy import select

from kb.accounts.accounts import Accounts
from kb.accounts.roles import Role
from kb.article import Edition
from kb.contacts.tables import contacts
from kb.records.stores import store_of
from kb.settings import load_settings
from tests.benchmarks.agent import KINDS, Agent, Failed, Gauge
from tests.benchmarks.measure import percentile

ROOT = Path(__file__).parents[2]
KB = [sys.executable, str(ROOT / "cli.py")]
EVERY_S = 20.0
KILLS = 2
P95_MS = 200
PASSWORD = "a wagon of turnips"
WAIT_S = 60.0


@dataclass(frozen=True)
class Outage:
    """From when the server was killed until it answered again, on the monotonic clock."""

    killed: float
    ready: float

    def cut(self, failed: Failed) -> bool:
        """Whether a request was on its way when the server was killed."""
        return failed.began < self.killed < failed.ended

    def away(self, failed: Failed) -> bool:
        """Whether a request was made while there was no server."""
        return self.killed <= failed.began < self.ready


class Server:
    """`kb serve` of the staff edition, started and killed."""

    def __init__(self, place: Sequence[str], log: Path) -> None:
        """Start it, and wait until it answers.

        Args:
            place: how `kb` is called.
            log: where to what it says on standard error is added.
        """
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = int(free.getsockname()[1])
        self._command = [*place, "serve", "--edition", "staff", "--staff-port", str(self.port)]
        self._log = log
        self.cpu_s = 0.0
        """That it has used, up to the last time it ended."""
        self.waited_s = 0.0
        """That its threads were ready to go on and waited for a core; only Linux says."""
        self.outages: list[Outage] = []
        self._start()

    def kill(self) -> None:
        """End it with SIGKILL, and start it again at once."""
        self._note_times()
        self._process.send_signal(signal.SIGKILL)
        killed = time.monotonic()
        self._process.wait()
        self._start()
        self.outages.append(Outage(killed, time.monotonic()))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """End it as an operator does."""
        self._note_times()
        self._process.terminate()
        self._process.wait(WAIT_S)

    def _start(self) -> None:
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(self._command, stdout=subprocess.DEVNULL, stderr=log)
        give_up = time.monotonic() + WAIT_S
        while time.monotonic() < give_up and self._process.poll() is None:
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/readyz", timeout=5):
                    return
            except OSError:
                time.sleep(0.02)
        raise RuntimeError(f"the server does not answer: {self._log.read_text()}")

    def _note_times(self) -> None:
        times = psutil.Process(self._process.pid).cpu_times()
        self.cpu_s += times.user + times.system
        for file in Path(f"/proc/{self._process.pid}/task").glob("*/schedstat"):
            self.waited_s += int(file.read_text().split()[1]) / 1e9


def killer(server: Server, gauge: Gauge, moments: Sequence[float]) -> None:
    """Kill the server at some moments, each time while a contact is on its way."""
    for moment in moments:
        time.sleep(max(0.0, moment - time.monotonic()))
        gauge.on_its_way.wait(WAIT_S)
        server.kill()


def recorded(place: Path) -> Counter[tuple[str, str]]:
    """The contacts in the database, by id and notes."""
    store = store_of(Edition.STAFF, load_settings(), place)
    with store.reading() as connection:
        rows = connection.execute(select(contacts.c.id, contacts.c.notes))
        found = Counter((str(row.id), str(row.notes)) for row in rows)
    store.close()
    return found


def settled(place: Sequence[str]) -> bool:
    """Whether nothing waits on disk any more, within some time."""
    give_up = time.monotonic() + WAIT_S
    while time.monotonic() < give_up:
        said = subprocess.run(
            [*place, "records", "status", "--json"], capture_output=True, text=True, check=False
        )
        if json.loads(said.stdout)["contacts"]["waiting"] == 0:
            return True
        time.sleep(1)
    return False


def questions(content: Path) -> list[str]:
    """What callers ask."""
    lines = (content / "questions.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line)["query"] for line in lines if line.strip()]


def report(agents: Sequence[Agent], outages: Sequence[Outage]) -> list[str]:
    """Print the figures, and return what is not as it should be."""
    answered = [one for agent in agents for one in agent.log.answered]
    failed = [one for agent in agents for one in agent.log.failed]
    cut = [one for one in failed if any(outage.cut(one) for outage in outages)]
    away = [one for one in failed if any(outage.away(one) for outage in outages)]
    wrong = [one for one in failed if one not in cut and one not in away]
    table = Table(
        "request",
        "answered",
        "p50 ms",
        "p95 ms",
        "p99 ms",
        "slowest",
        "cut by a kill",
        "while away",
    )
    faults = [f"{one.kind} failed: {one.why}" for one in wrong]
    for kind in KINDS:
        spent = [one.seconds * 1000 for one in answered if one.kind == kind]
        if not spent:
            continue
        p50, p95, p99 = (percentile(spent, share) for share in (0.5, 0.95, 0.99))
        figures = (f"{value:.0f}" for value in (p50, p95, p99, max(spent)))
        met = (str(sum(one.kind == kind for one in some)) for some in (cut, away))
        table.add_row(kind, f"{len(spent):,}", *figures, *met)
        if p95 >= P95_MS:
            faults.append(f"p95 of {kind} is {p95:.0f} ms, not under {P95_MS}")
    Console().print(table)
    return faults


def compared(agents: Sequence[Agent], found: Counter[tuple[str, str]]) -> list[str]:
    """Hold what agents were told against what is in the database."""
    sent = {(str(id_), notes) for agent in agents for id_, notes in agent.log.contacts.items()}
    waited = sum(agent.log.waited for agent in agents)
    print(f"{len(sent)} contacts acknowledged, {waited} of them while the database was away")
    doubled = [one for one, times in found.items() if times > 1]
    unacknowledged = sum(agent.log.lost for agent in agents)
    told = {
        "lost": len(sent - found.keys()),
        "doubled": len(doubled),
        "that nobody sent": len(found.keys() - sent),
        "never acknowledged": unacknowledged,
    }
    return [f"{number} contacts {what}" for what, number in told.items() if number]


def work(server: Server, asked: Sequence[str], number: int, minutes: float) -> list[Agent]:
    """Let agents work, and kill the server meanwhile."""
    gauge = Gauge()
    agents = [Agent(server.port, f"agent{one}", PASSWORD, asked, gauge) for one in range(number)]
    for agent in agents:
        agent.sign_in()
    begins = time.monotonic() + 1
    ends = begins + minutes * 60
    kills = [begins + (ends - begins) * (one + 1) / (KILLS + 1) for one in range(KILLS)]
    threads = [threading.Thread(target=killer, args=(server, gauge, kills))]
    for place_in_line, agent in enumerate(agents):
        first = begins + EVERY_S * place_in_line / number
        threads.append(threading.Thread(target=agent.work, args=(first, EVERY_S, ends)))
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return agents


def run(content: Path, var: Path, number: int, minutes: float) -> list[str]:
    """Publish, let agents work, and return what is not as it should be."""
    place = [*KB, "--content", str(content), "--var", str(var)]
    subprocess.run([*place, "index"], check=True, capture_output=True)
    store = store_of(Edition.STAFF, load_settings(), var)
    for one in range(number):
        Accounts(store).add(f"agent{one}", Role.AGENT, None, PASSWORD)
    store.close()
    log = var / "server.log"
    began = time.monotonic()
    with Server(place, log) as server:
        agents = work(server, questions(content), number, minutes)
        took = time.monotonic() - began
        faults = [] if settled(place) else ["contacts still wait on disk"]
    faults += report(agents, server.outages)
    away = ", ".join(f"{one.ready - one.killed:.1f} s" for one in server.outages)
    print(f"Killed {len(server.outages)} times, away for {away}")
    print(
        f"CPU of the server, its starts included: {server.cpu_s / took:.0%} of one core; "
        f"waited for a core {server.waited_s / server.cpu_s:.1f} times as long"
    )
    print(f"Load of the machine, the last 5 minutes: {os.getloadavg()[1]:.1f}")
    said = [line for line in log.read_text().splitlines() if "Ctrl+C" not in line]
    faults += [f"the server said: {line}" for line in said]
    faults += compared(agents, recorded(var))
    audit = subprocess.run([*place, "audit", "verify"], capture_output=True, text=True, check=False)
    print(audit.stdout + audit.stderr, end="")
    return faults if audit.returncode == 0 else [*faults, "the chain is broken"]


def main() -> None:
    """Measure and print; exit 1 if something is not as it should be."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--content", type=Path, default=ROOT / "content")
    parser.add_argument("--agents", type=int, default=50)
    parser.add_argument("--minutes", type=float, default=10)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        faults = run(asked.content.resolve(), Path(scratch) / "var", asked.agents, asked.minutes)
    for fault in faults:
        print(f"WRONG: {fault}")
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
