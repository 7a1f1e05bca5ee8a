"""From typing an address to the first words on the screen: python -m tests.benchmarks.paint.

A browser with an empty cache on a slow connection (1.6 Mbit/s, 150 ms) opens the first page, a page
of results and an article, several times each.
"""

import argparse
import shutil
import statistics
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright
from rich.console import Console
from rich.table import Table

from tests.benchmarks.load import ROOT, SITE, served

PAGES = {"home": "/", "search": "/search?q=my+bin+was+not+emptied", "article": "/articles/{id}"}
BYTES_A_SECOND = 1_600_000 / 8
LATENCY_MS = 150
PAINTED = """() => new Promise(done => {
  const look = list => {
    const found = list.find(entry => entry.name === "first-contentful-paint");
    if (found) done(found.startTime);
  };
  new PerformanceObserver(list => look(list.getEntries())).observe({type: "paint", buffered: true});
})"""


def opened(browser: Browser, path: str) -> tuple[float, float]:
    """First contentful paint in ms, and kilobytes received until the page was loaded."""
    context = browser.new_context()
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    session.send(
        "Network.emulateNetworkConditions",
        {
            "offline": False,
            "latency": LATENCY_MS,
            "downloadThroughput": BYTES_A_SECOND,
            "uploadThroughput": BYTES_A_SECOND,
        },
    )
    received: list[float] = []
    session.on("Network.loadingFinished", lambda event: received.append(event["encodedDataLength"]))
    page.goto(SITE + path)
    painted = float(page.evaluate(PAINTED))
    context.close()
    return painted, sum(received) / 1000


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--content", type=Path, default=ROOT / "content")
    parser.add_argument("--times", type=int, default=7)
    asked = parser.parse_args()
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        sys.exit("chromium is missing; install it with: apt-get install chromium")
    article = sorted(asked.content.glob("services/*.md"))[0].stem.split(".")[0]
    table = Table("page", "first paint ms, median", "slowest", "kB received")
    with (
        tempfile.TemporaryDirectory() as scratch,
        served(asked.content, Path(scratch) / "var"),
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for name, pattern in PAGES.items():
            path = pattern.format(id=article)
            seen = [opened(browser, path) for _ in range(asked.times + 1)][1:]
            times = sorted(painted for painted, _ in seen)
            size = f"{seen[0][1]:.1f}"
            table.add_row(name, f"{statistics.median(times):.0f}", f"{times[-1]:.0f}", size)
        browser.close()
    Console().print(table)


if __name__ == "__main__":
    main()
