"""The deliverer: gives what is in the outbox to everybody who is to be told, until they have it.

Each message is sent at least once, under the same id each time. To one receiver messages go in
the order of the outbox: while it cannot take any, all wait. One that it refuses is tried again by
itself, and holds up no other.
"""

import logging
import random
import threading
from collections.abc import Sequence
from datetime import datetime, timedelta

from kb import clock
from kb.handover.deliveries import Delivery, due, fail, settle, spread, waits
from kb.handover.lease import Lease
from kb.handover.posting import Reply
from kb.handover.target import Target
from kb.records.database import Database, RecordsProblem

EVERY_S = 2.0
BATCH = 50
"""Messages to one receiver before the next has its turn."""
LEASE = timedelta(minutes=2)
"""Longer than one message can take."""
FIRST_WAIT_S = 5.0
LONGEST_WAIT_S = 3600.0

_LOG = logging.getLogger(__name__)


def wait_after(failures: int) -> timedelta:
    """How long to wait after so many failures: twice as long each time, and never the same.

    Half of it is chance, so that not everybody knocks at once at one who comes back.
    """
    longest = min(LONGEST_WAIT_S, FIRST_WAIT_S * 2 ** min(failures - 1, 30))
    return timedelta(seconds=longest * random.uniform(0.5, 1))  # noqa: S311


class Deliverer:
    """Delivers, one process at a time."""

    def __init__(
        self,
        store: Database,
        targets: Sequence[Target],
        give_up: timedelta,
        lease: timedelta = LEASE,
    ) -> None:
        """Nothing is opened yet.

        Args:
            store: the staff store.
            targets: all who are told.
            give_up: after so long a message is tried no more.
            lease: how long others wait for a deliverer that has died.
        """
        self._store = store
        self._targets = targets
        self._give_up = give_up
        self._lease = Lease(store, "outbox", lease)

    def run(self, stop: threading.Event) -> None:
        """Deliver until told to stop."""
        said = ""
        while not stop.is_set():
            done = 0
            try:
                done = self.deliver(stop)
                problem = ""
            except RecordsProblem as error:
                problem = str(error)
            except Exception as error:  # noqa: BLE001  a fault of ours must not end the thread
                _LOG.error("delivering failed", exc_info=error)
                problem = str(error)
            if problem and problem != said:
                _LOG.warning("the outbox cannot be delivered now: %s", problem)
            said = problem
            stop.wait(0 if done else EVERY_S)
        try:
            self._lease.release()
        except RecordsProblem as error:
            _LOG.warning("the outbox is not released: %s", error)

    def deliver(self, stop: threading.Event | None = None) -> int:
        """Do what is due, and return how many messages were sent.

        Raises:
            RecordsProblem: if the store cannot be used; what was not noted is sent again.
        """
        with self._store.reading() as connection:
            if not waits(connection, [target.name for target in self._targets], clock.now()):
                return 0
        if not self._lease.hold():
            return 0
        with self._store.writing() as connection:
            spread(connection, self._targets)
        return sum(self._deliver_to(target, stop) for target in self._targets)

    def _deliver_to(self, target: Target, stop: threading.Event | None) -> int:
        sent = 0
        while sent < BATCH and not (stop and stop.is_set()):
            with self._store.reading() as connection:
                delivery = due(connection, target.name, clock.now())
                message = target.message(connection, delivery.event) if delivery else None
            if delivery is None:
                break
            if message is None:
                self._fail(target, delivery, Reply(None, "its record is no more", b"", 0), end=True)
                continue
            if not self._lease.hold():
                break
            sent += 1
            reply = target.send(message)
            if reply.taken:
                with self._store.writing() as connection:
                    settle(connection, target.name, delivery, reply)
                    target.taken(connection, message, reply)
                continue
            self._fail(target, delivery, reply)
            if not reply.refused:
                break
        return sent

    def _fail(self, target: Target, delivery: Delivery, reply: Reply, *, end: bool = False) -> None:
        now = clock.now()
        next_at: datetime | None = now + wait_after(delivery.attempts + 1)
        if end or now - delivery.since >= self._give_up:
            next_at = None
            _LOG.error(
                "%s is not told of event %d any more: %s",
                target.name,
                delivery.event.seq,
                reply.problem or f"it answered {reply.status}",
            )
        with self._store.writing() as connection:
            fail(connection, target.name, delivery, reply, next_at)
