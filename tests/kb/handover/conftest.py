"""An outbox on both databases, a receiver, and time that a test moves."""

import random
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from kb import clock
from kb.contacts.chain import Chain
from kb.contacts.seals import Seals
from kb.handover.deliverer import Deliverer
from kb.handover.hooks import HookTarget
from kb.handover.settings import WebHook
from kb.handover.signing import new_secret
from tests.kb.handover.receiver import Receiver

SECRET = new_secret()
GIVE_UP = timedelta(days=3)


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    made = Receiver()
    yield made
    made.close()


@pytest.fixture
def chain(staff, tmp_path: Path) -> Chain:
    return Chain(staff, Seals(tmp_path / "contacts.seals"))


@pytest.fixture
def make(staff, receiver) -> Callable[..., Deliverer]:
    """Makes a deliverer to the receiver; `hook` is what is different."""

    made: list[Deliverer] = []

    def deliverer(**hook) -> Deliverer:
        for one in made:
            one._lease.release()
        usual = {"name": "crm", "url": receiver.url, "secret": SECRET}
        target = HookTarget(WebHook.model_validate({**usual, **hook}))
        made.append(Deliverer(staff, [target], GIVE_UP))
        return made[-1]

    return deliverer


class Time:
    """The clock of the deliverer, which goes on only when it is told to."""

    def __init__(self) -> None:
        self.now = clock.now()

    def __call__(self) -> datetime:
        return self.now

    def passes(self, **spans: float) -> None:
        self.now += timedelta(**spans)


@pytest.fixture
def time(monkeypatch) -> Time:
    made = Time()
    monkeypatch.setattr(clock, "now", made)
    return made


@pytest.fixture
def waits(monkeypatch) -> None:
    """After each failure the longest that it may be: no chance in a test."""
    monkeypatch.setattr(random, "uniform", lambda low, high: high)
