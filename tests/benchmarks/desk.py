"""From a keystroke at the desk to the results on the screen: python -m tests.benchmarks.desk.

A browser types questions into the desk, a key at a time, as fast as a good typist. Timed in the
browser is each keystroke, from the moment the key went down to the frame in which results for it
were painted. Where the next key came before that, it is timed until results for that one are there.
"""

import argparse
import os
import random
import shutil
import subprocess
import sys
import tempfile
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from playwright.sync_api import Page, sync_playwright
from rich.console import Console
from rich.table import Table

from kb.accounts.accounts import Accounts
from kb.accounts.roles import Role
from kb.article import Edition
from kb.records.stores import store_of
from kb.settings import Settings
from tests.benchmarks.corpus import SEED
from tests.benchmarks.load import KB, ROOT, questions
from tests.benchmarks.measure import percentile
from tests.waiting import until

PORT = 18001
SITE = f"http://127.0.0.1:{PORT}"
PASSWORD = "wet otter under nine lamps"
WARM_UP = 3
TIMING = """
addEventListener("DOMContentLoaded", () => {
  const box = document.getElementById("ask");
  if (!box) return;
  const pressed = [];
  document.painted = [];
  box.addEventListener("keydown", (event) => {
    if (event.key.length === 1) pressed.push(event.timeStamp);
  }, true);
  new MutationObserver(() => {
    const these = pressed.splice(0);
    requestAnimationFrame(() => {
      const after = new MessageChannel();
      after.port1.onmessage = () => {
        const now = performance.now();
        for (const key of these) document.painted.push(now - key);
      };
      after.port2.postMessage(0);
    });
  }).observe(document.getElementById("hits"), { childList: true });
});
"""
"""What is posted in a frame arrives once the frame is painted."""


@contextmanager
def served(content: Path, var: Path) -> Iterator[None]:
    """The staff site of a content folder on the production server, where Jo has an account."""
    place = [*KB, "--content", str(content), "--var", str(var)]
    subprocess.run([*place, "index"], check=True, capture_output=True)
    store = store_of(Edition.STAFF, Settings(), var)
    Accounts(store).add("jo", Role.AGENT, password=PASSWORD)
    store.close()
    command = [*place, "serve", "--edition", "staff", "--staff-port", str(PORT)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            until(_alive, 60)
            yield
        finally:
            process.terminate()


def _alive() -> bool:
    try:
        with urllib.request.urlopen(f"{SITE}/healthz", timeout=5):
            return True
    except (urllib.error.URLError, OSError):
        return False


def _painted(page: Page, keys: int) -> bool:
    return bool(page.evaluate("document.painted.length") >= keys)


def typed(page: Page, asked: Sequence[str], pause_ms: float) -> list[float]:
    """Milliseconds from each keystroke to its results, question after question."""
    spent: list[float] = []
    box = page.locator("#ask")
    for number, question in enumerate(asked):
        box.focus()
        page.keyboard.type(question, delay=pause_ms)
        until(partial(_painted, page, len(question)))
        painted: list[float] = page.evaluate("document.painted.splice(0)")
        if number >= WARM_UP:
            spent += painted
        page.keyboard.press("Escape")
    return spent


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--content", type=Path, default=ROOT / "content")
    parser.add_argument("--questions", type=Path, nargs="+")
    parser.add_argument("--number", type=int, default=40, help="how many questions are typed")
    parser.add_argument("--pause", type=float, default=120, help="ms from key to key")
    asked = parser.parse_args()
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        sys.exit("chromium is missing; install it with: apt-get install chromium")
    banks = asked.questions or [asked.content / "questions.jsonl"]
    pool = questions(banks, 500)
    chosen = random.Random(SEED).sample(pool, min(len(pool), asked.number + WARM_UP))
    with (
        tempfile.TemporaryDirectory() as scratch,
        served(asked.content, Path(scratch) / "var"),
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1280, "height": 800})
        page.add_init_script(TIMING)
        page.goto(f"{SITE}/sign-in?next=/desk/")
        page.get_by_label("Name").fill("jo")
        page.get_by_label("Password").fill(PASSWORD)
        page.keyboard.press("Enter")
        page.locator(".scripted #ask").wait_for()
        spent = typed(page, chosen, asked.pause)
        browser.close()
    table = Table("keystrokes", "p50 ms", "p95 ms", "p99 ms", "most ms", "load of the machine")
    shares = (f"{percentile(spent, share):.0f}" for share in (0.5, 0.95, 0.99))
    load = f"{os.getloadavg()[0]:.1f} on {os.cpu_count()} processors"
    table.add_row(f"{len(spent):,}", *shares, f"{max(spent):.0f}", load)
    Console().print(table)


if __name__ == "__main__":
    main()
