"""The dashboard as a manager sees it, over contacts that a test makes."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta

import pytest
from flask.testing import FlaskClient

from kb import clock
from kb.accounts.roles import Role
from kb.contacts.chain import Chain
from kb.contacts.stores import chain_of
from kb.demo.scenery import scenery_of
from kb.demo.store import make
from search_api.recording import recorder_of, recorders_of
from tests.kb.contacts.made import report
from tests.search_api.signing import sign_in

QUARTER = "2026-Q2"
"""Long over, and without the clock's change."""


@pytest.fixture
def manager(client_of) -> Iterator[FlaskClient]:
    app = client_of("staff").application
    yield sign_in(app.test_client(), Role.MANAGER)
    for recorder in recorders_of(app):
        recorder.close()


@pytest.fixture
def chain(manager, var) -> Chain:
    return chain_of(recorder_of(manager.application).database, var)


@pytest.fixture
def took(chain) -> Callable[..., None]:
    """Takes in some contacts that are alike, by default of a day in May."""

    def take(number: int = 1, day: date = date(2026, 5, 6), **fields) -> None:
        begins = clock.now().replace(year=day.year, month=day.month, day=day.day, hour=10)
        at = {"started_at": begins, "ended_at": begins + timedelta(minutes=3)}
        chain.take_in([report(**{**at, **fields}) for _ in range(number)])

    return take


@pytest.fixture
def demo(council, var) -> None:
    """Four weeks of made-up contacts up to today."""
    scenery = scenery_of(council.check(clock.today()))
    make(var, scenery, clock.today(), weeks=4, agents=4, seed=1)
