"""Killed at any step, between disk and database too: no contact is lost, and none is kept twice."""

import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from sqlalchemy import select

from kb.contacts.audit import audit
from kb.contacts.tables import contacts
from kb.records import recorder
from tests.kb.contacts.dying import REPORTS, TOLD, intake_in, settled
from tests.waiting import until


@pytest.fixture
def died(tmp_path) -> list[Path]:
    """The folders of processes that were killed, each a step later than the one before."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.kb.contacts.dying", str(tmp_path)],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    assert done.returncode == 0, done.stderr
    return sorted(tmp_path.iterdir(), key=lambda folder: int(folder.name))


def bring_back(folder: Path) -> None:
    """Bring back the store of a process that was killed while it was away."""
    link = folder / "store"
    link.unlink()
    link.with_suffix(".new").unlink(missing_ok=True)
    link.symlink_to(folder / "store.kept")


@pytest.mark.slow
def test_whatever_was_acknowledged_is_there_once_and_what_is_sent_again_too(died, monkeypatch):
    monkeypatch.setattr(recorder, "RETRY_S", (0.02,))
    told = []
    for folder in died:
        bring_back(folder)
        file = folder / TOLD
        told.append({int(line) for line in file.read_text().split()} if file.exists() else set())
        intake = intake_in(folder)
        database = intake.chain.database
        try:
            intake.recorder.start()
            until(lambda one=intake: settled(one), seconds=60)

            def kept(store=database) -> Counter[str]:
                with store.reading() as connection:
                    return Counter(connection.scalars(select(contacts.c.notes)))

            before = kept()
            assert set(before.values()) <= {1}, folder
            assert {REPORTS[number].contact.notes for number in told[-1]} <= set(before), folder
            for report in REPORTS:  # whoever was not answered sends again; so may everybody
                assert intake.take(report) is not None
            assert kept() == Counter(report.contact.notes for report in REPORTS), folder
            assert audit(database, [intake.chain.seals]).rows == len(REPORTS)
        finally:
            intake.recorder.close()
    assert told[0] == set()
    assert told[-1] == set(range(len(REPORTS)))
    assert len(died) > 50
