"""The staff application as people of each role see it, with an owner and a file for articles."""

import pytest
from flask.testing import FlaskClient

from kb.accounts.roles import Role
from search_api.recording import recorder_of, recorders_of
from tests.search_api.signing import sign_in


@pytest.fixture
def app(client_of):
    made = client_of("staff").application
    yield made
    for recorder in recorders_of(made):
        recorder.close()


@pytest.fixture
def agent(app) -> FlaskClient:
    return sign_in(app.test_client(), Role.AGENT, writes=True)


@pytest.fixture
def editor(app) -> FlaskClient:
    return sign_in(app.test_client(), Role.EDITOR, writes=True)


@pytest.fixture
def store(app):
    return recorder_of(app).database
