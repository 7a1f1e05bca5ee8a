"""A database that is away for a while."""

from collections.abc import Iterator
from contextlib import contextmanager

from kb.records.database import Database
from tests.postgresql import PostgreSQL


@contextmanager
def away(database: Database, server: PostgreSQL | None) -> Iterator[None]:
    """Take a database away as long as the block lasts: its folder, or the server that it is on."""
    if database.file is None:
        assert server is not None
        server.stop()
        try:
            yield
        finally:
            server.start()
        return
    folder = database.file.parent
    aside = folder.with_suffix(".aside")
    folder.rename(aside)
    folder.write_text("no folder")
    try:
        yield
    finally:
        folder.unlink()
        aside.rename(folder)
