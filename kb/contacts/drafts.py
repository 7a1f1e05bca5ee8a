"""The unfinished contact of each person, on disk: it outlives a crash of browser and server.

It does without the database, so that it is kept while that is away.
"""

import threading
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

from pydantic import ValidationError

from kb import clock
from kb.article import Frozen
from kb.contacts.contact import Draft, When
from kb.durable import remove_unfinished, write_durably

KEPT = timedelta(hours=24)


class Unfinished(Frozen):
    """A draft, and when it was kept."""

    at: When
    draft: Draft


class Drafts:
    """A folder of drafts, one of each person; safe to use from several threads."""

    def __init__(self, folder: Path) -> None:
        """Nothing is made yet."""
        self.folder = folder
        self._writing = threading.Lock()

    def put(self, account: UUID, draft: Draft) -> None:
        """Keep a draft in the place of the one before; when this returns it is on disk.

        Raises:
            OSError: if it cannot be written.
        """
        unfinished = Unfinished(at=clock.now(), draft=draft)
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with self._writing:
            write_durably(self._file(account), unfinished.model_dump_json().encode())

    def get(self, account: UUID) -> Draft | None:
        """The draft of somebody; None where there is none, or only one of long ago.

        Raises:
            OSError: if it cannot be read.
        """
        unfinished = _read(self._file(account))
        return unfinished.draft if unfinished and unfinished.at >= _oldest() else None

    def drop(self, account: UUID) -> None:
        """Forget the draft of somebody.

        Raises:
            OSError: if it is there and cannot be removed.
        """
        self._file(account).unlink(missing_ok=True)

    def expire(self) -> int:
        """Remove drafts of long ago and what is none, and return how many they were.

        Raises:
            OSError: if one cannot be removed.
        """
        gone = 0
        for file in self.folder.glob("*.json"):
            with self._writing:
                unfinished = _read(file)
                if unfinished is None or unfinished.at < _oldest():
                    file.unlink(missing_ok=True)
                    gone += 1
        remove_unfinished(self.folder)
        return gone

    def _file(self, account: UUID) -> Path:
        return self.folder / f"{account.hex}.json"


def _oldest() -> datetime:
    return clock.now() - KEPT


def _read(file: Path) -> Unfinished | None:
    try:
        return Unfinished.model_validate_json(file.read_bytes())
    except (FileNotFoundError, ValidationError):
        return None
