"""How people prove who they are. Another way, as OpenID Connect, is another `Authenticator`."""

from collections.abc import Collection
from typing import Protocol

from flask import request

from kb.accounts.account import AccountProblem, Identity, Method, read_name
from kb.accounts.accounts import Accounts
from kb.accounts.secret import same
from kb.accounts.signing_in import PasswordCheck
from kb.network import Network, within
from search_api.access.forwarded import peer

SECRET_HEADER = "X-Proxy-Secret"  # noqa: S105


class Authenticator(Protocol):
    """One way to prove who one is."""

    def identify(self) -> Identity | None:
        """Whom the current request proves to be there; None where it proves nobody.

        Raises:
            TooOften: if it is one of too many attempts.
            RecordsProblem: if the store of accounts cannot be used.
        """


class LocalPassword:
    """The name and password of an account, as the sign-in form sends them."""

    def __init__(self, check: PasswordCheck) -> None:
        self._check = check

    def identify(self) -> Identity | None:
        """Whose name and password are in the form."""
        if request.method != "POST":
            return None
        name, password = request.form.get("name", ""), request.form.get("password", "")
        account = self._check.check(name, password, request.remote_addr or "")
        return Identity(account, Method.PASSWORD) if account is not None else None


class TrustedHeader:
    """A header in which a reverse proxy names whom it has let in.

    It counts only from the addresses of the proxies, and only beside the secret that they share
    with this application: either alone can be had by whoever runs a program on such a machine, or
    gets a header through.
    """

    def __init__(
        self, accounts: Accounts, header: str, secret: str, proxies: Collection[Network]
    ) -> None:
        self._accounts = accounts
        self._header = header
        self._secret = secret
        self._proxies = proxies

    def named(self) -> str | None:
        """Whom the proxy names; None where no proxy speaks, or it names nobody."""
        spoken = same(request.headers.get(SECRET_HEADER, ""), self._secret)
        if not within(self._proxies, peer()) or not spoken:
            return None
        try:
            return read_name(request.headers.get(self._header, ""))
        except AccountProblem:
            return None

    def identify(self) -> Identity | None:
        """Whose account it is, if there is one and it is not disabled."""
        name = self.named()
        account = self._accounts.active(name) if name is not None else None
        return Identity(account, Method.HEADER) if account is not None else None
