"""Many at a time: python -m tests.benchmarks.load [--content DIR] [--questions FILE …].

Serves an edition with the production server and asks it distinct questions over many connections
with wrk; then the same again with If-None-Match, expecting 304.
"""

import argparse
import json
import random
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from urllib.parse import quote_plus

import psutil
from rich.console import Console
from rich.table import Table

from tests.benchmarks.corpus import SEED

ROOT = Path(__file__).parents[2]
KB = [sys.executable, str(ROOT / "cli.py")]
PORT = 18000
SITE = f"http://127.0.0.1:{PORT}"
DISTINCT = 30_000
"""Questions that wrk goes through before it begins again."""

SCRIPT = """
local paths = {}
for line in io.lines("%s") do paths[#paths + 1] = line end
local headers = {%s}
local asked = 0
statuses = ""
local seen = {}
function setup(thread) all = all or {}; table.insert(all, thread) end
function request()
  asked = asked + 1
  return wrk.format("GET", paths[asked %% #paths + 1], headers)
end
function response(status)
  seen[status] = (seen[status] or 0) + 1
  statuses = ""
  for code, times in pairs(seen) do statuses = statuses .. code .. " " .. times .. "\\n" end
end
function done(summary, latency, requests)
  local failed = summary.errors
  io.write(string.format("figures %%d %%d %%f %%f %%d\\n", summary.requests, summary.duration,
    latency:percentile(50), latency:percentile(99),
    failed.connect + failed.read + failed.write + failed.timeout))
  for _, thread in ipairs(all) do io.write(thread:get("statuses")) end
end
"""


@dataclass(frozen=True)
class Load:
    """What one run of wrk saw."""

    requests: int
    seconds: float
    p50_ms: float
    p99_ms: float
    failed: int
    """Connections refused or broken, and answers that did not come in time."""
    statuses: dict[int, int]
    cpu_ms: float
    """What the server spent on each request."""

    @property
    def rate(self) -> float:
        """Requests a second."""
        return self.requests / self.seconds

    def wrong(self, status: int) -> int:
        """Requests that were not answered with a status."""
        return self.failed + sum(n for code, n in self.statuses.items() if code != status)


def questions(banks: Sequence[Path], number: int) -> list[str]:
    """Distinct questions: those of the banks, then the beginning of one with the end of another."""
    asked = [
        json.loads(line)["query"]
        for bank in banks
        for line in bank.read_text(encoding="utf-8").splitlines()
        if line.strip()
    ]
    found = dict.fromkeys(asked)
    luck = random.Random(SEED)
    for tries in count():
        if len(found) >= number or tries > number * 20:
            return list(found)[:number]
        first, last = luck.choice(asked).split(), luck.choice(asked).split()
        found.setdefault(" ".join(first[: (len(first) + 1) // 2] + last[len(last) // 2 :]))
    raise AssertionError


@contextmanager
def served(content: Path, var: Path, *options: str) -> Iterator[psutil.Process]:
    """The public edition of a content folder on the production server."""
    place = [*KB, "--content", str(content), "--var", str(var)]
    subprocess.run([*place, "index"], check=True, capture_output=True)
    command = [*place, "serve", "--edition", "public", "--port", str(PORT), *options]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
        try:
            assert process.stdout is not None
            process.stdout.readline()
            yield psutil.Process(process.pid)
        finally:
            process.terminate()


def spent(process: psutil.Process) -> float:
    """CPU seconds of a server and its processes so far."""
    times = [one.cpu_times() for one in (process, *process.children(recursive=True))]
    return sum(one.user + one.system for one in times)


def drive(
    server: psutil.Process, paths: Path, headers: dict[str, str], seconds: int, connections: int
) -> Load:
    """Ask for every path in turn, over many connections."""
    said = ", ".join(f"[{json.dumps(name)}] = {json.dumps(text)}" for name, text in headers.items())
    script = paths.with_suffix(".lua")
    script.write_text(SCRIPT % (paths, said), encoding="utf-8")
    command = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--timeout", "10s"]
    before = spent(server)
    done = subprocess.run(
        [*command, "-s", str(script), SITE], check=True, capture_output=True, text=True
    )
    used = spent(server) - before
    lines = done.stdout.splitlines()
    start = next(n for n, line in enumerate(lines) if line.startswith("figures "))
    number, duration, p50, p99, failed = map(float, lines[start].split()[1:])
    pairs = (line.split() for line in lines[start + 1 :] if line)
    statuses = {int(status): int(times) for status, times in pairs}
    return Load(
        requests=int(number),
        seconds=duration / 1e6,
        p50_ms=p50 / 1000,
        p99_ms=p99 / 1000,
        failed=int(failed),
        statuses=statuses,
        cpu_ms=used * 1000 / max(1, number),
    )


def tag(path: str) -> str:
    """The ETag of an answer, once the server has nothing else to do."""
    while "resting" in json.load(urllib.request.urlopen(f"{SITE}/readyz", timeout=10))["semantic"]:
        time.sleep(0.1)
    with urllib.request.urlopen(SITE + path, timeout=10) as response:
        return str(response.headers["ETag"])


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--content", type=Path, default=ROOT / "content")
    parser.add_argument("--questions", type=Path, action="append")
    parser.add_argument("--seconds", type=int, default=15)
    parser.add_argument("--connections", type=int, default=50)
    asked = parser.parse_args()
    if shutil.which("wrk") is None:
        sys.exit("wrk is missing; install it with: apt-get install wrk")
    banks = asked.questions or sorted(asked.content.glob("questions.jsonl"))
    if not banks:
        sys.exit(f"there is no questions.jsonl in {asked.content}; name a bank with --questions")
    table = Table("asked", "a second", "p50 ms", "p99 ms", "CPU ms each", "requests", "wrong")
    with tempfile.TemporaryDirectory() as scratch:
        paths = Path(scratch) / "paths"
        found = [f"/api/v1/search?q={quote_plus(one)}" for one in questions(banks, DISTINCT)]
        paths.write_text("\n".join(found), encoding="utf-8")
        with served(asked.content, Path(scratch) / "var") as server:
            drive(server, paths, {}, 2, asked.connections)  # opens, and warms up
            for what, headers, status in (
                ("distinct questions", {}, 200),
                ("If-None-Match", {"If-None-Match": tag(found[0])}, 304),
            ):
                load = drive(server, paths, headers, asked.seconds, asked.connections)
                table.add_row(
                    f"{what}: {status}",
                    f"{load.rate:.0f}",
                    f"{load.p50_ms:.0f}",
                    f"{load.p99_ms:.0f}",
                    f"{load.cpu_ms:.2f}",
                    f"{load.requests:,}",
                    f"{load.wrong(status):,}",
                )
    Console().print(table)


if __name__ == "__main__":
    main()
