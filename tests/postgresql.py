"""A PostgreSQL of the tests' own: in a temporary folder, reached by a socket in it."""

import os
import pwd
import shutil
import subprocess
import tempfile
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest

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
        self._run("initdb", "--auth=trust", "--username=kb", "--no-sync", "--encoding=UTF8", "-D")
        self.start()

    def _run(self, name: str, *options: str) -> None:
        found = program(name)
        assert found is not None
        subprocess.run(
            [found, *options, str(self.folder / "data")],
            check=True,
            capture_output=True,
            cwd=self.folder,
            user=self._user,
            env={"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"},
        )

    def start(self) -> None:
        server = f"-c listen_addresses= -c fsync=off -k {self.folder}"
        log = str(self.folder / "log")
        self._run("pg_ctl", "start", "--wait", "--silent", "--log", log, "-o", server, "-D")

    def stop(self) -> None:
        self._run("pg_ctl", "stop", "--wait", "--silent", "--mode=immediate", "-D")

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
