"""A county with two districts, as its pages are drawn at a moment that a test chooses."""

from collections.abc import Callable
from datetime import datetime

import pytest
from flask.testing import FlaskClient

from indexer.publish import Publisher
from kb import clock
from search_api import create_app
from tests.search_api.pages.county import write_county
from tests.search_api.signing import sign_in


@pytest.fixture(autouse=True)
def at(monkeypatch) -> Callable[[str], None]:
    """Sets the clock; it begins on Monday 2 November 2026 at ten in the morning."""

    def set_clock(written: str) -> None:
        moment = datetime.fromisoformat(written).replace(tzinfo=clock.ZONE)
        monkeypatch.setattr(clock, "now", lambda: moment)

    set_clock("2026-11-02T10:00")
    return set_clock


@pytest.fixture
def county(content, var):
    """Its content, and `publish()` to be called when a test has changed it."""
    write_county(content)
    content.publish = lambda: Publisher(content.path, var).publish()
    content.publish()
    return content


@pytest.fixture
def site(county, var) -> FlaskClient:
    """The public site of the county."""
    return create_app("public", var).test_client()


@pytest.fixture
def desk(county, var) -> FlaskClient:
    """The staff site of the county."""
    return sign_in(create_app("staff", var).test_client())
