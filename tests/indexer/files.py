"""What lies in files, for tests of what may and what must not."""

import os
from pathlib import Path


def contents(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, by its path in it."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def holding(folder: Path, word: str) -> list[str]:
    """The files below a folder that hold a word, in their bytes or in their names."""
    sought = word.lower().encode()
    return [
        path
        for path, data in contents(folder).items()
        if sought in data.lower() or sought in path.lower().encode()
    ]


def open_files() -> int:
    """How many file descriptors this process has open."""
    return len(os.listdir("/proc/self/fd"))  # noqa: PTH208 - one call, no objects
