"""What the staff side does with its records by itself: collect, route, and purge once a day."""

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from kb import clock
from kb.flags.keeping import purge as purge_flags
from kb.handover.outbox import purge as purge_outbox
from kb.pins.pins import purge as purge_pins
from kb.records.collect import Collected, collect
from kb.records.database import Database, RecordsProblem
from kb.records.retention import Purged, purge
from kb.records.routing import OwnerOf, route
from kb.requests.keeping import purge as purge_requests
from kb.settings import Settings

EVERY_S = 60.0

Daily = Callable[[date], object]
"""Called with today, local time."""

_LOG = logging.getLogger(__name__)


@dataclass(frozen=True)
class Upkeep:
    """The two stores, and what is known of them."""

    public: Database
    staff: Database
    settings: Settings
    owner_of: OwnerOf

    def collect(self) -> tuple[Collected, int]:
        """What came over from the public store, and how much feedback was given to somebody.

        Raises:
            RecordsProblem: if a store cannot be used.
        """
        return collect(self.public, self.staff), route(self.staff, self.owner_of)

    def purge(self, today: date) -> Purged:
        """Take away what is older than it is to be kept, from both stores; and how much that is.

        Raises:
            RecordsProblem: if a store cannot be used.
        """
        gone = purge(self.staff, self.settings, today)
        words_end = _midnight(today, self.settings.keep_feedback)
        outbox_end = _midnight(today, self.settings.keep_outbox)
        purge_outbox(self.staff, outbox_end)
        gone = replace(
            gone,
            flags=purge_flags(self.staff, words_end),
            requests=purge_requests(self.staff, outbox_end),
            pins=purge_pins(self.staff, words_end),
        )
        if self.public.there:
            gone += purge(self.public, self.settings, today)
        return gone

    def run(self, stop: threading.Event, *daily: Daily) -> None:
        """Do both time and again until told to stop; what cannot be done now is done later.

        Args:
            stop: ends it.
            daily: what else is done once a day; raises RecordsProblem where that has to wait.
        """
        purged: date | None = None
        said = ""
        while True:
            today = clock.today()
            try:
                found, _ = self.collect()
                if purged != today:
                    self.purge(today)
                    for task in daily:
                        task(today)
                    purged = today
                problem = f"{found.unreadable} rows cannot be read" if found.unreadable else ""
            except RecordsProblem as error:
                problem = str(error)
            except Exception as error:  # noqa: BLE001  a fault of ours must not end the thread
                _LOG.error("collecting failed", exc_info=error)
                problem = str(error)
            if problem and problem != said:
                _LOG.warning("records of the public site: %s", problem)
            said = problem
            if stop.wait(EVERY_S):
                return


def _midnight(today: date, days: int) -> datetime:
    """The beginning of a day so many days ago."""
    return datetime.combine(today - timedelta(days=days), time(), clock.ZONE)
