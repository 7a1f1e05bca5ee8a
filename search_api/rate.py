"""How much feedback is taken: some at once, then one at a time; counted in memory alone."""

import ipaddress
import threading
import time
from collections.abc import Callable

KEYS = 10_000
"""So many clients are told apart; the one that was silent longest is forgotten first."""


class RateLimit:
    """For each key so many at once, and one more with every so many seconds.

    The generic cell rate algorithm (ITU-T I.371): of each key only the time is kept at which all
    that it was allowed would have been due.
    """

    def __init__(
        self, burst: int, every: float, clock: Callable[[], float] = time.monotonic
    ) -> None:
        """Begin with everybody allowed the whole burst; `every` is in seconds."""
        self._ahead = (burst - 1) * every
        self._every = every
        self._clock = clock
        self._due: dict[str, float] = {}
        self._lock = threading.Lock()

    def wait(self, key: str = "") -> float:
        """0, and one is counted; or how many seconds too early it is."""
        with self._lock:
            now = self._clock()
            due = max(now, self._due.pop(key, now))
            early = max(0.0, due - now - self._ahead)
            self._due[key] = due if early else due + self._every
            if len(self._due) > KEYS:
                del self._due[next(iter(self._due))]
            return early


def client_key(address: str | None) -> str:
    """What tells a client apart: its address, and of IPv6 the network, as each home has one."""
    try:
        found = ipaddress.ip_address((address or "").split("%")[0])
    except ValueError:
        return ""
    if found.version == 4:
        return str(found)
    return str(ipaddress.ip_network((found, 64), strict=False))
