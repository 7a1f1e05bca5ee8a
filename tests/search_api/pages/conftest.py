"""A county with two districts, as its pages are drawn at a moment that a test chooses."""

from collections.abc import Callable
from datetime import datetime

import pytest
from flask.testing import FlaskClient

from indexer.publish import Publisher
from kb import clock
from search_api import create_app
from tests.search_api.pages.county import AUTHORITY


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
    content.write("authority.yml", AUTHORITY)
    content.write("files/public/logo.svg", "<svg xmlns='http://www.w3.org/2000/svg'/>")
    content.article(
        "services/bins.md",
        title="Missed bin",
        a_z=["Rubbish"],
        tags=["Waste", "bins"],
        provider="fen",
        standard="We come back within two working days.",
        actions=[
            {"label": "Call us about bins", "url": "tel:+441632960210", "kind": "telephone"},
            {"label": "Report a missed bin", "url": "https://fen.example/bin", "kind": "online"},
        ],
        related=["potholes", "side-waste"],
        verified="2026-10-05",
        body="Tell us within two days.\n\n## Before you do\nWas it [out](potholes) by 6.30am?",
    )
    content.article(
        "services/bins.cy.md",
        title="Bin a gollwyd",
        a_z=["Sbwriel"],
        body="Rhowch wybod o fewn dau ddiwrnod.\n\n## Cyn hynny\nGweler [tyllau](potholes).",
    )
    content.article(
        "services/potholes.md",
        title="Potholes",
        a_z=["2 metre holes", "Éclairs on the road"],
        tags=["roads"],
        provider="testshire",
        body="Report a pothole online.",
    )
    content.article(
        "faqs/side-waste.md",
        title="Will you take bags beside my bin?",
        service="bins",
        tags=["waste"],
        body="No. We take what is in the bin.\n\n## Why\nA crew cannot lift bags.\n\n"
        "Foxes open them too, and then nobody takes the rubbish away for a week.",
    )
    content.write(
        "places/hall.md",
        "---\ntitle: Town hall\naudience: public\naddress: 1 High Street, Testford\n"
        'hours: {mon: "09:00-17:00", tue: "10:00-12:00, 13:00-17:00", '
        'exceptions: {2026-11-09: "09:00-12:00"}}\n'
        "services: [bins]\n---\nCome in.\n",
    )
    content.write(
        "notices.yml",
        "- {text: Snow today., queries: [bin], audience: public, until: 2026-11-02}\n"
        "- {text: Bins are late., services: [bins], audience: public}\n"
        "- {text: Long past., audience: public, until: 2020-01-01}\n"
        "- {text: For the desk., audience: staff}\n",
    )
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
    return create_app("staff", var).test_client()
