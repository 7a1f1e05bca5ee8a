"""Measure this search and its peers in one run, on the same articles and questions.

    python -m tests.benchmarks.peers [--sizes 1000,10000,100000] [--queries 200] [--only NAME …]
                                     [--json FILE] [--chart FILE.svg]

The articles are made from our own content with a fixed seed; KB_BENCH_CORPUS names another content
folder, to be measured whole. Each peer builds, answers and saves in processes of its own, so that
memory is its own too: what is resident after the questions, less what was before the index was
opened. A question is timed once after as many others to warm up; "again" is the second time.
The peers have two fields, their own stems, and questions without stop words, any of them.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path

from rich.console import Console
from rich.table import Table

ROOT = Path(__file__).parents[2]
NEEDED = ("tantivy", "bm25s", "psutil")
ONE_EDITION = 30_000
"""From here on all made articles are for staff, so that publishing builds one edition, not two."""
LONGEST = 1500
"""CPU seconds after which a phase is ended."""
NO_WHOOSH = 30_000
COLUMNS = {
    "search_cpu_p50": ("CPU ms p50", 2),
    "search_cpu_p95": ("p95", 2),
    "search_cpu_p99": ("p99", 2),
    "again_cpu_p50": ("again p50", 2),
    "search_wall_p50": ("wall ms p50", 2),
    "search_wall_p95": ("p95", 2),
    "search_wall_p99": ("p99", 2),
    "typeahead_cpu_p95": ("typeahead CPU ms p95", 2),
    "build_cpu_s": ("build CPU s", 1),
    "save_cpu_ms": ("save CPU ms", 0),
    "resident_mb": ("memory MB", 0),
    "build_peak_mb": ("peak, building", 0),
    "disk_mb": ("disk MB", 0),
}
Results = dict[str, dict[str, float]]

out = Console(width=None if sys.stdout.isatty() else 180)
err = Console(stderr=True)


class TookTooLong(Exception):
    """A phase was ended."""


def bounded(command: list[str]) -> str:
    """Run a phase; what it printed.

    It is watched from outside: under a limit of its own (RLIMIT_CPU), Linux counts a process's CPU
    time in ticks of some milliseconds, and questions would seem to cost nothing.

    Raises:
        TookTooLong: if it takes more CPU time than `LONGEST`; a busy machine ends none.
        subprocess.CalledProcessError: if it fails.
    """
    import psutil

    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        watched = psutil.Process(process.pid)
        while True:
            try:
                printed, _ = process.communicate(timeout=5)
                break
            except subprocess.TimeoutExpired:
                if sum(watched.cpu_times()[:2]) > LONGEST:
                    process.kill()
                    raise TookTooLong from None
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return printed


def measured(folder: Path, size: int, only: list[str]) -> Results:
    """The figures of every peer on one workload; all build and answer before any saves."""
    from tests.benchmarks.peer import PEERS

    results: Results = {name: {} for name in PEERS if not only or name in only}
    if "whoosh" in results and size > NO_WHOOSH and "whoosh" not in only:
        del results["whoosh"]
        err.print("Whoosh is left out: minutes to build, 0.1 s a question (--only whoosh has it)")
    for phase in ("build", "recipe", "ask", "save"):
        for name in ["firstline"] if phase == "recipe" else results:
            err.print(f"{size:,} articles: {phase} {name}", style="dim")
            command = [sys.executable, "-m", "tests.benchmarks.measure", str(folder), name, phase]
            try:
                printed = bounded(command)
            except TookTooLong:
                err.print(f"{name}: {phase} took over {LONGEST} s of CPU", style="red")
            except subprocess.CalledProcessError:
                err.print(f"{name}: {phase} failed (see above)", style="red")
            else:
                if phase != "recipe":
                    results[name] |= json.loads(printed.splitlines()[-1])
    # What reads the files of another has built nothing itself.
    for name in ("build_cpu_s", "build_peak_mb", "disk_mb"):
        results.get("firstline-engine", {}).pop(name, None)
    return results


def table(results: Results, size: int) -> Table:
    """One size, a line for each peer."""
    from tests.benchmarks.peer import PEERS

    drawn = Table(title=f"{size:,} articles", caption="CPU and wall: a question, top ten")
    drawn.add_column("", no_wrap=True)
    for heading, _ in COLUMNS.values():
        drawn.add_column(heading, justify="right")
    for name, figures in results.items():
        cells = [
            f"{figures[key]:,.{digits}f}" if key in figures else "–"
            for key, (_, digits) in COLUMNS.items()
        ]
        drawn.add_row(PEERS[name][2], *cells)
    return drawn


def run(size: int | None, queries: int, only: list[str]) -> tuple[int, Results]:
    """Make a workload and measure on it; None for the folder that KB_BENCH_CORPUS names."""
    from tests.benchmarks.corpus import copy_corpus, make_corpus
    from tests.benchmarks.workload import Workload

    with tempfile.TemporaryDirectory(prefix="kb-bench-") as scratch:
        workload = Workload(Path(scratch))
        staff = size is not None and size > ONE_EDITION
        edition = "staff" if staff else "public"
        (workload.folder / "edition").write_text(edition)
        err.print(f"{size or os.environ['KB_BENCH_CORPUS']}: articles", style="dim")
        if size is None:
            entries = iter(copy_corpus(Path(os.environ["KB_BENCH_CORPUS"]), workload.content))
        else:
            entries = make_corpus(workload.content, size, edition)
        count = workload.write(entries, queries)
        return count, measured(workload.folder, count, only)


def draw(runs: dict[int, Results]) -> str:
    """The chart of cost against size."""
    from tests.benchmarks.chart import Lines, chart
    from tests.benchmarks.peer import PEERS

    lines: Lines = {}
    for name, (_, _, title) in PEERS.items():
        points = [
            (float(size), results[name]["search_cpu_p50"])
            for size, results in sorted(runs.items())
            if "search_cpu_p50" in results.get(name, {})
        ]
        if points:
            lines[title] = points
    return chart(lines, "The cost of a question", "articles", "CPU ms, p50")


def main() -> None:
    """Measure, print, and write what was asked for."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--sizes", default="1000,10000,100000", help="articles; several by commas")
    parser.add_argument("--queries", type=int, default=200, help="questions at each size")
    parser.add_argument("--only", action="append", default=[], help="a peer; may be repeated")
    parser.add_argument(
        "--json",
        type=Path,
        help="where to write all figures, beside those of sizes measured before",
    )
    parser.add_argument("--chart", type=Path, help="where to write the chart, as SVG")
    asked = parser.parse_args()
    if missing := [name for name in NEEDED if find_spec(name) is None]:
        sys.exit(f"{', '.join(missing)} missing; run: .venv/bin/pip install -e '.[bench]'")
    sizes: list[int | None] = [int(size) for size in asked.sizes.split(",")]
    if os.environ.get("KB_BENCH_CORPUS"):
        sizes = [None]
    runs: dict[int, Results] = {}
    if asked.json and asked.json.exists():
        held = json.loads(asked.json.read_bytes())
        runs = {int(size): results for size, results in held.items()}
    for size in sizes:
        count, runs_of = run(size, asked.queries, asked.only)
        runs[count] = runs_of
        out.print(table(runs_of, count))
        if asked.json:
            asked.json.write_text(json.dumps(runs, indent=1) + "\n", encoding="utf-8")
        if asked.chart:
            asked.chart.write_text(draw(runs), encoding="utf-8")


if __name__ == "__main__":
    main()
