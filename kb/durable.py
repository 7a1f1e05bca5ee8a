"""Files that are on disk when writing them returns, whole or not at all."""

import os
import time
from pathlib import Path

UNFINISHED_S = 3600.0
"""No file is written for so long."""


def write_durably(path: Path, data: bytes) -> None:
    """Write a file, in place of the one that is there, in one step that outlasts a power cut.

    Raises:
        OSError: if it cannot be written; what was there before is untouched.
    """
    aside = path.with_name(f".{path.name}.new")
    try:
        with aside.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        aside.replace(path)
    except OSError:
        aside.unlink(missing_ok=True)
        raise
    flush_folder(path.parent)


def remove_unfinished(folder: Path) -> None:
    """Remove what writers that were killed have left in a folder.

    Raises:
        OSError: if it cannot be removed.
    """
    oldest = time.time() - UNFINISHED_S
    for path in folder.glob(".*.new"):
        try:
            if path.stat().st_mtime < oldest:
                path.unlink()
        except FileNotFoundError:
            continue


def flush_folder(folder: Path) -> None:
    """Flush the entries of a folder to disk."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
