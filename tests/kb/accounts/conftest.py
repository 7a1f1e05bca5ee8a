"""Accounts in a store on both databases, and a clock that a test sets."""

from datetime import UTC, datetime, timedelta

import pytest

from kb import clock
from kb.accounts.account import Account, Identity, Method
from kb.accounts.accounts import Accounts
from kb.accounts.sessions import Limits, Sessions
from kb.accounts.tokens import Tokens


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
def accounts(staff, time) -> Accounts:
    return Accounts(staff)


@pytest.fixture
def sessions(staff, time) -> Sessions:
    return Sessions(staff, Limits(idle=timedelta(minutes=60), absolute=timedelta(hours=12)))


@pytest.fixture
def tokens(staff, time) -> Tokens:
    return Tokens(staff)


def by_password(account: Account) -> Identity:
    return Identity(account, Method.PASSWORD)
