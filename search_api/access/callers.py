"""Whose request it is: somebody's who is signed in, or a program's with a token."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace

from flask import after_this_request, request
from flask.wrappers import Response

from kb import clock
from kb.accounts.account import Account, Identity, Method
from kb.accounts.roles import PERMISSIONS, Permission, Scope
from kb.accounts.secret import derived, digest
from kb.accounts.sessions import Session, Sessions
from kb.accounts.tokens import Token, Tokens
from kb.records.database import RecordsProblem
from search_api.access.authenticators import Authenticator, TrustedHeader
from search_api.access.needs import Need
from search_api.access.recall import Recall

_LOG = logging.getLogger(__name__)
_BEARER = "bearer "


@dataclass(frozen=True)
class Caller:
    """Whose request it is, and what is allowed."""

    account: Account
    method: Method | None = None
    """How a person signed in; None for a program."""
    scopes: frozenset[Scope] = frozenset()
    """Of a program."""
    csrf: str = ""
    """What a form of this session carries; a program needs none."""

    def may(self, need: Need) -> bool:
        """Whether that is enough for a route."""
        if self.account.role is None:
            return need.scope in self.scopes
        return self.has(need.permission)

    def has(self, permission: Permission) -> bool:
        """Whether a person has a permission."""
        return self.account.role is not None and permission in PERMISSIONS[self.account.role]


class Callers:
    """Recognises callers by what their requests carry."""

    def __init__(
        self,
        sessions: Sessions,
        tokens: Tokens,
        authenticators: Sequence[Authenticator],
        *,
        tls: bool,
    ) -> None:
        """Args:
        sessions: who is signed in.
        tokens: of programs.
        authenticators: the ways to sign in, in the order in which they are tried.
        tls: whether browsers come by https only, so that the cookie need go no other way.
        """
        self._sessions = sessions
        self._tokens = tokens
        self._authenticators = authenticators
        self._proxy = next((one for one in authenticators if isinstance(one, TrustedHeader)), None)
        self._tls = tls
        self._cookie = "__Host-firstline" if tls else "firstline"
        self._known_sessions: Recall[Session] = Recall()
        self._known_tokens: Recall[Token] = Recall()

    def of_request(self) -> Caller | None:
        """Whose request this is; None where nobody is signed in.

        Raises:
            RecordsProblem: if the store is away and it was never asked about this one.
        """
        said = request.headers.get("Authorization", "")
        if said[: len(_BEARER)].lower() == _BEARER:
            return self._program(said[len(_BEARER) :].strip())
        secret = request.cookies.get(self._cookie, "")
        session = self._session(secret) if secret else None
        if self._proxy is not None:
            name = self._proxy.named()
            by_proxy = session is not None and session.method is Method.HEADER
            if session is not None and name != session.account.name and (name or by_proxy):
                session = None  # somebody else is there now, or nobody
            if session is None:
                identity = self._proxy.identify()
                return self.sign_in(identity) if identity is not None else None
        return _person(session.account, session.method, secret) if session is not None else None

    def identify(self) -> Identity | None:
        """Whom the request proves to be there, in any of the ways to sign in.

        Raises:
            TooOften, RecordsProblem: as `Authenticator.identify` does.
        """
        return next((who for one in self._authenticators if (who := one.identify())), None)

    def sign_in(self, identity: Identity) -> Caller:
        """Begin a session, under a new id; what the browser had before ends.

        Raises:
            RecordsProblem: if the store cannot be used.
        """
        self._end(request.cookies.get(self._cookie, ""))
        secret = self._sessions.start(identity)

        @after_this_request
        def give(response: Response) -> Response:
            response.set_cookie(
                self._cookie, secret, secure=self._tls, httponly=True, samesite="Lax"
            )
            return response

        return _person(identity.account, identity.method, secret)

    def sign_out(self) -> None:
        """End the session of this request, if there is one.

        Raises:
            RecordsProblem: if the store cannot be used; the browser forgets it all the same.
        """

        @after_this_request
        def take(response: Response) -> Response:
            response.delete_cookie(self._cookie, secure=self._tls, httponly=True, samesite="Lax")
            return response

        self._end(request.cookies.get(self._cookie, ""))

    def _end(self, secret: str) -> None:
        if secret:
            self._known_sessions.put(digest(secret), None)
            self._sessions.end(secret)

    def _program(self, secret: str) -> Caller | None:
        token = self._known_tokens.ask(digest(secret), lambda: self._tokens.find(secret))
        if token is None or not token.lasts:
            return None
        return Caller(token.account, scopes=token.scopes)

    def _session(self, secret: str) -> Session | None:
        key = digest(secret)
        session = self._known_sessions.ask(key, lambda: self._sessions.find(secret))
        if session is None or not session.lasts(self._sessions.limits):
            return None
        try:
            self._sessions.seen(secret, session)
        except RecordsProblem as problem:
            _LOG.warning("it is not kept how long sessions last: %s", problem)
        self._known_sessions.put(key, replace(session, seen_at=clock.now()))
        return session


def _person(account: Account, method: Method, secret: str) -> Caller:
    return Caller(account, method, csrf=derived(secret, "csrf"))
