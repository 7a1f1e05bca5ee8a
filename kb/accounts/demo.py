"""The demonstration account: made where there is none, so that one can look around at once."""

from kb.accounts.account import AccountProblem, Standing
from kb.accounts.accounts import Accounts
from kb.accounts.roles import Role
from kb.accounts.secret import new_password

NAME = "demo"


def add_demo(accounts: Accounts) -> str | None:
    """Make the demonstration account where there is no account at all, and return its password.

    It may do everything. While it exists the staff site is served on this machine only.

    Returns:
        The password, which is kept nowhere; None where there are accounts.

    Raises:
        RecordsProblem: if the store cannot be used.
    """
    if accounts.standing() is not Standing.NONE:
        return None
    password = new_password()
    try:
        accounts.add(NAME, Role.ADMIN, password=password, demo=True)
    except AccountProblem:  # another process was first
        return None
    return password
