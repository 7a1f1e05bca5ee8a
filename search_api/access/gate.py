"""The gate before every route of the staff application."""

from datetime import timedelta

from flask import Flask, current_app, g, redirect, request, url_for
from flask.wrappers import Response
from werkzeug.exceptions import SecurityError

from kb.accounts.account import Account
from kb.accounts.accounts import Accounts
from kb.accounts.roles import Permission
from kb.accounts.sessions import Limits, Sessions
from kb.accounts.signing_in import PasswordCheck
from kb.accounts.tokens import Tokens
from kb.records.database import Database, RecordsProblem
from kb.settings import Settings
from search_api.access import csrf, sign_in
from search_api.access.authenticators import Authenticator, LocalPassword, TrustedHeader
from search_api.access.callers import Caller, Callers
from search_api.access.forwarded import Forwarded, proxies_of
from search_api.access.needs import NEEDS, OPEN
from search_api.access.own_path import asked_path
from search_api.errors import answer, is_for_programs
from search_api.i18n import gettext as _


def register(app: Flask, database: Database, settings: Settings) -> None:
    """Let only those into an application who are signed in or have a token.

    Args:
        app: the staff application. To be called before anything else acts on its requests.
        database: the staff store.
        settings: what the operator has set.
    """
    callers = Callers(
        Sessions(
            database,
            Limits(
                timedelta(minutes=settings.session_idle_minutes),
                timedelta(hours=settings.session_hours),
            ),
        ),
        Tokens(database),
        _authenticators(database, settings),
        tls=settings.staff_tls,
    )
    app.wsgi_app = Forwarded(app.wsgi_app, proxies_of(settings))  # type: ignore[method-assign]
    app.register_blueprint(sign_in.blueprint(callers))

    @app.before_request
    def gate() -> Response | None:
        if request.endpoint in OPEN or isinstance(request.routing_exception, SecurityError):
            return None
        try:
            found = g.get("caller") or callers.of_request()
        except RecordsProblem:
            return answer(503, _("Nobody can be signed in just now. Please try again soon."))
        if found is None:
            return _ask()
        g.caller = found
        if request.endpoint is None:
            return None  # there is no such page, which somebody who is signed in may know
        need = NEEDS.get(request.endpoint)
        if need is None or not found.may(need):
            return answer(403)
        if not csrf.is_meant(found):
            return answer(403, _("This page was open for too long. Go back, reload it, try again."))
        return None

    @app.context_processor
    def access() -> dict[str, object]:
        """Who is signed in, for templates."""
        return {"caller": g.get("caller"), "Permission": Permission}


def caller() -> Caller:
    """Whose request this is; only routes that anybody may use have none."""
    found: Caller = g.caller
    return found


def account() -> Account:
    """The account of whoever sent this request; a program's has no role."""
    return caller().account


def _authenticators(database: Database, settings: Settings) -> list[Authenticator]:
    ways: list[Authenticator] = [LocalPassword(PasswordCheck(database))]
    if settings.proxy_secret is not None:
        secret = settings.proxy_secret.get_secret_value()
        accounts = Accounts(database)
        header = settings.proxy_user_header
        ways.insert(0, TrustedHeader(accounts, header, secret, settings.proxy_peers))
    return ways


def _ask() -> Response:
    """Ask to sign in: people on a page, which leads back to where they wanted to go."""
    if is_for_programs(request.path):
        return answer(
            401,
            _("Sign in, or send a token: Authorization: Bearer …"),
            headers={"WWW-Authenticate": "Bearer"},
        )
    asked = request.path != "/" and request.method in ("GET", "HEAD")
    wanted = asked_path() if asked else None
    return current_app.make_response(redirect(url_for("access.sign_in", next=wanted), 303))
