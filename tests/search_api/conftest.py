"""Applications of both editions over a small published content."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from indexer.publish import Publisher
from search_api import create_app
from search_api.recording import recorder_of


@pytest.fixture
def var(tmp_path: Path) -> Path:
    return tmp_path / "var"


@pytest.fixture
def council(content, var):
    """A few articles, published."""
    content.write("authority.yml", "name: Testshire Council\nchannels: {telephone: 01632 960100}\n")
    content.article(
        "services/missed-bin.md",
        title="Missed bin collection",
        a_z=["Bins, missed"],
        questions=["the bin men missed me"],
        body="Report it within two working days.\n\n## Next\nWe come back.\n\n"
        "::: staff\nLook at the round sheet.\n:::\n",
    )
    content.article("services/potholes.md", title="Potholes", body="Report a pothole online.")
    content.article("faqs/empty.md", title="Nothing written about widgets", body="")
    content.article("guides/bomb.md", title="Bomb threat", audience="staff", body="Stay calm.")
    content.write(
        "places/hall.md",
        "---\ntitle: Town hall\naudience: public\naddress: 1 High Street, Testford\n"
        'hours: {mon: "09:00-17:00", exceptions: {2026-12-25: closed}}\n'
        "services: [missed-bin]\n---\nCome in.\n",
    )
    content.write("files/public/form.txt", "a form")
    content.write("files/staff/script.txt", "a script")
    Publisher(content.path, var).publish()
    return content


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
    return client_of("staff")
