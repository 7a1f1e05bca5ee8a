"""Sessions: who is signed in, kept on the server. The browser has an id and nothing else."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete, insert, or_, select, update

from kb import clock
from kb.accounts.account import Account, Identity, Method
from kb.accounts.accounts import account_of
from kb.accounts.secret import digest, new_secret
from kb.records.database import Database
from kb.records.tables import accounts, sessions

SEEN_EVERY = timedelta(minutes=1)
"""How exactly it is known when somebody was last here."""


@dataclass(frozen=True)
class Limits:
    """When a session ends by itself."""

    idle: timedelta
    """After the last request."""
    absolute: timedelta
    """After the sign-in."""


@dataclass(frozen=True)
class Session:
    """Somebody is signed in."""

    account: Account
    method: Method
    started_at: datetime
    seen_at: datetime

    def lasts(self, limits: Limits) -> bool:
        """Whether it is still within its limits."""
        now = clock.now()
        return now < self.seen_at + limits.idle and now < self.started_at + limits.absolute


class Sessions:
    """The sessions of the staff. Every method raises `RecordsProblem` for want of the store."""

    def __init__(self, database: Database, limits: Limits) -> None:
        self._database = database
        self.limits = limits

    def start(self, identity: Identity) -> str:
        """Sign somebody in, and clear away what has ended.

        Returns:
            The id of the session, new and secret.
        """
        secret = new_secret()
        now = clock.now()
        row = {
            "digest": digest(secret),
            "account": identity.account.id,
            "method": identity.method.value,
            "started_at": now,
            "seen_at": now,
        }
        with self._database.writing() as connection:
            connection.execute(delete(sessions).where(self._ended(now)))
            connection.execute(insert(sessions), [row])
            connection.execute(
                update(accounts)
                .where(accounts.c.id == identity.account.id)
                .values(signed_in_at=now)
            )
        return secret

    def find(self, secret: str) -> Session | None:
        """The session of an id; None where there is none, or it has ended."""
        where = (
            (sessions.c.digest == digest(secret))
            & (sessions.c.account == accounts.c.id)
            & accounts.c.disabled_at.is_(None)
        )
        columns = (sessions.c.method, sessions.c.started_at, sessions.c.seen_at, *_ACCOUNT)
        with self._database.reading() as connection:
            row = connection.execute(select(*columns).where(where)).one_or_none()
        if row is None:
            return None
        session = Session(account_of(row), Method(row.method), row.started_at, row.seen_at)
        return session if session.lasts(self.limits) else None

    def seen(self, secret: str, session: Session) -> None:
        """Note that somebody is here, if that was not known."""
        now = clock.now()
        if now - session.seen_at < SEEN_EVERY:
            return
        with self._database.writing() as connection:
            connection.execute(
                update(sessions).where(sessions.c.digest == digest(secret)).values(seen_at=now)
            )

    def end(self, secret: str) -> None:
        """Sign somebody out."""
        with self._database.writing() as connection:
            connection.execute(delete(sessions).where(sessions.c.digest == digest(secret)))

    def _ended(self, now: datetime) -> ColumnElement[bool]:
        return or_(
            sessions.c.seen_at <= now - self.limits.idle,
            sessions.c.started_at <= now - self.limits.absolute,
        )


_ACCOUNT = (accounts.c.id, accounts.c.name, accounts.c.role, accounts.c.team)
