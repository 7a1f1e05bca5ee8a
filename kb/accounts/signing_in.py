"""Signing in with a name and a password."""

from sqlalchemy import select, update

from kb.accounts import passwords
from kb.accounts.account import Account, AccountProblem, read_name
from kb.accounts.accounts import account_of
from kb.accounts.passwords import hashed, matches, nobodys, outdated
from kb.accounts.throttle import Throttle
from kb.network import is_loopback
from kb.records.database import Database
from kb.records.tables import accounts


class PasswordCheck:
    """Compares passwords, and slows down whoever guesses them."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._throttle = Throttle(database)
        nobodys(passwords.HASHER)

    def check(self, name: str, password: str, address: str) -> Account | None:
        """Whose name and password these are; None where they are nobody's.

        Whether there is such an account, and whether it is disabled, does not show in the time
        it takes. The demonstration account is nobody's but for who sits at this machine.

        Args:
            name: as typed.
            password: as typed.
            address: where they come from.

        Raises:
            TooOften: if there were too many wrong ones.
            RecordsProblem: if the store cannot be used.
        """
        self._throttle.begin(name, address)
        where = (accounts.c.name == _possible(name)) & accounts.c.disabled_at.is_(None)
        with self._database.reading() as connection:
            row = connection.execute(select(accounts).where(where)).one_or_none()
        kept: str | None = row.password if row is not None else None
        if not matches(password, kept) or row is None or kept is None:
            return None
        if row.demo and not is_loopback(address):
            return None
        self._throttle.succeeded(name, address)
        if outdated(kept):
            with self._database.writing() as connection:
                connection.execute(
                    update(accounts)
                    .where(accounts.c.id == row.id)
                    .values(password=hashed(password))
                )
        return account_of(row)


def _possible(name: str) -> str:
    """The name that was meant; of one that no account can have, the empty one."""
    try:
        return read_name(name)
    except AccountProblem:
        return ""
