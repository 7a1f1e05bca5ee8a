"""A server that is killed: what it said it had taken is there when the next one starts."""

import json
import signal
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from kb.article import Edition
from kb.records.entries import Feedback
from kb.records.journal import read
from kb.records.stores import store_of
from kb.settings import Settings
from tests.search_api.test_serve import free_port
from tests.waiting import until

ROOT = Path(__file__).parents[3]


def send(port: str) -> str:
    body = json.dumps({"kind": "compliment", "comment": "Thank you"}).encode()
    asked = urllib.request.Request(
        f"http://127.0.0.1:{port}/api/v1/feedback", body, {"Content-Type": "application/json"}
    )
    with urllib.request.urlopen(asked, timeout=20) as response:
        assert response.status == 202
        return json.load(response)["id"]


@pytest.mark.parametrize("there", [True, False])
def test_what_was_answered_202_outlives_kill_9(council, var, tmp_path, monkeypatch, there):
    """Whether the store is there at that time, or away."""
    monkeypatch.delenv("KB_PUBLIC_DATABASE_URL", raising=False)
    if not there:
        monkeypatch.setenv("KB_PUBLIC_DATABASE_URL", f"sqlite:///{tmp_path}")
    port = str(free_port())
    command = [sys.executable, str(ROOT / "cli.py"), "--content", str(council.path)]
    command += ["--var", str(var), "serve", "--edition", "public", "--port", port]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=tmp_path) as server:
        assert server.stdout is not None
        assert server.stdout.readline().startswith("Public site")
        said = {send(port) for _ in range(5)}
        server.send_signal(signal.SIGKILL)
    monkeypatch.delenv("KB_PUBLIC_DATABASE_URL", raising=False)
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=tmp_path) as server:
        store = store_of(Edition.PUBLIC, Settings(), var)
        until(lambda: len(kept(store)) == len(said))
        server.send_signal(signal.SIGTERM)
        assert server.wait(20) == 0
    assert set(kept(store)) == said


def kept(store) -> list[str]:
    if not store.there:
        return []
    with store.reading() as connection:
        return [str(one.entry.id) for one in read(connection, Feedback, 0, 99).entries]
