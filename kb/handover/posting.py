"""One POST to another system: bounded in time and size, to the address that was looked up.

Python's own client: it follows no redirect, obeys no proxy of the environment, and lets the
connection be opened here, to an address that was checked.
"""

import contextlib
import http.client
import socket
import ssl
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from kb import __version__
from kb.handover.endpoint import Endpoint, NotAllowed

PATIENCE_S = 10.0
"""For each step: connecting, sending, each part of the answer."""
DEADLINE_S = 20.0
"""For all of it."""
MAX_ANSWER = 64 * 1024
"""Bytes of an answer that are read."""
_PROBLEM = 200


@dataclass(frozen=True)
class Reply:
    """What came back."""

    status: int | None
    """None where nothing did."""
    problem: str
    """Why not; empty where something did."""
    body: bytes
    ms: int

    @property
    def taken(self) -> bool:
        """Whether the receiver has it."""
        return self.status is not None and 200 <= self.status < 300

    @property
    def refused(self) -> bool:
        """Whether the receiver does not want it as it is; otherwise it cannot take anything now."""
        return (
            self.status is not None
            and 300 <= self.status < 500
            and self.status not in (408, 425, 429)
        )


def post(
    endpoint: Endpoint,
    body: bytes,
    headers: Mapping[str, str],
    patience: float = PATIENCE_S,
    deadline: float = DEADLINE_S,
) -> Reply:
    """Send a body; never raises for what another system or the network does.

    Args:
        endpoint: where to.
        body: what.
        headers: besides those that every request has.
        patience: seconds for each step.
        deadline: seconds for all.
    """
    started = time.monotonic()

    def reply(status: int | None, problem: str = "", answer: bytes = b"") -> Reply:
        ms = round((time.monotonic() - started) * 1000)
        return Reply(status, problem[:_PROBLEM], answer, ms)

    try:
        connected = _connect(endpoint, patience)
    except NotAllowed as refused:
        return reply(None, str(refused))
    except (OSError, ValueError) as error:
        return reply(None, f"no connection: {_plainly(error)}")
    late = threading.Event()

    def cut() -> None:
        late.set()
        with contextlib.suppress(OSError):
            connected.shutdown(socket.SHUT_RDWR)

    timer = threading.Timer(max(0.0, started + deadline - time.monotonic()), cut)
    timer.daemon = True
    timer.start()
    connection = http.client.HTTPConnection(endpoint.host, endpoint.port, timeout=patience)
    connection.sock = connected
    try:
        said = {"Host": endpoint.netloc, "User-Agent": f"Firstline/{__version__}"}
        connection.request("POST", endpoint.path, body, {**said, **headers})
        answer = connection.getresponse()
        status = answer.status
        text = answer.read(MAX_ANSWER)
    except (OSError, http.client.HTTPException, ValueError) as error:
        return reply(None, "no answer in time" if late.is_set() else _plainly(error))
    finally:
        timer.cancel()
        connection.close()
    if late.is_set():  # what was cut off may look like an answer
        return reply(None, "no answer in time")
    return reply(status, "", text)


def _connect(endpoint: Endpoint, patience: float) -> socket.socket:
    """A connection to one of the addresses that a name leads to now.

    Raises:
        NotAllowed: if one of them is not to be sent to.
        OSError: if none answers.
    """
    found = socket.getaddrinfo(endpoint.host, endpoint.port, type=socket.SOCK_STREAM)
    addresses = list(dict.fromkeys(str(entry[4][0]) for entry in found))
    for address in addresses:
        endpoint.check(address)
    problem: OSError = OSError(f"{endpoint.host} leads nowhere")
    for address in addresses:
        try:
            plain = socket.create_connection((address, endpoint.port), timeout=patience)
        except OSError as error:
            problem = error
            continue
        if endpoint.scheme == "http":
            return plain
        try:
            return _tls().wrap_socket(plain, server_hostname=endpoint.host)
        except BaseException:
            plain.close()
            raise
    raise problem


@cache
def _tls() -> ssl.SSLContext:
    return ssl.create_default_context()


def _plainly(error: Exception) -> str:
    if isinstance(error, TimeoutError):
        return "no answer in time"
    return f"{getattr(error, 'strerror', None) or error or type(error).__name__}"
