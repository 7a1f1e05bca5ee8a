"""A county and its pages, for the tests of them; and what a reader makes of a page."""

import re
from html import unescape
from typing import Any

from tests.conftest import ContentFolder

AUTHORITY = """
name: Testshire County Council
id: testshire
colour: "#1d4f5c"
logo: files/public/logo.svg
channels:
  telephone: 01632 960100
  email: ask@testshire.example
  sms: Text ASK to 01632 960101.
  hours: {mon: "09:00-17:00", tue: "09:00-17:00", fri: "09:00-16:30"}
  emergency: {telephone: 01632 960999, covers: for a dangerous building}
bank_holidays: [2026-12-25]
partners:
  - {id: fen, name: Fen District Council, telephone: 01632 960200, website: "https://fen.example/"}
standards:
  - {name: Telephone, promise: We answer within a minute.}
"""


PATHS = [
    "/",
    "/search",
    "/search?q=missed+bin",
    "/search?q=zzzzzz",
    "/search?q=crew+of+a+lifeboat+at+sea",
    "/articles/bins",
    "/articles/potholes",
    "/articles/hall",
    "/a-z/",
    "/a-z/m",
    "/topics/",
    "/topics/waste",
    "/places/",
    "/standards/",
    "/notices/",
    "/api/docs",
    "/feedback",
    "/feedback/thanks?kind=complaint&by=2026-11-20",
    "/nowhere",
]
"""A page of every kind."""


def say(response: Any) -> str:
    """What a reader of the page is told, in one line."""
    body = re.sub(r"<head>.*?</head>", " ", response.text, flags=re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", body)).split())


def main_of(response: Any) -> str:
    """The HTML of the page's own matter."""
    return response.text.partition("<main")[2].partition("</main>")[0]


def write_county(content: ContentFolder) -> None:
    """Its content."""
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
