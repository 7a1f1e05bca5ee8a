"""The staff application with accounts, and a clock that a test sets."""

from datetime import UTC, datetime, timedelta

import pytest

from kb import clock
from kb.accounts.accounts import Accounts
from kb.accounts.roles import Role
from kb.settings import Settings
from search_api import create_app
from search_api.recording import recorder_of

GOOD = "wet otter under nine lamps"


class Clock:
    """The time, which goes on only when it is told to."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 2, 9, tzinfo=UTC)

    def goes_on(self, **time: float) -> None:
        self.now += timedelta(**time)


@pytest.fixture
def time(monkeypatch) -> Clock:
    made = Clock()
    monkeypatch.setattr(clock, "now", lambda: made.now)
    return made


@pytest.fixture
def desk(council, var):
    """Makes the staff application with settings of a test's own."""
    made = []

    def make(**settings):
        made.append(create_app("staff", var, Settings(**settings)))
        return made[-1]

    yield make
    for app in made:
        recorder_of(app).close()


@pytest.fixture
def app(desk):
    return desk()


@pytest.fixture
def browser(app):
    return app.test_client()


@pytest.fixture
def accounts(app) -> Accounts:
    """With one account: that of Jo, an editor."""
    found = Accounts(recorder_of(app).database)
    found.add("jo", Role.EDITOR, password=GOOD)
    return found
