"""Tokens, with which programs use the API of the staff site."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from sqlalchemy import Row, delete, insert, select

from kb import clock
from kb.accounts.account import Account, AccountProblem, read_name
from kb.accounts.roles import Scope
from kb.accounts.secret import digest, new_secret
from kb.records.database import Database, Refused
from kb.records.tables import tokens

PREFIX = "firstline_"
"""By which programs that look for leaked secrets know one."""
_FORM = re.compile(PREFIX + r"[A-Za-z0-9_-]{43}")


@dataclass(frozen=True)
class Token:
    """What a program may do, and until when."""

    id: UUID
    name: str
    scopes: frozenset[Scope]
    created_at: datetime
    expires_at: datetime

    @property
    def lasts(self) -> bool:
        """Whether it has not expired."""
        return clock.now() < self.expires_at

    @property
    def account(self) -> Account:
        """The program as one who is allowed in."""
        return Account(self.id, self.name, role=None)


class Tokens:
    """The tokens of the staff API. Every method raises `RecordsProblem` for want of the store."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, name: str, scopes: Collection[Scope], lasts: timedelta) -> str:
        """Make a token.

        Returns:
            The token, which is kept nowhere.

        Raises:
            AccountProblem: if the name will not do or is taken.
        """
        name = read_name(name)
        secret = PREFIX + new_secret()
        now = clock.now()
        row = {
            "id": uuid4(),
            "name": name,
            "digest": digest(secret),
            "scopes": sorted(scope.value for scope in scopes),
            "created_at": now,
            "expires_at": now + lasts,
        }
        try:
            with self._database.writing() as connection:
                connection.execute(insert(tokens), [row])
        except Refused as problem:
            raise AccountProblem(
                f"there is a token {name!r} already; choose another name, or first end that one "
                f"with: kb token revoke {name}"
            ) from problem
        return secret

    def all(self) -> list[Token]:
        """Every token, by name; those that have expired too."""
        with self._database.reading() as connection:
            return [
                _token(row) for row in connection.execute(select(tokens).order_by(tokens.c.name))
            ]

    def revoke(self, name: str) -> None:
        """End a token at once.

        Raises:
            AccountProblem: if there is none of that name.
        """
        name = read_name(name)
        with self._database.writing() as connection:
            ended = connection.execute(delete(tokens).where(tokens.c.name == name)).rowcount
        if not ended:
            raise AccountProblem(f"there is no token {name!r}; see: kb token list")

    def find(self, secret: str) -> Token | None:
        """The token that a program shows; None where it is none, or has expired."""
        if not _FORM.fullmatch(secret):
            return None
        with self._database.reading() as connection:
            row = connection.execute(
                select(tokens).where(tokens.c.digest == digest(secret))
            ).one_or_none()
        token = _token(row) if row is not None else None
        return token if token is not None and token.lasts else None


def _token(row: Row[tuple[object, ...]]) -> Token:
    known = {scope.value for scope in Scope}
    scopes = frozenset(Scope(scope) for scope in row.scopes if scope in known)
    return Token(row.id, row.name, scopes, row.created_at, row.expires_at)
