"""Measure a whole installation on a content folder, and print a table.

    python -m tests.benchmarks [--content DIR] [--questions FILE …] [--edits N]

By default the project's own content and questions. Every figure comes from the `kb` command as an
operator would run it: publishing in CPU seconds, save to searchable in milliseconds of wall time,
memory as the resident set of `kb serve` with both editions.
"""

import argparse
import json
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
from rich.console import Console
from rich.table import Table

ROOT = Path(__file__).parents[2]
KB = [sys.executable, str(ROOT / "cli.py")]
PUBLIC, STAFF = 18000, 18001

Row = tuple[str, str]


def run(*words: str) -> tuple[float, float, str]:
    """Run `kb`; CPU seconds, wall seconds and standard output."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    started = time.monotonic()
    done = subprocess.run([*KB, *words], check=True, capture_output=True, text=True, cwd=ROOT)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return cpu, time.monotonic() - started, done.stdout


def publishing(content: Path, var: Path) -> Iterator[Row]:
    """The first publish, one with nothing to do, and one edit."""
    place = ("--content", str(content), "--var", str(var))
    cpu, wall, _ = run(*place, "index")
    articles = sum(1 for _ in content.rglob("*.md"))
    yield f"first publish of {articles:,} articles, both editions", f"{cpu:.1f} s CPU"
    cpu, wall, _ = run(*place, "index")
    yield "publish with nothing changed, whole command", f"{wall:.2f} s"
    size = sum(path.stat().st_size for path in var.rglob("*") if path.is_file())
    yield "disk, both editions", f"{size / 1e6:.1f} MB"


def relevance(content: Path, var: Path, questions: list[Path]) -> Iterator[Row]:
    """What the mystery shopper finds."""
    for bank in questions:
        place = ("--content", str(content), "--var", str(var))
        _, _, printed = run(*place, "shop", str(bank), "--json")
        found = json.loads(printed)
        rates = " / ".join(f"{found[f'success@{cut}']:.3f}" for cut in (1, 3, 5))
        yield f"{bank.name}: success@1/@3/@5", f"{rates} of {found['questions']}"
        yield f"{bank.name}: answer p50 / p95", f"{found['ms_p50']:.1f} / {found['ms_p95']:.1f} ms"


@contextmanager
def served(content: Path, var: Path, *options: str) -> Iterator[psutil.Process]:
    """`kb serve` with both editions."""
    command = [*KB, "--content", str(content), "--var", str(var), "serve", *options]
    command += ["--port", str(PUBLIC), "--staff-port", str(STAFF)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
        try:
            assert process.stdout is not None
            for line in process.stdout:
                if b"Staff" in line:
                    break
            yield psutil.Process(process.pid)
        finally:
            process.terminate()


def searchable(word: str) -> bool:
    """Whether both editions find a word."""
    for port in (PUBLIC, STAFF):
        url = f"http://127.0.0.1:{port}/api/v1/search?q={word}"
        with urllib.request.urlopen(url, timeout=5) as response:
            if json.load(response)["total"] != 1:
                return False
    return True


def saving(content: Path, var: Path, edits: int) -> Iterator[Row]:
    """From a saved file to an answer, and the memory of the server that gave it."""
    files = sorted(path for path in content.rglob("*.md") if "audience: public" in path.read_text())
    with served(content, var, "--watch") as process:
        searchable("warmup")
        times: list[float] = []
        for number in range(edits):
            file = files[number * 7 % len(files)]
            word = f"zq{number}{os.getpid()}qz"
            text = file.read_text(encoding="utf-8")
            started = time.monotonic()
            file.write_text(f"{text}\n\nEdited {word}.\n", encoding="utf-8")
            while not searchable(word):
                time.sleep(0.005)
            times.append((time.monotonic() - started) * 1000)
        times.sort()
        p95 = times[max(0, round(len(times) * 0.95) - 1)]
        yield (
            f"save to searchable, {edits} edits, p50 / p95",
            f"{statistics.median(times):.0f} / {p95:.0f} ms",
        )
        memory = process.memory_info().rss / 1e6
        yield "memory of kb serve --watch, both editions", f"{memory:.0f} MB"
    with served(content, var) as process:
        searchable("warmup")
        for word in ("bins", "tax", "school", "pension", "parking"):
            searchable(word)
        memory = process.memory_info().rss / 1e6
        yield "memory of kb serve, both editions", f"{memory:.0f} MB"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--content", type=Path, default=ROOT / "content")
    parser.add_argument("--questions", type=Path, action="append")
    parser.add_argument("--edits", type=int, default=50)
    asked = parser.parse_args()
    questions = asked.questions or sorted(asked.content.glob("questions.jsonl"))
    table = Table("figure", "value", title=f"{asked.content.name}, {os.cpu_count()} cores")
    with tempfile.TemporaryDirectory() as scratch:
        content, var = Path(scratch) / "content", Path(scratch) / "var"
        shutil.copytree(asked.content, content)
        for rows in (
            publishing(content, var),
            relevance(content, var, questions),
            saving(content, var, asked.edits),
        ):
            for row in rows:
                table.add_row(*row)
    Console().print(table)


if __name__ == "__main__":
    main()
