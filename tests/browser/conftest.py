"""A browser, and servers for it to visit: Debian's chromium, nothing downloaded."""

import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import nullcontext
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route, expect, sync_playwright

from tests.browser.desk import Site, publish
from tests.browser.hosting import Host
from tests.conftest import ContentFolder

NEEDED = "chromium is not installed: apt-get install chromium"

PATIENCE_MS = 20_000
expect.set_options(timeout=PATIENCE_MS)

NOTING = """
    Object.defineProperty(document, 'noted', {value: []});
    addEventListener('securitypolicyviolation', (event) =>
        document.noted.push(`${event.violatedDirective} refuses ${event.blockedURI}`));
"""
"""Notes what the page's Content-Security-Policy refuses; on the document, not in a variable."""


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The browser of this machine; without one, tests skip, and fail where CI=true."""
    found = shutil.which("chromium")
    if found is None:
        if os.environ.get("CI") == "true":
            pytest.fail(NEEDED)
        pytest.skip(NEEDED)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def visit(chromium: Browser) -> Iterator[Callable[..., Page]]:
    """Opens an address in a window of its own; at the end no script may have failed.

    What a context can be given, as `viewport` or `color_scheme`, can be given here; `seen` receives
    the addresses that the page asks for, `answered` is one that must have been answered, and
    `instead` has what some answer instead of their servers, as JSON.
    """
    opened = []
    failures: list[str] = []

    def open_page(
        address: str,
        seen: list[str] | None = None,
        answered: str = "",
        instead: Mapping[str, object] | None = None,
        **options: Any,
    ) -> Page:
        context = chromium.new_context(**{"locale": "en-GB", **options})
        opened.append(context)
        context.set_default_timeout(PATIENCE_MS)
        context.add_init_script(NOTING)
        page = context.new_page()
        page.on("pageerror", lambda error: failures.append(str(error)))
        for pattern, answer in (instead or {}).items():
            page.route(pattern, partial(_answer, answer))
        if seen is not None:
            page.on("request", lambda request: seen.append(request.url))
        with page.expect_response(answered) if answered else nullcontext():
            page.goto(address)
        return page

    yield open_page
    for context in opened:
        context.close()
    assert failures == []


def _answer(answer: object, route: Route) -> None:
    route.fulfill(json=answer, headers={"Access-Control-Allow-Origin": "*"})


@pytest.fixture(scope="session")
def host() -> Iterator[Host]:
    """Another site, with pages that a test writes."""
    with Host() as running:
        yield running


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    """A staff site with a desk, where Jo has an account."""
    (tmp_path / "content").mkdir()
    publish(ContentFolder(tmp_path / "content"), tmp_path / "var")
    running = Site(tmp_path / "var")
    yield running
    running.close()
