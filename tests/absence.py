"""A database that is away for a while."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kb.records.database import Database
from tests.postgresql import PostgreSQL


def removable(folder: Path) -> Path:
    """Make a folder that can be taken `away`: a link to another beside it."""
    kept = folder.with_suffix(".kept")
    kept.mkdir()
    folder.symlink_to(kept)
    return folder


@contextmanager
def away(database: Database, server: PostgreSQL | None) -> Iterator[None]:
    """Take a database away as long as the block lasts: its folder, or the server that it is on.

    The folder has to be `removable`.
    """
    if database.file is None:
        assert server is not None
        server.stop()
        try:
            yield
        finally:
            server.start()
        return
    folder = database.file.parent
    there = folder.readlink()
    _lead(folder, Path("nowhere"))
    try:
        yield
    finally:
        _lead(folder, there)


def _lead(link: Path, target: Path) -> None:
    """Make a link lead elsewhere in one step, so that nobody finds a free name between two."""
    new = link.with_suffix(".new")
    new.symlink_to(target)
    new.replace(link)
