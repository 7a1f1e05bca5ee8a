"""Accounts as values."""

import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from kb.accounts.roles import Role

_NAME = re.compile(r"[a-z0-9](?:[a-z0-9._@+-]{0,62}[a-z0-9])?")


class AccountProblem(Exception):
    """An account cannot be had as asked; the message names the fix."""


@dataclass(frozen=True)
class Account:
    """Somebody who is allowed in."""

    id: UUID
    name: str
    role: Role | None
    """None for a program, which has scopes instead."""
    team: str | None = None
    """A directory id."""


@dataclass(frozen=True)
class Listing:
    """An account, and how it stands."""

    account: Account
    demo: bool
    """Whether it is the demonstration account."""
    has_password: bool
    """Without one, only the reverse proxy can sign this person in."""
    disabled_at: datetime | None
    signed_in_at: datetime | None
    """When somebody last signed in to it."""


class Standing(StrEnum):
    """Which accounts there are."""

    NONE = "none"
    DEMO = "demo"
    """The demonstration account, alone or among others."""
    REAL = "real"


class Method(StrEnum):
    """How somebody proved who they are."""

    PASSWORD = "password"  # noqa: S105
    HEADER = "header"
    """A reverse proxy that is trusted said so."""


@dataclass(frozen=True)
class Identity:
    """Whose account it is, and how that was proved."""

    account: Account
    method: Method


def read_name(written: str) -> str:
    """The name of an account: case does not matter.

    Raises:
        AccountProblem: if it can be none.
    """
    name = written.strip().lower()
    if not _NAME.fullmatch(name):
        raise AccountProblem(
            f"{written!r} cannot be a name: use the letters a to z, digits and . _ - + @, 64 at "
            "most, with a letter or digit at both ends"
        )
    return name
