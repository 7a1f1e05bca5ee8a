"""Measure one peer, in a process of its own: python -m tests.benchmarks.measure FOLDER PEER PHASE.

Prints one line of JSON. Phases: `build`; `recipe`, which leaves our own queries for others; `ask`,
from opening to memory; and `save`, which changes articles and so comes last.
"""

import json
import resource
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path

import psutil

from indexer.document import Document, Field
from tests.benchmarks.own import Whole
from tests.benchmarks.peer import PEERS, peer
from tests.benchmarks.workload import Workload

SAVES = 5
Figures = dict[str, float]


def cpu() -> float:
    """CPU seconds of this process and of those it has waited for."""
    parts = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(part.ru_utime + part.ru_stime for part in parts)


def peak() -> float:
    """The most memory that this process has had, in MB."""
    status = Path("/proc/self/status")
    if status.exists():
        lines = status.read_text().splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1e3
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6  # bytes, on a Mac


def percentile(values: Sequence[float], share: float) -> float:
    """The value that `share` of all do not exceed."""
    ranked = sorted(values)
    return ranked[min(len(ranked) - 1, int(share * len(ranked)))]


def timed(call: Callable[[str], object], asked: Sequence[str], name: str) -> Figures:
    """Percentiles of CPU and wall milliseconds of one call for each question."""
    spent: list[float] = []
    waited: list[float] = []
    for one in asked:
        wall, begun = time.perf_counter(), time.process_time()
        call(one)
        spent.append((time.process_time() - begun) * 1000)
        waited.append((time.perf_counter() - wall) * 1000)
    return {
        f"{name}_{kind}_p{share}": percentile(values, share / 100)
        for kind, values in (("cpu", spent), ("wall", waited))
        for share in (50, 95, 99)
    }


def build(workload: Workload, name: str) -> Figures:
    """CPU seconds, most memory and disk of building."""
    made = peer(name, workload)
    before, begun = cpu(), time.perf_counter()
    made.build()
    took, wall = cpu() - before, time.perf_counter() - begun
    files = [path.stat() for path in (workload.folder / PEERS[name][1]).rglob("*")]
    sizes = {file.st_ino: file.st_size for file in files}
    return {
        "build_cpu_s": took,
        "build_wall_s": wall,
        "build_peak_mb": peak(),
        "disk_mb": sum(sizes.values()) / 1e6,
    }


def ask(workload: Workload, name: str) -> Figures:
    """Opening, questions, completions and memory."""
    made = peer(name, workload)
    warm_up, queries, typed = map(workload.asked, ("warm_up", "queries", "typed"))
    process = psutil.Process()
    before = process.memory_info()
    begun = cpu()
    made.open()
    figures = {"open_cpu_ms": (cpu() - begun) * 1000}
    for one in warm_up:
        made.search(one)
    figures |= timed(made.search, queries, "search")
    figures |= timed(made.search, queries, "again")
    figures["answered"] = sum(bool(made.search(one)) for one in queries) / len(queries)
    if made.complete(typed[0]) is not None:
        for one in warm_up:
            made.complete(one[:4])
        figures |= timed(made.complete, typed, "typeahead")
    after = process.memory_info()
    figures["resident_mb"] = (after.rss - before.rss) / 1e6
    figures["answering_peak_mb"] = peak() - before.rss / 1e6
    if hasattr(after, "shared"):  # Linux
        figures["mapped_mb"] = (after.shared - before.shared) / 1e6
    return figures


def save(workload: Workload, name: str) -> Figures:
    """CPU milliseconds from saving an article to finding it by its new word."""
    made = peer(name, workload)
    spent: list[float] = []
    for number, entry in enumerate(islice(workload.entries(), 0, SAVES * 20, 20)):
        word = f"zq{number}qz"
        fields = dict(entry.document.fields)
        fields[Field.BODY] += f"\n\nEdited {word}."
        edited: Document = replace(entry.document, fields=fields)
        begun = cpu()
        if not made.save(entry.path, edited, word):
            return {}
        spent.append((cpu() - begun) * 1000)
    # The first opens what all the others find open.
    return {"save_cpu_ms": percentile(spent[1:], 0.5)} if len(spent) > 1 else {}


def main() -> None:
    """Measure and print."""
    folder, name, phase = sys.argv[1:]
    workload = Workload(Path(folder))
    if phase == "recipe":
        Whole(workload).write_recipe()
        print("{}")
        return
    phases = {"build": build, "ask": ask, "save": save}
    print(json.dumps(phases[phase](workload, name)))


if __name__ == "__main__":
    main()
