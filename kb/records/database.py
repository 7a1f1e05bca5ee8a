"""A store's database, SQLite or PostgreSQL by URL: reached, and kept at the right schema."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, NullPool, create_engine, event, make_url, text
from sqlalchemy.exc import ArgumentError, DataError, IntegrityError, SQLAlchemyError

from kb.records.migrate import Foreign, Newer, Older, check_schema, migrate
from kb.records.tables import Line

WAIT_S = 5
"""How long a lock is waited for; a connection to a server of databases, 3 s."""
_SLOWEST_MS = 20_000


class RecordsProblem(Exception):
    """A store cannot be used; the message names it and the fix."""


class WrongAddress(RecordsProblem):
    """The setting does not lead to a database that can be this store."""


class RecordsAway(RecordsProblem):
    """The database cannot be reached or used now; what is to be written must wait."""


class Refused(RecordsProblem):
    """The database will never take this; waiting does not help."""


class Database:
    """One store. It is connected to when it is first used; safe to use from several threads."""

    def __init__(self, address: str, lines: tuple[Line, ...]) -> None:
        """Nothing is opened yet.

        Args:
            address: an SQLAlchemy URL of SQLite (`sqlite:///file`) or PostgreSQL.
            lines: the lines of tables that the store has: of the public one only the journal.

        Raises:
            WrongAddress: if that is not one.
        """
        self.url = _read(address)
        self.lines = lines
        self._engine = _engine(self.url)
        self._ready = False
        self._preparing = threading.Lock()

    def __str__(self) -> str:
        return self.url.render_as_string(hide_password=True)

    @property
    def file(self) -> Path | None:
        """The file of an SQLite database."""
        return Path(self.url.database or "") if self.url.get_backend_name() == "sqlite" else None

    @property
    def there(self) -> bool:
        """Whether there is something to open: an SQLite file may not have been made yet."""
        return self.file is None or self.file.exists()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A transaction that only reads.

        Raises:
            RecordsAway: if the database cannot be used now.
            WrongAddress: if it is another store.
        """
        self._prepare()
        with self._translated(), self._engine.begin() as connection:
            yield connection

    @contextmanager
    def snapshot(self) -> Iterator[Connection]:
        """A transaction that only reads, and sees all as it was when it read first.

        Raises:
            RecordsAway, WrongAddress: as `reading` does.
        """
        with self.reading() as connection:
            if self.file is None:  # in SQLite every transaction is such a one
                connection.execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ"))
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that writes: committed at its end, undone by any exception.

        Raises:
            RecordsAway: if the database cannot be used now.
            WrongAddress: if it is another store.
            Refused: if it does not take what is written.
        """
        self._prepare()
        with self._translated(), _writer(self._engine).begin() as connection:
            yield connection

    def check(self) -> None:
        """See that it can be used; make it where there is none yet.

        Raises:
            RecordsAway, WrongAddress: if it cannot.
        """
        with self.reading():
            pass

    def migrate(self) -> list[str]:
        """Bring the schema to the present, and return what was applied.

        Raises:
            RecordsAway, WrongAddress: as `writing` does.
        """
        self._make_folder()
        with self._translated(), _writer(self._engine).begin() as connection:
            applied = migrate(connection, self.lines)
        self._ready = True
        return applied

    def close(self) -> None:
        """Let go of every connection; it can be used again all the same."""
        self._engine.dispose()

    def _prepare(self) -> None:
        """On first use, and after every failure: the schema must be the one of this code."""
        if self._ready:
            return
        with self._preparing:
            if self._ready:
                return
            self._make_folder()
            try:
                with self._translated(), self._engine.begin() as connection:
                    check_schema(connection, self.lines)
            except Older as older:
                # A file has one user at a time, and a new database none yet; another schema
                # may be in use by a server of the old version.
                if self.file is None and not older.empty:
                    raise RecordsAway(f"{self}: {older}; run: kb records migrate") from older
                self.migrate()
            self._ready = True

    def _make_folder(self) -> None:
        if self.file is None:
            return
        try:
            self.file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        except OSError as error:
            raise RecordsAway(f"{self}: its folder cannot be made ({error.strerror})") from error

    @contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except (DataError, IntegrityError) as error:
            raise Refused(f"{self}: {_plainly(error)}") from error
        except (SQLAlchemyError, OSError) as error:
            self._ready = False  # whatever comes back may be another database
            raise RecordsAway(f"{self}: {_plainly(error)}") from error
        except Newer as error:
            raise RecordsAway(f"{self}: {error}") from error
        except Foreign as error:
            raise WrongAddress(f"{self}: {error}") from error


def _plainly(error: Exception) -> str:
    said = str(getattr(error, "orig", None) or error).strip() or type(error).__name__
    return said.splitlines()[0]


def _read(address: str) -> URL:
    try:
        url = make_url(address)
    except ArgumentError:
        raise WrongAddress(
            "the address of a database is written as sqlite:///folder/file.db or "
            "postgresql://user:password@host/database"
        ) from None
    if url.drivername in ("postgresql", "postgres", "postgresql+psycopg"):
        return url.set(drivername="postgresql+psycopg")
    if url.drivername != "sqlite":
        raise WrongAddress(f"{url.drivername} is not supported; use SQLite or PostgreSQL")
    if not url.database or url.database == ":memory:":
        raise WrongAddress("an SQLite database needs a file, as in sqlite:///folder/file.db")
    return url


def _engine(url: URL) -> Engine:
    if url.get_backend_name() == "sqlite":
        # A connection for each transaction, so that a file that was replaced is never written to.
        engine = create_engine(url, poolclass=NullPool, connect_args={"timeout": WAIT_S})
        event.listen(engine, "connect", _open_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        return engine
    try:
        engine = create_engine(
            url,
            pool_size=2,
            max_overflow=4,
            pool_timeout=WAIT_S,
            pool_pre_ping=True,
            connect_args={"connect_timeout": 3, "application_name": "firstline"},
        )
    except ModuleNotFoundError as error:
        raise WrongAddress(
            f"PostgreSQL needs its driver, {error.name}; install it: "
            "pip install 'firstline[postgresql]'"
        ) from error
    event.listen(engine, "connect", _open_postgresql)
    return engine


def _writer(engine: Engine) -> Engine:
    return engine.execution_options(writes=True)


def _open_sqlite(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # transactions are begun by us, see _begin_sqlite
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA secure_delete = ON")
    connection.execute("PRAGMA foreign_keys = ON")


def _begin_sqlite(connection: Connection) -> None:
    """Begin at once with the right to write, where that is wanted: it is not to be had later."""
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _open_postgresql(connection: Any, _record: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SET statement_timeout = {_SLOWEST_MS}")
        cursor.execute(f"SET lock_timeout = {WAIT_S * 1000}")
    connection.commit()
