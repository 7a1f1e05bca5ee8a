"""Recording beside the requests: what was accepted gets into the database once, sooner or later.

Searches are put into a queue and written by one thread, some at a time; nobody waits for them.
Feedback is on disk before it is said to be kept. Whatever the database does not take now waits in
the spool, and goes in when it is back.
"""

import atexit
import contextlib
import logging
import queue
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic

from kb.records.database import Database, RecordsProblem, Refused
from kb.records.spool import Spool, T

QUEUE = 2000
"""Entries that may wait in memory; one more, and they go to the spool."""
BATCH = 500
GATHER_S, GATHER_AWAY_S = 0.25, 2.0
"""How long the writer waits for more, so that a busy time needs few transactions, and few files."""
RETRY_S = (1.0, 2.0, 5.0, 10.0)
"""How long after a failure the database is tried again: after the first, the second, and so on."""

_LOG = logging.getLogger(__name__)


class State(StrEnum):
    """Where entries go."""

    WRITTEN = "written"
    SPOOLED = "spooled"


@dataclass(frozen=True)
class Health:
    """How recording goes."""

    state: State
    waiting: int
    """Entries that the database does not have yet."""
    lost: int
    """Entries since the start that could be put nowhere: the disk was full as well."""
    problem: str
    """Why the database cannot be used; empty where it can."""


