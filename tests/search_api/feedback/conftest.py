"""What was kept of the feedback that a test has sent."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from kb.records.entries import Feedback
from kb.records.journal import read
from search_api.recording import recorder_of


@pytest.fixture
def kept() -> Callable[[FlaskClient], list[Feedback]]:
    """All feedback that an application has kept, oldest first."""

    def find(client: FlaskClient) -> list[Feedback]:
        recorder = recorder_of(client.application)
        while recorder.spool.waiting():
            assert recorder.flush()
        recorder.database.check()
        with recorder.database.reading() as connection:
            return [one.entry for one in read(connection, Feedback, 0, 1000).entries]

    return find
