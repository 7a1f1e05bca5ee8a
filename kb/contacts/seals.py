"""The seals: what the end of the chain was, noted outside the database line by line.

Whoever changes the database and makes all hashes anew, or cuts off the last rows, would have to
change this file too. Each line has the number of a row, its hash and when it was added.
"""

import contextlib
import logging
import os
import re
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import BinaryIO

from filelock import FileLock, Timeout

from kb import clock
from kb.durable import flush_folder, write_durably

KEPT_WHOLE = timedelta(days=2)
"""Of days before, only the last seal is kept: it covers all rows up to it."""
WAIT_S = 5

_LOG = logging.getLogger(__name__)
_LINE = re.compile(r"([1-9]\d{0,18}) ([0-9a-f]{64}) (\S+)")


@dataclass(frozen=True)
class Seal:
    """The end of the chain at some moment."""

    seq: int
    hash: str
    at: datetime

    def __str__(self) -> str:
        return f"{self.seq} {self.hash} {self.at.astimezone(UTC).isoformat()}"


class Seals:
    """A file of seals; safe to use from several threads and processes."""

    def __init__(self, file: Path) -> None:
        """Nothing is opened yet."""
        self.file = file
        self._mine = threading.Lock()  # the file's own lock is asked for time and again

    def add(self, seal: Seal) -> None:
        """Note a seal. Where the file cannot be written that is logged: the row is kept already."""
        try:
            with self._locked():
                self._append(f"{seal}\n".encode())
        except (OSError, Timeout) as error:
            _LOG.error("row %d of the chain is not sealed: %s", seal.seq, error)

    def read(self) -> list[Seal]:
        """All seals, in the order in which they were noted; lines that are none are left out.

        Raises:
            OSError: if there is a file that cannot be read.
        """
        try:
            text = self.file.read_text(encoding="utf-8", errors="replace")
        except FileNotFoundError:
            return []
        return [seal for line in text.splitlines() if (seal := _seal(line)) is not None]

    def thin(self) -> None:
        """Leave out seals that later ones cover.

        Raises:
            OSError, Timeout: if the file cannot be written; it is then as it was.
        """
        until = clock.now() - KEPT_WHOLE
        if not self.file.exists():
            return
        with self._locked():
            seals = self.read()
            last: dict[date, int] = {}
            for seal in seals:
                last[seal.at.date()] = max(seal.seq, last.get(seal.at.date(), 0))
            kept = [s for s in seals if s.at >= until or s.seq == last[s.at.date()]]
            if len(kept) < len(seals):
                write_durably(self.file, "".join(f"{seal}\n" for seal in kept).encode())

    @contextlib.contextmanager
    def _locked(self) -> Iterator[None]:
        self.file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with self._mine, FileLock(f"{self.file}.lock", timeout=WAIT_S):
            yield

    def _append(self, line: bytes) -> None:
        is_new = not self.file.exists()
        with self.file.open("ab+") as file:
            if file.tell() and _last_byte(file) != b"\n":  # whoever wrote it was killed
                line = b"\n" + line
            file.write(line)
            file.flush()
            os.fsync(file.fileno())
        if is_new:
            flush_folder(self.file.parent)


def _last_byte(file: BinaryIO) -> bytes:
    file.seek(-1, os.SEEK_END)
    return file.read(1)


def _seal(line: str) -> Seal | None:
    """The seal of a line; None where it is none, as when its writer was killed."""
    match = _LINE.fullmatch(line)
    if match is None:
        return None
    try:
        at = datetime.fromisoformat(match[3])
    except ValueError:
        return None
    return Seal(int(match[1]), match[2], at) if at.tzinfo else None
