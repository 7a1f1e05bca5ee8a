"""Stores on both databases."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kb.records.database import Database
from kb.records.tables import Line
from tests.absence import removable
from tests.postgresql import PostgreSQL, missing, program


@pytest.fixture(scope="session")
def postgresql() -> Iterator[PostgreSQL]:
    if program("initdb") is None:
        missing("PostgreSQL")
    server = PostgreSQL()
    yield server
    server.remove()


@pytest.fixture(params=["sqlite", "postgresql"])
def new_url(request, tmp_path: Path) -> Callable[[], str]:
    """Makes the URL of a new, empty database."""
    if request.param == "postgresql":
        server: PostgreSQL = request.getfixturevalue("postgresql")
        return server.new
    names = iter(range(100))
    folder = removable(tmp_path / "made")
    return lambda: f"sqlite:///{folder}/{next(names)}.db"


@pytest.fixture
def open_store() -> Iterator[Callable[[str, tuple[Line, ...]], Database]]:
    """Makes stores, and closes them in the end."""
    opened: list[Database] = []

    def make(url: str, lines: tuple[Line, ...]) -> Database:
        opened.append(Database(url, lines))
        return opened[-1]

    yield make
    for database in opened:
        database.close()


@pytest.fixture
def staff(new_url, open_store) -> Database:
    """A staff store."""
    return open_store(new_url(), tuple(Line))
