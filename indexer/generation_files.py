"""The files of a generation: linked where they stay as they were, flushed where they are new."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from indexer.generation import (
    BUILDING,
    MANIFEST,
    SETTING,
    Manifest,
    point_to,
    previous_and_current,
)
from kb.durable import flush_folder


def link(source: Path, target: Path) -> None:
    """Link a file that will never be written to again, or copy it where links are not to be had."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)


def flush(folder: Path) -> None:
    """Flush every new file below a folder to disk; what is linked was flushed before."""
    for path in folder.rglob("*"):
        if path.is_dir():
            flush_folder(path)
        elif path.stat().st_nlink == 1:
            with path.open("rb") as file:
                os.fsync(file.fileno())
    flush_folder(folder)


@contextmanager
def becoming_current(folder: Path, manifest: Manifest, setting: bytes) -> Iterator[Path]:
    """A folder to fill with a generation, which is current once the block has ended.

    If the block fails there is nothing of it, and what was current is so still.

    Args:
        folder: of the edition.
        manifest: of the generation.
        setting: what is written as its setting.
    """
    building = folder / f"{BUILDING}{manifest.name}"
    building.mkdir(parents=True)
    try:
        yield building
        (building / SETTING).write_bytes(setting)
        (building / MANIFEST).write_text(manifest.model_dump_json(indent=1), encoding="utf-8")
        flush(building)
        building.rename(folder / manifest.name)
    except BaseException:
        shutil.rmtree(building, ignore_errors=True)
        raise
    flush_folder(folder)
    point_to(folder, manifest.name)
    clean(folder)


def clean(folder: Path) -> None:
    """Remove what an interrupted publish left, and generations older than the one before."""
    if not folder.is_dir():
        return
    kept = {path.name for path in previous_and_current(folder)}
    for path in folder.iterdir():
        if path.name in kept or path.name == "current":
            continue
        if not kept and not path.name.startswith("."):
            continue  # the pointer is lost: leave whole generations to whoever mends it
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)
