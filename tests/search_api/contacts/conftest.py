"""The staff application as people of each role and programs see it."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from kb.accounts.roles import Role, Scope
from kb.accounts.tokens import Tokens
from kb.contacts.chain import Chain
from kb.contacts.stores import chain_of
from search_api.recording import recorder_of, recorders_of
from tests.absence import removable
from tests.search_api.signing import sign_in


@pytest.fixture(autouse=True)
def store_elsewhere(tmp_path, monkeypatch) -> None:
    """The store can be taken away without the folder in which contacts wait for it."""
    monkeypatch.setenv("KB_DATABASE_URL", f"sqlite:///{removable(tmp_path / 'store')}/records.db")


@pytest.fixture
def of_role(client_of) -> Iterator[Callable[..., FlaskClient]]:
    """Browsers of one application, in each of which somebody else is signed in."""
    app = client_of("staff").application

    def browser(role: str, name: str = "") -> FlaskClient:
        return sign_in(app.test_client(), Role(role), name, writes=True)

    yield browser
    for recorder in recorders_of(app):
        recorder.close()


@pytest.fixture
def agent(of_role) -> FlaskClient:
    return of_role("agent")


@pytest.fixture
def manager(of_role) -> FlaskClient:
    return of_role("manager")


@pytest.fixture
def program(agent) -> Callable[..., FlaskClient]:
    """A program with a token of some scopes, of the same application."""

    def client(*scopes: Scope) -> FlaskClient:
        tokens = Tokens(recorder_of(agent.application).database)
        secret = tokens.add("-".join(scopes).replace(":", "."), set(scopes), timedelta(days=1))
        made = agent.application.test_client()
        made.environ_base["HTTP_AUTHORIZATION"] = f"Bearer {secret}"
        return made

    return client


@pytest.fixture
def chain(agent, var) -> Chain:
    """The chain that the application adds to."""
    return chain_of(recorder_of(agent.application).database, var)
