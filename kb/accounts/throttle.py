"""Guessing is slowed down: for each name, and for each address that guesses come from.

The counts are in the store, so that neither a restart nor a second server resets them.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, select, update
from sqlalchemy.dialects import postgresql, sqlite

from kb import clock
from kb.accounts.secret import digest
from kb.network import subscriber
from kb.records.database import Database
from kb.records.tables import failures


@dataclass(frozen=True)
class Patience:
    """How many failures in a row are free, and how long one waits after more."""

    free: int
    longest: timedelta
    forgotten: timedelta
    """After which time without a failure one begins anew; longer than the longest wait."""

    def until(self, count: int, at: datetime) -> datetime:
        """When the next attempt is allowed, after `count` failures, the last `at`.

        The wait doubles with each failure: 2, 4, 8 … seconds.
        """
        over = min(count - self.free, 30)
        wait = timedelta(seconds=2**over) if over > 0 else timedelta(0)
        return at + min(wait, self.longest)


NAME = Patience(5, timedelta(minutes=15), timedelta(days=1))
ADDRESS = Patience(50, timedelta(minutes=5), timedelta(minutes=30))
"""Behind one address there may be a whole contact centre."""


class TooOften(Exception):
    """The attempt is not allowed yet."""

    def __init__(self, wait: timedelta) -> None:
        super().__init__(f"too many attempts; wait {wait.total_seconds():.0f} s")
        self.wait = wait


class Throttle:
    """Failed attempts. Every method raises `RecordsProblem` for want of the store."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def begin(self, name: str, address: str) -> None:
        """Count an attempt as failed until it has succeeded, so that none is free meanwhile.

        Args:
            name: as it was typed; there need be no such account.
            address: of the browser.

        Raises:
            TooOften: if it comes too soon.
        """
        now = clock.now()
        with self._database.reading() as connection:  # while guesses rain, nothing is written
            _check(connection, name, address, now)
        with self._database.writing() as connection:
            _check(connection, name, address, now, lock=True)
            longest = max(NAME.forgotten, ADDRESS.forgotten)
            connection.execute(delete(failures).where(failures.c.at < now - longest))
            for key, patience in _keys(name, address):
                _count(connection, key, patience, now)

    def succeeded(self, name: str, address: str) -> None:
        """Take an attempt back that was none to guess, and forget the failures of the name."""
        (of_name, _), (of_address, _) = _keys(name, address)
        with self._database.writing() as connection:
            connection.execute(delete(failures).where(failures.c.digest == of_name))
            connection.execute(
                update(failures)
                .where((failures.c.digest == of_address) & (failures.c.times > 0))
                .values(times=failures.c.times - 1)
            )


def _keys(name: str, address: str) -> tuple[tuple[str, Patience], tuple[str, Patience]]:
    return (
        (digest(f"name {name.strip().lower()}"), NAME),
        (digest(f"address {subscriber(address)}"), ADDRESS),
    )


def _check(
    connection: Connection, name: str, address: str, now: datetime, *, lock: bool = False
) -> None:
    for key, patience in _keys(name, address):
        found = select(failures.c.times, failures.c.at).where(
            (failures.c.digest == key) & (failures.c.at > now - patience.forgotten)
        )
        if lock:
            found = found.with_for_update()
        for times, at in connection.execute(found):
            until = patience.until(times, at)
            if until > now:
                raise TooOften(until - now)


def _count(connection: Connection, key: str, patience: Patience, now: datetime) -> None:
    connection.execute(
        delete(failures).where(
            (failures.c.digest == key) & (failures.c.at <= now - patience.forgotten)
        )
    )
    row = {"digest": key, "times": 1, "at": now}
    add: sqlite.Insert | postgresql.Insert = (
        sqlite.insert(failures)
        if connection.dialect.name == "sqlite"
        else postgresql.insert(failures)
    )
    connection.execute(
        add.values(row).on_conflict_do_update(
            index_elements=["digest"], set_={"times": failures.c.times + 1, "at": now}
        )
    )
