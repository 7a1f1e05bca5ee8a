"""The store of the demonstration, beside the real ones."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from kb.contacts.chain import Chain
from kb.contacts.seals import Seals
from kb.demo.scenery import Scenery
from kb.demo.season import Season, Written
from kb.records.database import Database
from kb.records.tables import Line

Progress = Callable[[int, int], None]
"""Called with days done and days in all."""


def demo_file(var: Path) -> Path:
    """The database."""
    return var / "records" / "demo.db"


def demo_store(var: Path) -> Database:
    """The store; it is empty until `make` has filled it."""
    return _store(demo_file(var))


def make(
    var: Path,
    scenery: Scenery,
    last: date,
    *,
    weeks: int,
    agents: int,
    seed: int,
    progress: Progress | None = None,
) -> Written:
    """Write a season into the store, whole or not at all, in the place of the one before.

    Args:
        var: the folder that editions are published in.
        scenery: what callers ask about.
        last: the last day of the season.
        weeks: how long it is.
        agents: how many people take contacts.
        seed: with the same one, and all else the same, the same contacts come out.
        progress: told after each day.

    Raises:
        RecordsAway: if the disk does not take it.
        OSError: if the file of before cannot be replaced.
    """
    file = demo_file(var)
    growing = file.with_name("demo-growing.db")
    _remove(growing)
    store = _store(growing)
    try:
        written = Season(scenery, last, weeks=weeks, agents=agents, seed=seed).write(
            Chain(store, Seals(_seals(growing))), progress
        )
    except BaseException:
        store.close()
        _remove(growing)
        raise
    store.close()
    _remove(file)
    _seals(growing).replace(_seals(file))
    growing.replace(file)
    _remove(growing)
    return written


def drop(var: Path) -> bool:
    """Take the demonstration away.

    Returns:
        Whether there was one.
    """
    there = demo_file(var).exists()
    _remove(demo_file(var))
    return there


def _store(file: Path) -> Database:
    return Database(f"sqlite:///{file}", tuple(Line))


def _seals(file: Path) -> Path:
    return file.with_suffix(".seals")


def _remove(file: Path) -> None:
    for path in (file, *(file.with_name(f"{file.name}{end}") for end in ("-wal", "-shm"))):
        path.unlink(missing_ok=True)
    for path in (_seals(file), _seals(file).with_name(f"{_seals(file).name}.lock")):
        path.unlink(missing_ok=True)
