"""Applications of both editions over a small published content."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from search_api import create_app
from search_api.recording import recorder_of
from tests.conftest import ContentFolder
from tests.search_api.made import publish_council
from tests.search_api.signing import sign_in


@pytest.fixture
def var(tmp_path: Path) -> Path:
    return tmp_path / "var"


@pytest.fixture
def council(content, var):
    """A few articles, published."""
    publish_council(content, var)
    return content


@pytest.fixture(scope="session")
def lasting_var(tmp_path_factory) -> Path:
    """The same, published once for tests that only read."""
    folder = tmp_path_factory.mktemp("council")
    (folder / "content").mkdir()
    publish_council(ContentFolder(folder / "content"), folder / "var")
    return folder / "var"


@pytest.fixture
def client_of(council, var) -> Iterator[Callable[[str], FlaskClient]]:
    made: list[FlaskClient] = []

    def make(edition: str) -> FlaskClient:
        made.append(create_app(edition, var).test_client())
        return made[-1]

    yield make
    for client in made:
        recorder_of(client.application).close()


@pytest.fixture
def public(client_of) -> FlaskClient:
    return client_of("public")


@pytest.fixture
def staff(client_of) -> FlaskClient:
    """A browser in which an admin is signed in."""
    return sign_in(client_of("staff"), writes=True)


@pytest.fixture
def anonymous(client_of) -> FlaskClient:
    """A browser at the staff site in which nobody is signed in."""
    return client_of("staff")
