"""A store with many contacts: python -m tests.benchmarks.chain [--contacts 100000].

Fills a store with contacts of two years, two in a hundred of them corrected, and takes the time of
the commands that go through all of them. KB_DATABASE_URL names an empty PostgreSQL database.
"""

import argparse
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path
from uuid import UUID

from rich.console import Console
from rich.table import Table

from kb import clock
from kb.article import Edition
from kb.contacts.contact import Contact, Report
from kb.contacts.stores import chain_of
from kb.records.stores import store_of
from kb.settings import load_settings
from tests.benchmarks.corpus import SEED

KB = [sys.executable, str(Path(__file__).parents[2] / "cli.py")]
DAYS = 730
BATCH = 500
NOTE = "Round not finished, crew back tomorrow before noon. "


def reports(number: int, begin: datetime) -> Iterator[Report]:
    """Contacts one after the other, as fifty agents take them."""
    luck = random.Random(SEED)
    firsts: list[UUID] = []
    for one in range(number):
        at = begin + timedelta(days=DAYS * one / number)
        corrects = luck.choice(firsts) if firsts and luck.random() < 0.02 else None
        contact = Contact.model_validate(
            {
                "id": UUID(int=one, version=4),
                "started_at": at,
                "ended_at": at + timedelta(seconds=luck.randrange(60, 600)),
                "channel": "telephone",
                "outcome": luck.choice(["resolved", "resolved", "resolved", "abandoned"]),
                "first": luck.random() < 0.7,
                "service": luck.choice(["household-waste", "council-tax", "highways"]),
                "answered_by": "missed-bin",
                "opened": ["bin-days", "missed-bin"],
                "searches": ["the bin men missed me"],
                "case": f"CRM-{one}",
                "notes": NOTE * luck.randrange(4),
            }
        )
        if corrects is None:
            firsts.append(contact.id)
        account = UUID(int=luck.randrange(50), version=4)
        yield Report(contact=contact, account=account, corrects=corrects, of_anyone=True)


def fill(var: Path, number: int) -> None:
    """Take contacts in, each day's on that day."""
    store = store_of(Edition.STAFF, load_settings(), var)
    chain = chain_of(store, var)
    begin = datetime.now(UTC) - timedelta(days=DAYS)
    coming = reports(number, begin)
    moment = begin
    clock.now = lambda: moment
    while batch := list(islice(coming, BATCH)):
        moment = batch[-1].contact.ended_at
        chain.take_in(batch)
    store.close()


def timed(*words: str) -> tuple[float, float]:
    """CPU and wall seconds of a command.

    Raises:
        CalledProcessError: if it does not end well.
    """
    before, wall = _spent(), time.perf_counter()
    subprocess.run([*KB, *words], check=True, stdout=subprocess.DEVNULL)
    return _spent() - before, time.perf_counter() - wall


def _spent() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--contacts", type=int, default=100_000)
    number = parser.parse_args().contacts
    os.environ["KB_KEEP_CONTACTS"] = str(DAYS // 2)
    table = Table("command", "CPU s", "s")
    with tempfile.TemporaryDirectory() as scratch:
        var = Path(scratch) / "var"
        fill(var, number)
        size = sum(file.stat().st_size for file in (var / "records").iterdir()) / 1e6
        export = ("records", "export", "contacts", "--output", "/dev/null")
        for words in (
            ("audit", "verify"),
            (*export, "--format", "jsonl"),
            (*export, "--format", "csv"),
            ("records", "erase", "--case", "CRM-1", "--yes"),
            ("records", "erase", "--words", f"CRM-{number - 1}", "--yes"),
            ("records", "purge"),
        ):
            cpu, wall = timed("--var", str(var), *words)
            table.add_row(" ".join(("kb", *words)), f"{cpu:.1f}", f"{wall:.1f}")
    Console().print(table)
    print(f"{number:,} rows, {size:.0f} MB; half of them purged in the end")


if __name__ == "__main__":
    main()
