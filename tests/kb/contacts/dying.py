"""Takes contacts in and is killed at every step in turn: python -m tests.kb.contacts.dying FOLDER.

A step is a file that is opened, flushed, renamed or removed, or a transaction that begins or ends.
Each process has a folder of its own, numbered, and goes one step further than the one before, until
one comes to the end.
"""

import os
import signal
import sys
import threading
import traceback
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import Engine, event

from kb.contacts.contact import Report
from kb.contacts.intake import Intake
from kb.contacts.stores import intake_for
from kb.records import recorder
from kb.records.database import Database
from kb.records.recorder import State
from kb.records.tables import Line
from tests.absence import away, removable
from tests.kb.contacts.made import report
from tests.waiting import until

TOLD = "told"
"""A file with the numbers of the contacts that were acknowledged."""
STEPS = {"open", "os.rename", "os.remove", "os.mkdir", "sqlite3.connect"}
MOST = 1000

REPORTS: tuple[Report, ...] = tuple(
    report(f"contact {number}", id=UUID(int=number, version=4)) for number in range(1, 5)
)


def intake_in(folder: Path) -> Intake:
    """What takes contacts in, in a folder where `store` leads to the database."""
    return intake_for(Database(f"sqlite:///{folder}/store/records.db", tuple(Line)), folder)


def settled(intake: Intake) -> bool:
    """Whether all is in the database that was on disk."""
    health = intake.recorder.health()
    return health.waiting == 0 and health.state is State.WRITTEN


def live(folder: Path) -> None:
    """Take contacts in while the database is there, while it is away, and when it is back."""
    intake = intake_in(folder)

    def take(number: int) -> None:
        intake.take(REPORTS[number])
        with (folder / TOLD).open("a") as told:
            told.write(f"{number}\n")

    take(0)
    with away(intake.chain.database, None):
        take(1)
        take(2)
        take(1)  # sent again
    until(lambda: settled(intake), seconds=60)
    take(3)
    take(2)


def die_at(step: int, folder: Path) -> None:
    """Have this process killed when it comes to a step."""
    left = [step]
    lock = threading.Lock()
    flush = os.fsync

    def count(*_: object) -> None:
        with lock:
            left[0] -= 1
            if left[0] == 0:
                os.kill(os.getpid(), signal.SIGKILL)

    def hear(name: str, arguments: tuple[object, ...]) -> None:
        if name in STEPS and str(folder) in str(arguments[0]):
            count()

    def flush_and_count(fd: Any) -> None:
        flush(fd)
        count()

    os.fsync = flush_and_count
    for moment in ("begin", "commit", "rollback"):
        event.listen(Engine, moment, count)
    sys.addaudithook(hear)


def main() -> None:
    """Make a process for each step; exit 1 if one ends otherwise than by its kill or well."""
    recorder.RETRY_S = (0.02, 0.02, 0.02, 0.02)
    for step in range(1, MOST):
        folder = Path(sys.argv[1]) / f"{step}"
        folder.mkdir()
        removable(folder / "store")
        child = os.fork()
        if child == 0:
            die_at(step, folder)
            try:
                live(folder)
                os._exit(0)
            finally:
                traceback.print_exc()
                os._exit(1)
        status = os.waitpid(child, 0)[1]
        if status == 0:
            return
        if not os.WIFSIGNALED(status):
            sys.exit(1)
    sys.exit(f"it did not come to the end within {MOST} steps")


if __name__ == "__main__":
    main()
