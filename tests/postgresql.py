"""A PostgreSQL of the tests' own: in a temporary folder, reached by a socket in it."""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest

from tests.waiting import until

_SETPRIV = shutil.which("setpriv")
_WITH_US = (_SETPRIV, "--pdeathsig", "QUIT") if _SETPRIV else ()
"""What lets no server outlive tests that are killed, where there is such a thing (util-linux)."""

_PLACES = ("/usr/lib/postgresql", "/usr/local/pgsql", "/opt/homebrew/opt/postgresql")


def missing(what: str) -> None:
    """Skip a test for want of something, but fail where everything has to be there."""
    if os.environ.get("CI") == "true":
        pytest.fail(f"{what} is missing, and CI runs every test")
    pytest.skip(f"{what} is not installed")


def program(name: str) -> str | None:
    """Where a program of PostgreSQL is; Debian keeps them off the path."""
    found = [path for place in _PLACES for path in Path(place).glob(f"**/bin/{name}")]
    return shutil.which(name) or next((str(path) for path in sorted(found)[::-1]), None)


class PostgreSQL:
    """A server that can be stopped and started again."""

    def __init__(self) -> None:
        # pytest's own folders are closed to other users, and PostgreSQL does not run as root.
        self.folder = Path(tempfile.mkdtemp(prefix="firstline-pg-"))
        self._user = None
        if os.geteuid() == 0:
            names = {entry.pw_name for entry in pwd.getpwall()}
            self._user = "postgres" if "postgres" in names else "nobody"
            shutil.chown(self.folder, self._user)
        self._environment = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"}
        self._data = str(self.folder / "data")
        made = self._start("initdb", "--auth=trust", "--username=kb", "--no-sync", "-E", "UTF8")
        assert made.wait(60) == 0, (self.folder / "log").read_text()
        self.start()

    def _start(self, name: str, *options: str) -> subprocess.Popen[bytes]:
        found = program(name)
        assert found is not None
        with (self.folder / "log").open("ab") as log:
            return subprocess.Popen(
                [*_WITH_US, found, *options, "-D", self._data],
                stdout=log,
                stderr=log,
                cwd=self.folder,
                user=self._user,
                env=self._environment,
            )

    def start(self) -> None:
        options = ("-c", "listen_addresses=", "-c", "fsync=off", "-k", str(self.folder))
        self._server = self._start("postgres", *options)
        until(self._answers)

    def _answers(self) -> bool:
        assert self._server.poll() is None, (self.folder / "log").read_text()
        try:
            self.execute("SELECT 1")
        except psycopg.OperationalError:
            return False
        return True

    def stop(self) -> None:
        """At once, and without tidying up, as when the power fails."""
        self._server.send_signal(signal.SIGQUIT)
        self._server.wait(20)

    def remove(self) -> None:
        self.stop()
        shutil.rmtree(self.folder)

    def execute(self, *statements: str, database: str = "postgres") -> None:
        place = f"host={self.folder} user=kb dbname={database}"
        with psycopg.connect(place, autocommit=True) as connection:
            for statement in statements:
                connection.execute(statement)

    def url(self, database: str, user: str = "kb") -> str:
        return f"postgresql://{user}@/{database}?host={self.folder}"

    def new(self) -> str:
        """The URL of a new database."""
        name = f"kb_{uuid4().hex}"
        self.execute(f"CREATE DATABASE {name}")
        return self.url(name)
