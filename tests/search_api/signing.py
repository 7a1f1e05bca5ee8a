"""Signed-in clients of the staff application, without typing a password."""

from datetime import timedelta
from pathlib import Path

from flask.testing import FlaskClient

from kb.accounts.account import Account, AccountProblem, Identity, Method
from kb.accounts.accounts import Accounts
from kb.accounts.roles import Role
from kb.accounts.secret import derived
from kb.accounts.sessions import Limits, Sessions
from kb.article import Edition
from kb.records.database import Database
from kb.records.stores import store_of
from kb.settings import Settings
from search_api.recording import recorder_of

COOKIE = "firstline"
LIMITS = Limits(timedelta(hours=1), timedelta(hours=12))


def account_of(database: Database, role: Role, name: str = "") -> Account:
    """An account of a role, made where there is none."""
    accounts = Accounts(database)
    try:
        return accounts.add(name or role.value, role)
    except AccountProblem:
        found = accounts.active(name or role.value)
        assert found is not None
        return found


def new_session(database: Database, role: Role = Role.ADMIN, name: str = "") -> str:
    """The id of a session that somebody of a role has."""
    identity = Identity(account_of(database, role, name), Method.PASSWORD)
    return Sessions(database, LIMITS).start(identity)


def sign_in(
    client: FlaskClient, role: Role = Role.ADMIN, name: str = "", *, writes: bool = False
) -> FlaskClient:
    """Let a client be somebody's who is signed in.

    Args:
        client: a browser.
        role: of the account.
        name: of the account; by default that of the role.
        writes: whether every request says that it comes from a page of this session.
    """
    secret = new_session(recorder_of(client.application).database, role, name)
    client.set_cookie(COOKIE, secret)
    if writes:
        client.environ_base["HTTP_X_CSRF_TOKEN"] = derived(secret, "csrf")
    return client


def signed_in_header(var: Path, role: Role = Role.ADMIN) -> dict[str, str]:
    """The header of a browser that is signed in to the staff site served from a folder."""
    database = store_of(Edition.STAFF, Settings(), var)
    try:
        return {"Cookie": f"{COOKIE}={new_session(database, role)}"}
    finally:
        database.close()
