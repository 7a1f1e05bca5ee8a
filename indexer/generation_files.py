"""The files of a generation: linked where they stay as they were, flushed where they are new."""

import os
import shutil
from pathlib import Path

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
