"""A desk that tests sit down at: a council's staff site that can be killed, and its records."""

import threading
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, expect
from werkzeug.serving import BaseWSGIServer, WSGIRequestHandler, make_server

from indexer.publish import Publisher
from kb.accounts.accounts import Accounts
from kb.accounts.roles import Role
from kb.contacts.finding import Recorded, Wanted, find
from kb.contacts.stores import drafts_of
from search_api import create_app
from search_api.recording import recorder_of
from tests.conftest import ContentFolder

PASSWORD = "wet otter under nine lamps"


def publish(content: ContentFolder, var: Path) -> None:
    """Write a council with bins, a guide and people, and publish it."""
    content.write(
        "authority.yml",
        "name: Testshire Council\nchannels: {telephone: 01632 960100}\n"
        "partners:\n  - {id: water, name: Marl Water, telephone: 01632 960910}\n",
    )
    content.write(
        "directory.csv",
        "id,name,role,team,telephone,services\n"
        "waste,Waste team,Team,,01632 960210,bins\n"
        "mac,Catriona MacDonald,Blue badge assessor,waste,01632 960211,\n",
    )
    content.article(
        "services/bins.md",
        "Put it out by seven.\n\n::: staff\nLook at the round sheet.\n:::\n",
        title="Missed bin collection",
        summary="Tell us within two days and we come back.",
        questions=["the bin men missed me"],
        actions=[{"label": "Report it", "url": "https://testshire.example/bins", "kind": "online"}],
        standard="We come back in two days.",
        owner="waste",
    )
    content.article(
        "guides/which-bin.md",
        "Ask where it comes from.",
        title="Sorting rubbish",
        service="bins",
        steps=[
            {
                "id": "where",
                "ask": "Is it from a home?",
                "answers": [{"label": "Yes", "go": "what"}, {"label": "No", "go": "bins"}],
            },
            {
                "id": "what",
                "ask": "Is it glass?",
                "answers": [{"label": "Glass", "go": "bins"}, {"label": "Other", "go": "bins"}],
            },
        ],
    )
    Publisher(content.path, var).publish()


class Site:
    """The staff site, on one port for as long as the test lasts, whether it runs or not."""

    def __init__(self, var: Path) -> None:
        self.app = create_app("staff", var)
        self.database = recorder_of(self.app).database
        Accounts(self.database).add("jo", Role.AGENT, password=PASSWORD)
        self._running: BaseWSGIServer | None = None
        self._port = 0
        self._drafts = drafts_of(var).folder
        self.start()
        self.origin = f"http://127.0.0.1:{self._port}"

    def start(self) -> None:
        """Let it run."""
        site = self

        class Handler(WSGIRequestHandler):
            def run_wsgi(self) -> None:
                """Browsers open connections in reserve, and those outlive the server."""
                if site._running is None:
                    self.connection.close()
                else:
                    super().run_wsgi()

        server = make_server(
            "127.0.0.1", self._port, self.app, threaded=True, request_handler=Handler
        )
        self._port = server.port
        self._running = server
        self._thread = threading.Thread(target=server.serve_forever, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Take it away: nothing answers on its port."""
        if self._running is not None:
            running, self._running = self._running, None
            running.shutdown()
            running.server_close()
            self._thread.join()

    def close(self) -> None:
        """For good."""
        self.stop()
        recorder_of(self.app).close()

    def contacts(self) -> list[Recorded]:
        """What was recorded, as it stands, the last that began first."""
        with self.database.reading() as connection:
            return find(connection, Wanted())[1]

    def drafts(self) -> str:
        """The unfinished calls that the server keeps, as they are on its disk."""
        found = [file.read_text("utf-8") for file in self._drafts.glob("*.json")]
        return "".join(found)

    def sit_down(self, visit: Any, path: str = "/desk/", **options: Any) -> Page:
        """Sign in and open the desk."""
        page: Page = visit(f"{self.origin}/sign-in?next={path}", **options)
        page.get_by_label("Name").fill("jo")
        page.get_by_label("Password").fill(PASSWORD)
        page.keyboard.press("Enter")
        expect(page.locator(".scripted #ask")).to_be_focused()
        return page
