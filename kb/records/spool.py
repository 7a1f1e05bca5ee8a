"""Entries on disk, until a database has them: a folder of small files, written once each.

A file appears whole, and flushed: so there is no lock, no half a line, and any number of processes
may put files there and take them away. One that is taken twice does no harm: every entry has an id.
"""

import logging
import re
import shutil
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, Protocol, TypeVar
from uuid import UUID, uuid4

from pydantic import TypeAdapter, ValidationError

from kb.durable import remove_unfinished, write_durably

KEEP_FREE = 256 * 1024 * 1024
"""Bytes of the disk that are left to others, where what is spooled can be done without."""

_LOG = logging.getLogger(__name__)
_NAME = re.compile(r"\d+-(\d+)-[0-9a-f]+\.jsonl")
_ASIDE = "unreadable"


class Entry(Protocol):
    """What can be kept here: it has an id, and can be written as a line of JSON."""

    @property
    def id(self) -> UUID:
        """The same however often it comes."""

    def model_dump_json(self) -> str:
        """One line."""


T = TypeVar("T", bound=Entry)


@dataclass(frozen=True)
class Spooled(Generic[T]):
    """One file, and the entries in it."""

    path: Path
    entries: tuple[T, ...]


class Spool(Generic[T]):
    """A folder of entries that wait; made when it is first needed."""

    def __init__(self, folder: Path, reader: TypeAdapter[T]) -> None:
        """Nothing is made yet.

        Args:
            folder: for entries of one kind alone.
            reader: reads such an entry from a line of JSON.
        """
        self.folder = folder
        self._reader = reader

    def put(self, entries: Sequence[T], *, spare: bool = False) -> None:
        """Keep entries; when this returns they are on disk.

        Args:
            entries: some, at least one.
            spare: leave `KEEP_FREE` bytes of the disk to others.

        Raises:
            OSError: if they cannot be written, or there would be less.
        """
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        if spare and shutil.disk_usage(self.folder).free < KEEP_FREE:
            raise OSError(f"less than {KEEP_FREE} bytes are free for {self.folder}")
        name = f"{time.time_ns():020}-{len(entries)}-{uuid4().hex}.jsonl"
        lines = (entry.model_dump_json().encode() + b"\n" for entry in entries)
        write_durably(self.folder / name, b"".join(lines))

    def take(self, most: int) -> list[Spooled[T]]:
        """What has waited longest: files with about so many entries in all.

        Raises:
            OSError: if they cannot be read.
        """
        batch: list[Spooled[T]] = []
        found = 0
        for path in self._files():
            try:
                batch.append(self._read(path))
            except FileNotFoundError:  # another process has taken it in
                continue
            found += len(batch[-1].entries)
            if found >= most:
                break
        return batch

    def remove(self, batch: Sequence[Spooled[T]]) -> None:
        """Take files away whose entries the database has."""
        for spooled in batch:
            spooled.path.unlink(missing_ok=True)

    def set_aside(self, entry: T) -> None:
        """Keep for a person an entry that the database refuses.

        Raises:
            OSError: if it cannot be written.
        """
        self._aside(f"{entry.id.hex}.jsonl", entry.model_dump_json().encode())

    def tidy(self) -> None:
        """Remove what a process has left that was killed while it put something here.

        Raises:
            OSError: if it cannot be removed.
        """
        for folder in (self.folder, self.folder / _ASIDE):
            remove_unfinished(folder)

    def waiting(self) -> int:
        """How many entries wait."""
        return sum(int(match[1]) for path in self._files() if (match := _NAME.match(path.name)))

    def unreadable(self) -> int:
        """How many files were set aside."""
        aside = self.folder / _ASIDE
        return len(list(aside.glob("*.jsonl"))) if aside.is_dir() else 0

    def _files(self) -> list[Path]:
        if not self.folder.is_dir():
            return []
        return sorted(path for path in self.folder.iterdir() if _NAME.fullmatch(path.name))

    def _read(self, path: Path) -> Spooled[T]:
        """A file's entries. What is no entry is set aside."""
        entries: list[T] = []
        for number, line in enumerate(path.read_bytes().splitlines()):
            try:
                entries.append(self._reader.validate_json(line))
            except ValidationError:
                self._aside(f"{path.stem}-{number}.jsonl", line)
        return Spooled(path, tuple(entries))

    def _aside(self, name: str, line: bytes) -> None:
        aside = self.folder / _ASIDE
        aside.mkdir(parents=True, exist_ok=True, mode=0o700)
        write_durably(aside / name, line + b"\n")
        _LOG.error("set aside in %s, as it cannot be taken in: %s", aside, name)