class Recorder(Generic[T]):
    """Keeps entries; safe to use from several threads, and beside other processes."""

    def __init__(
        self, database: Database, spool: Spool[T], write: Callable[[Sequence[T]], object]
    ) -> None:
        """Nothing is opened, and no thread started, before `start` or the first entry.

        Args:
            database: where entries are to go.
            spool: where they wait.
            write: writes some into the database, all or none; leaves those that are there as they
                are; raises Refused where it will never take one of them.
        """
        self.database = database
        self.spool = spool
        self._write = write
        self._queue: queue.Queue[T | threading.Event] = queue.Queue(QUEUE)
        self._lock = threading.Lock()
        self._writer: threading.Thread | None = None
        self._closed = False
        self._in_hand: list[T] = []
        self._spooled = True  # the process before may have left something
        self._doubtful = True  # whether the database is to be looked at first
        self._problem = ""
        self._failures = 0
        self._retry_at = 0.0
        self._lost = 0

    def start(self) -> None:
        """Start writing, and take in what the process before has left."""
        with self._lock:
            self._start()

    def record(self, entry: T) -> None:
        """Keep an entry, soon; never waits for the database, and never fails."""
        with self._lock:
            self._start()
            try:
                if not self._closed:
                    self._queue.put_nowait(entry)
                    return
            except queue.Full:
                pass
        self._put_aside([*self._drain(), entry])

    def keep(self, entry: T) -> None:
        """Keep an entry for certain: when this returns it is on disk.

        Raises:
            OSError: if the disk does not take it.
        """
        self.spool.put([entry])
        self._spooled = True
        self.start()
        self._mark()

    def flush(self, timeout: float = 10) -> bool:
        """Wait until all that was accepted is in the database or the spool; False if it is not."""
        self.start()
        mark = self._mark(timeout)
        return mark is not None and mark.wait(timeout)

    def health(self) -> Health:
        """How it goes."""
        return Health(
            State.SPOOLED if self._problem else State.WRITTEN,
            self._queue.qsize() + len(self._in_hand) + self.spool.waiting(),
            self._lost,
            self._problem,
        )

    def close(self, timeout: float = 5) -> None:
        """Write what is left, or spool it where that takes longer; entries after it are spooled."""
        with self._lock:
            if self._closed:
                return
            self._closed = True
            writer = self._writer
        atexit.unregister(self.close)
        if writer is not None:
            self._mark()
            writer.join(timeout)
        self._put_aside([*self._in_hand, *self._drain(QUEUE)])  # twice is once: each has an id
        self.database.close()

    def _start(self) -> None:
        if self._closed or (self._writer is not None and self._writer.is_alive()):
            return
        if self._writer is None:
            atexit.register(self.close)
        self._writer = threading.Thread(target=self._run, daemon=True, name="recorder")
        self._writer.start()

    def _mark(self, timeout: float = 0) -> threading.Event | None:
        """Wake the writer; the event is set when all before it is settled. None if it is busy."""
        mark = threading.Event()
        try:
            self._queue.put(mark, timeout=timeout)
        except queue.Full:
            return None
        return mark

    def _run(self) -> None:
        """The writer's thread."""
        try:
            self.spool.tidy()
        except OSError as error:
            _LOG.warning("%s is not tidied: %s", self.spool.folder, error)
        self._settle()
        while not (self._closed and self._queue.empty()):
            mark = self._gather()
            self._settle()
            if mark is not None:
                mark.set()

    def _gather(self) -> threading.Event | None:
        """Take in hand what is in the queue, up to a mark."""
        now = time.monotonic()
        wait = max(0.0, self._retry_at - now) if self._spooled or self._doubtful else None
        patience = GATHER_AWAY_S if self._problem else GATHER_S
        until = None
        while len(self._in_hand) < BATCH:
            try:
                found = self._queue.get(timeout=0 if self._closed else wait)
            except queue.Empty:
                break
            if isinstance(found, threading.Event):
                return found
            self._in_hand.append(found)
            until = until or time.monotonic() + patience
            wait = max(0.0, until - time.monotonic())
        return None

    def _settle(self) -> None:
        """Write what is in hand and some of what waits; spool it while the database is away."""
        try:
            if time.monotonic() >= self._retry_at:
                if self._doubtful:
                    self.database.check()
                self._insert(self._in_hand)
                self._in_hand = []
                self._take_in()
                self._recovered()
        except (RecordsProblem, OSError) as problem:
            self._failed(str(problem))
        except Exception as error:  # noqa: BLE001  a fault of ours must not end the thread
            _LOG.error("recording failed", exc_info=error)
            self._failed(str(error))
        self._put_aside(self._in_hand)
        self._in_hand = []

    def _insert(self, entries: Sequence[T]) -> None:
        if not entries:
            return
        try:
            self._write(entries)
        except Refused as refused:
            if len(entries) == 1:
                _LOG.error("an entry is refused: %s", refused)
                self.spool.set_aside(entries[0])
                return
            for entry in entries:
                self._insert([entry])

    def _take_in(self) -> None:
        """Write what has waited longest in the spool, if anything has."""
        if not self._spooled:
            return
        self._spooled = False
        try:
            batch = self.spool.take(BATCH)
            self._insert([entry for spooled in batch for entry in spooled.entries])
            self.spool.remove(batch)
        except BaseException:
            self._spooled = True
            raise
        self._spooled = self._spooled or bool(batch)  # there may be more

    def _put_aside(self, entries: Sequence[T]) -> None:
        if not entries:
            return
        try:
            self.spool.put(entries, spare=True)
        except OSError as error:
            self._lost += len(entries)
            _LOG.error("%d entries are lost: %s", len(entries), error)
        else:
            self._spooled = True

    def _drain(self, most: int = BATCH) -> list[T]:
        """Entries out of the queue; marks are put back behind what is left."""
        entries: list[T] = []
        marks: list[threading.Event] = []
        with contextlib.suppress(queue.Empty):
            while len(entries) < most:
                found = self._queue.get_nowait()
                if isinstance(found, threading.Event):
                    marks.append(found)
                else:
                    entries.append(found)
        with contextlib.suppress(queue.Full):
            for mark in marks:
                self._queue.put_nowait(mark)
        return entries

    def _failed(self, problem: str) -> None:
        if not self._problem:
            _LOG.warning("records wait in %s: %s", self.spool.folder, problem)
        self._problem = problem
        self._doubtful = True
        self._retry_at = time.monotonic() + RETRY_S[min(self._failures, len(RETRY_S) - 1)]
        self._failures += 1

    def _recovered(self) -> None:
        if self._problem:
            _LOG.warning("records are written again: %s", self.database)
        self._problem = ""
        self._doubtful = False
        self._failures = 0
