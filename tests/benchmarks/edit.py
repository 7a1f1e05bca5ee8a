"""Measure what an edit costs where sites are served and watched, as `kb serve --watch` does.

    python -m tests.benchmarks.edit [--sizes 1000,10000] [--edits N] [--content DIR]

The articles are made from our own content with a fixed seed, or those of a folder named, which is
copied. One process watches the folder and answers from both editions. An edit is a line more in one
article; it is done when both editions find the word in it. What is counted is the CPU time of the
whole process from the save on: noticing, publishing both editions, opening both anew, answering.
The first edits are left out: they write and open for the first time what later ones find ready.
"""

import argparse
import queue
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

from rich.console import Console
from rich.table import Table

from indexer.current import CurrentEdition
from indexer.publish import Publisher, Report
from indexer.results import SearchRequest
from indexer.watch import Watcher
from kb.article import Edition
from kb.memory import settle
from tests.benchmarks.corpus import copy_corpus, make_corpus
from tests.benchmarks.measure import percentile

FIRST = 3
STEP = 7
"""One article in so many is edited, each once."""


class Watched:
    """A content folder that is watched and served, as one process does it."""

    def __init__(self, content: Path, var: Path) -> None:
        self.content = content
        publisher = Publisher(content, var)
        publisher.publish()
        self._done: queue.Queue[Report | Exception] = queue.Queue()
        begun = threading.Event()

        def ready() -> None:
            settle()
            begun.set()

        tell = self._done.put
        self._watcher = Watcher(publisher, published=tell, failed=tell, begun=ready)
        self._editions = [CurrentEdition(var, edition) for edition in Edition]
        self._thread = threading.Thread(target=self._watcher.run)
        self._thread.start()
        begun.wait()
        while not self._done.empty():
            self._done.get()

    def edit(self, file: Path, word: str) -> float:
        """Add a word to an article; CPU milliseconds until both editions find it."""
        text = file.read_text(encoding="utf-8")
        begun = time.process_time()
        file.write_text(f"{text}\n\nEdited {word}.\n", encoding="utf-8")
        told = self._done.get(timeout=60)
        if isinstance(told, Exception):
            raise told
        for edition in self._editions:
            with edition.reading() as searcher:
                if searcher.search(SearchRequest(word)).total != 1:
                    sys.exit(f"the {edition.edition} edition does not find {word}")
        return (time.process_time() - begun) * 1000

    def close(self) -> None:
        """Stop to watch, and let go of the editions."""
        self._watcher.stop()
        self._thread.join()
        for edition in self._editions:
            edition.close()


def edits(content: Path, var: Path, number: int) -> Iterator[float]:
    """CPU milliseconds of each edit."""
    files = [
        path for path in sorted(content.rglob("*.md")) if 'audience: "public"' in path.read_text()
    ]
    watched = Watched(content, var)
    try:
        for count in range(FIRST + number):
            spent = watched.edit(files[count * STEP % len(files)], f"zq{count}{time.time_ns()}qz")
            if count >= FIRST:
                yield spent
    finally:
        watched.close()


def measured(content: Path, var: Path, number: int) -> tuple[str, ...]:
    """The cells of a line: articles, then CPU milliseconds of an edit, p50, p95 and mean."""
    articles = sum(1 for _ in content.rglob("*.md"))
    spent = list(edits(content, var, number))
    p95 = percentile(spent, 0.95)
    figures = (statistics.median(spent), p95, statistics.mean(spent))
    return f"{articles:,}", *(f"{figure:.0f}" for figure in figures)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--sizes", default="1000,10000", help="articles; several by commas")
    parser.add_argument("--content", type=Path, help="a content folder instead")
    parser.add_argument("--edits", type=int, default=50)
    asked = parser.parse_args()
    table = Table("articles", "p50", "p95", "mean", title="CPU milliseconds of an edit")
    for size in [None] if asked.content else map(int, asked.sizes.split(",")):
        with tempfile.TemporaryDirectory() as scratch:
            content, var = Path(scratch) / "content", Path(scratch) / "var"
            if size is None:
                copy_corpus(asked.content, content)
            else:
                for _ in make_corpus(content, size, "public"):
                    pass
            table.add_row(*measured(content, var, asked.edits))
    Console().print(table)


if __name__ == "__main__":
    main()
