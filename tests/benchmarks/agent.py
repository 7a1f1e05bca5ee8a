"""One agent at the desk, over HTTP as its page does it: types, opens, keeps a draft, records.

An answer that does not come is asked for again, as the page does; a contact under the same id.
"""

import http.client
import json
import random
import re
import select
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.cookies import SimpleCookie
from urllib.parse import quote, quote_plus, urlencode
from uuid import UUID

KEYSTROKE_S = 0.2
"""Between two keystrokes: five signs a second."""
AGAIN_S = 0.25
"""Before something is asked again that was not answered."""
GIVE_UP_S = 60.0
AGAIN_SHARE = 0.1
"""Of contacts that were acknowledged and are sent once more, as if that had not been seen."""

SEARCH, PEOPLE, PAUSE = "search", "people", "search once typed"
OPEN, DRAFT, CONTACT = "open", "draft", "contact"
KINDS = (SEARCH, PEOPLE, PAUSE, OPEN, DRAFT, CONTACT)


@dataclass(frozen=True)
class Answered:
    """A request that was answered as it should be."""

    kind: str
    seconds: float


@dataclass(frozen=True)
class Failed:
    """A request that was not: when it began and ended, on the monotonic clock, and why."""

    kind: str
    began: float
    ended: float
    why: str


@dataclass
class Log:
    """What an agent saw."""

    answered: list[Answered] = field(default_factory=list)
    failed: list[Failed] = field(default_factory=list)
    contacts: dict[UUID, str] = field(default_factory=dict)
    """The contacts that were acknowledged, by id, with their notes."""
    waited: int = 0
    """Contacts that were taken onto the disk, while the database was away."""
    lost: int = 0
    """Contacts that were never acknowledged."""


class Gauge:
    """Tells whether a contact is on its way just now, so that a kill can hit it."""

    def __init__(self) -> None:
        self.on_its_way = threading.Event()

    def __enter__(self) -> None:
        self.on_its_way.set()

    def __exit__(self, *_: object) -> None:
        self.on_its_way.clear()


class Agent:
    """A person who takes one call after the other; runs in a thread of its own."""

    def __init__(
        self, port: int, name: str, password: str, questions: Sequence[str], gauge: Gauge
    ) -> None:
        """Nobody is signed in yet.

        Args:
            port: of the staff site, on this machine.
            name: of the account; so is `password`.
            questions: what callers ask.
            gauge: told while a contact is on its way.
        """
        self.log = Log()
        self._name, self._password = name, password
        self._questions = questions
        self._gauge = gauge
        self._luck = random.Random(name)
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
        self._headers: dict[str, str] = {}

    def sign_in(self) -> None:
        """Type name and password, and read the desk's page."""
        typed = urlencode({"name": self._name, "password": self._password})
        form = {"Content-Type": "application/x-www-form-urlencoded"}
        response, _ = self._once("POST", "/sign-in", typed.encode(), form)
        cookie: SimpleCookie = SimpleCookie(response.headers["Set-Cookie"])
        self._headers = {"Cookie": "; ".join(f"{k}={one.value}" for k, one in cookie.items())}
        response, page = self._once("GET", "/desk/", None, {})
        token = re.search(rb'name="csrf-token" content="([^"]+)"', page)
        if response.status != 200 or token is None:
            raise RuntimeError(f"{self._name} cannot sign in: {response.status}")
        self._headers["X-CSRF-Token"] = token[1].decode()
        self._connection.close()

    def work(self, first: float, every: float, until: float) -> None:
        """Take calls.

        Args:
            first: when the first begins, on the monotonic clock.
            every: seconds from one to the next.
            until: when no further one begins.
        """
        begins = first
        while begins < until:
            time.sleep(max(0.0, begins - time.monotonic()))
            self._call()
            self._connection.close()
            begins += every

    def _call(self) -> None:
        began = datetime.now(UTC)
        question = self._luck.choice(self._questions)
        found: list[str] = []
        for end in range(1, len(question) + 1):
            pressed = time.monotonic()
            words = quote_plus(question[:end])
            self._ask(SEARCH, "GET", f"/api/v1/search?q={words}&size=8&typing=true&quick=true")
            self._ask(PEOPLE, "GET", f"/api/v1/directory?q={words}&limit=4")
            time.sleep(max(0.0, pressed + KEYSTROKE_S - time.monotonic()))
        words = quote_plus(question)
        page = self._ask(PAUSE, "GET", f"/api/v1/search?q={words}&size=8&typing=true")
        found = [hit["id"] for hit in json.loads(page)["results"]] if page else []
        contact = {
            "id": str(UUID(int=self._luck.getrandbits(128), version=4)),
            "started_at": began.isoformat(),
            "channel": "telephone",
            "first": self._luck.random() < 0.8,
            "searches": [question],
            "opened": found[:1],
            "notes": f"{self._name}, call {len(self.log.contacts) + 1}",
        }
        if found:
            self._ask(OPEN, "GET", f"/desk/answers/{quote(found[0])}?q={quote_plus(question)}")
            contact["answered_by"] = found[0]
        self._ask(DRAFT, "PUT", "/api/v1/contacts/draft", contact)
        time.sleep(self._luck.uniform(1, 4))  # is read out
        resolved = self._luck.choice(["resolved", "resolved", "resolved-with-help", "abandoned"])
        contact |= {"ended_at": datetime.now(UTC).isoformat(), "outcome": resolved}
        self._record(contact)

    def _record(self, contact: dict[str, object]) -> None:
        for _ in range(2 if self._luck.random() < AGAIN_SHARE else 1):
            with self._gauge:
                answer = self._ask(CONTACT, "POST", "/api/v1/contacts", contact)
            if answer is None:
                self.log.lost += 1
                return
            self.log.contacts[UUID(str(contact["id"]))] = str(contact["notes"])
            self.log.waited += json.loads(answer)["seq"] is None

    def _ask(
        self, kind: str, method: str, path: str, said: dict[str, object] | None = None
    ) -> bytes | None:
        """The answer to a request, which is sent until there is one; None where there is none."""
        body = json.dumps(said).encode() if said is not None else None
        headers = {"Content-Type": "application/json"} if body else {}
        give_up = time.monotonic() + GIVE_UP_S
        while (began := time.monotonic()) < give_up:
            try:
                response, answer = self._once(method, path, body, headers)
                why = "" if response.status < 300 else f"{response.status} {answer[:200]!r}"
            except (OSError, http.client.HTTPException) as error:
                self._connection.close()
                why = repr(error)
            ended = time.monotonic()
            if not why:
                self.log.answered.append(Answered(kind, ended - began))
                return answer
            self.log.failed.append(Failed(kind, began, ended, why))
            time.sleep(AGAIN_S)
        return None

    def _once(
        self, method: str, path: str, body: bytes | None, headers: dict[str, str]
    ) -> tuple[http.client.HTTPResponse, bytes]:
        socket = self._connection.sock
        if socket is not None and select.select([socket], [], [], 0)[0]:
            self._connection.close()  # the server has closed it meanwhile; browsers look too
        self._connection.request(method, path, body, {**self._headers, **headers})
        response = self._connection.getresponse()
        return response, response.read()
