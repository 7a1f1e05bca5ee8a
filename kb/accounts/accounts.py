"""Accounts in the staff store."""

from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Connection, Row, delete, insert, select, update

from kb import clock
from kb.accounts.account import Account, AccountProblem, Listing, Standing, read_name
from kb.accounts.passwords import check_password, hashed
from kb.accounts.roles import Role
from kb.records.database import Database, Refused
from kb.records.tables import accounts, sessions


class Accounts:
    """The accounts of the staff. Every method raises `RecordsProblem` for want of the store."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(
        self,
        name: str,
        role: Role,
        team: str | None = None,
        password: str | None = None,
        *,
        demo: bool = False,
    ) -> Account:
        """Make an account; one without a password is for those whom the reverse proxy signs in.

        Raises:
            AccountProblem: if the name or the password will not do, or the name is taken.
        """
        account = Account(uuid4(), read_name(name), role, team)
        if password is not None:
            check_password(password, account.name)
        row = {
            "id": account.id,
            "name": account.name,
            "role": role.value,
            "team": team,
            "password": hashed(password) if password is not None else None,
            "demo": demo,
            "created_at": clock.now(),
        }
        try:
            with self._database.writing() as connection:
                connection.execute(insert(accounts), [row])
        except Refused as problem:
            raise AccountProblem(
                f"there is an account {account.name!r} already; choose another name, or change it "
                f"with: kb user change {account.name}"
            ) from problem
        return account

    def all(self) -> list[Listing]:
        """Every account, by name."""
        with self._database.reading() as connection:
            rows = connection.execute(select(accounts).order_by(accounts.c.name)).all()
        return [
            Listing(
                account_of(row),
                row.demo,
                row.password is not None,
                row.disabled_at,
                row.signed_in_at,
            )
            for row in rows
        ]

    def standing(self) -> Standing:
        """Which accounts there are, disabled ones too."""
        with self._database.reading() as connection:
            found = set(connection.scalars(select(accounts.c.demo).distinct()))
        if not found:
            return Standing.NONE
        return Standing.DEMO if True in found else Standing.REAL

    def find(self, name: str) -> Account:
        """The account of a name, disabled or not.

        Raises:
            AccountProblem: if there is none.
        """
        with self._database.reading() as connection:
            return account_of(_row(connection, name))

    def active(self, name: str) -> Account | None:
        """The account of a name; None where there is none or it is disabled."""
        where = (accounts.c.name == name) & accounts.c.disabled_at.is_(None)
        with self._database.reading() as connection:
            row = connection.execute(select(accounts).where(where)).one_or_none()
        return account_of(row) if row is not None else None

    def change(self, name: str, role: Role | None = None, team: str | None = None) -> Account:
        """Give somebody another role or team; an empty team is none.

        Another role ends the account's sessions: what it allows begins with a new sign-in.

        Raises:
            AccountProblem: if there is no such account.
        """
        values: dict[str, object] = {}
        if role is not None:
            values["role"] = role.value
        if team is not None:
            values["team"] = team or None
        with self._database.writing() as connection:
            row = _row(connection, name)
            if values:
                connection.execute(update(accounts).where(accounts.c.id == row.id).values(values))
            if role is not None and role.value != row.role:
                _end_sessions(connection, row.id)
            return account_of(_row(connection, name))

    def disable(self, name: str) -> None:
        """Let somebody in no longer: sessions end at once.

        Raises:
            AccountProblem: if there is no such account.
        """
        with self._database.writing() as connection:
            row = _row(connection, name)
            at = row.disabled_at or clock.now()
            connection.execute(
                update(accounts).where(accounts.c.id == row.id).values(disabled_at=at)
            )
            _end_sessions(connection, row.id)

    def enable(self, name: str) -> None:
        """Let somebody in again.

        Raises:
            AccountProblem: if there is no such account.
        """
        with self._database.writing() as connection:
            row = _row(connection, name)
            connection.execute(
                update(accounts).where(accounts.c.id == row.id).values(disabled_at=None)
            )

    def set_password(self, name: str, password: str) -> None:
        """Give an account another password; its sessions end.

        Raises:
            AccountProblem: if there is no such account, or the password will not do.
        """
        check_password(password, self.find(name).name)
        kept = hashed(password)
        with self._database.writing() as connection:
            row = _row(connection, name)
            connection.execute(
                update(accounts).where(accounts.c.id == row.id).values(password=kept)
            )
            _end_sessions(connection, row.id)

    def remove_demo(self) -> bool:
        """Remove the demonstration account; False where there is none."""
        with self._database.writing() as connection:
            return connection.execute(delete(accounts).where(accounts.c.demo)).rowcount > 0


def account_of(row: Row[*tuple[Any, ...]]) -> Account:
    """The account that a row holds."""
    return Account(row.id, row.name, Role(row.role), row.team)


def _row(connection: Connection, name: str) -> Row[*tuple[Any, ...]]:
    name = read_name(name)
    row = connection.execute(select(accounts).where(accounts.c.name == name)).one_or_none()
    if row is None:
        raise AccountProblem(f"there is no account {name!r}; see: kb user list")
    return row


def _end_sessions(connection: Connection, account: UUID) -> None:
    connection.execute(delete(sessions).where(sessions.c.account == account))
