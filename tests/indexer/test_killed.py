"""Killed at any moment, publishing leaves a good edition and no litter."""

import os
import random
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from indexer.current import open_searcher
from indexer.publish import Publisher
from indexer.results import SearchRequest
from kb.article import Edition

KILLS = 100

LOOP = """
import sys
from pathlib import Path
from indexer.publish import Publisher
content, var = Path(sys.argv[1]), Path(sys.argv[2])
number = 0
print("ready", flush=True)
while True:
    number += 1
    for name in ("one", "two"):
        text = f"---\\ntitle: Article {name}\\naudience: public\\n---\\nMarker words {number}.\\n"
        (content / f"{name}.md").write_text(text + "Filler.\\n" * (number % 50))
    Publisher(content, var).publish(full=number % 7 == 0)
"""


@pytest.mark.slow
def test_a_hundred_kills_leave_a_hundred_good_editions(tmp_path: Path):
    content, var = tmp_path / "content", tmp_path / "var"
    content.mkdir()
    (content / "fixed.md").write_text("---\ntitle: Fixed\naudience: public\n---\nFixed text.\n")
    Publisher(content, var).publish()
    delays = random.Random(20261121)
    for _ in range(KILLS):
        with subprocess.Popen(
            [sys.executable, "-c", LOOP, str(content), str(var)],
            stdout=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
            start_new_session=True,
        ) as process:
            assert process.stdout is not None
            process.stdout.readline()
            try:
                process.wait(delays.uniform(0, 0.25))
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
        for edition in Edition:
            searcher = open_searcher(var, edition)
            found = searcher.search(SearchRequest("fixed text marker"))
            assert "fixed" in {hit.id for hit in found.results}
            assert all(hit.answer is not None for hit in found.results)
            searcher.close()
    (content / "one.md").unlink(missing_ok=True)
    (content / "two.md").write_text("---\ntitle: Last\naudience: public\n---\nThe last word.\n")
    report = Publisher(content, var).publish()
    assert {change.articles for change in report.changes} == {2}
    for edition in Edition:
        folder = var / "editions" / edition.value
        assert len([path for path in folder.iterdir() if path.is_dir()]) <= 2
        assert not [path for path in folder.rglob(".*")]
        searcher = open_searcher(var, edition)
        assert searcher.search(SearchRequest("last word")).results[0].id == "two"
        searcher.close()
    assert {path.name for path in var.iterdir()} <= {
        "editions",
        "numbers.json",
        ".numbers.json.new",
        "publish.lock",
        "sources.json",
        "problems.json",
    }
