"""What the store said last, for as long as it is away."""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from typing import Generic, TypeVar

from kb.records.database import RecordsAway

T = TypeVar("T")

KEPT = 2000
AWAY_S = 5.0
"""How long after a failure the store is not asked again about what is remembered."""


class Recall(Generic[T]):
    """Who was let in, so that search and answers go on without the store; one for all threads."""

    def __init__(self) -> None:
        self._known: OrderedDict[str, T] = OrderedDict()
        self._lock = threading.Lock()
        self._ask_at = 0.0

    def ask(self, key: str, look_up: Callable[[], T | None]) -> T | None:
        """What the store says of a key; while it is away, what it said last.

        Raises:
            RecordsAway: if it is away and was never asked.
        """
        with self._lock:
            known = self._known.get(key)
        if known is not None and time.monotonic() < self._ask_at:
            return known
        try:
            found = look_up()
        except RecordsAway:
            self._ask_at = time.monotonic() + AWAY_S
            if known is None:
                raise
            return known
        self.put(key, found)
        return found

    def put(self, key: str, value: T | None) -> None:
        """Remember something, or that there is nothing."""
        with self._lock:
            self._known.pop(key, None)
            if value is not None:
                self._known[key] = value
                if len(self._known) > KEPT:
                    self._known.popitem(last=False)
