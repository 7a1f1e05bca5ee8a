"""Every route of the staff application, and everybody who is not allowed to use it.

A new route fails here until it is listed in `search_api/access/needs.py`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from sqlalchemy import update

from kb import clock
from kb.accounts.accounts import Accounts
from kb.accounts.roles import PERMISSIONS, Role, Scope
from kb.accounts.secret import digest
from kb.accounts.tokens import Tokens
from kb.article import Edition
from kb.records import tables
from kb.records.database import Database
from kb.records.tables import Line
from search_api import create_app
from search_api.access.needs import NEEDS, OPEN
from search_api.errors import is_for_programs
from search_api.recording import recorder_of
from tests.search_api.signing import COOKIE, new_session, sign_in

YEAR = timedelta(days=365)
EXAMPLES = {"id": "missed-bin", "name": "public/form.txt", "letter": "b", "filename": "site.css"}
"""What stands for the variables of addresses; any other is `x`."""


@dataclass(frozen=True)
class Route:
    """A route and one of its methods."""

    endpoint: str
    path: str
    method: str

    def __str__(self) -> str:
        return f"{self.method} {self.path}"


def routes() -> list[Route]:
    app = create_app("staff", Path("nowhere"))
    found = []
    with app.test_request_context():
        addresses = app.url_map.bind("localhost")
        for rule in app.url_map.iter_rules():
            values = {name: EXAMPLES.get(name, "x") for name in rule.arguments}
            _, path = rule.build(values, append_unknown=False) or ("", "")
            assert path, rule
            methods = sorted((rule.methods or set()) - {"HEAD"})
            found += [
                Route(rule.endpoint, path, method)
                for method in methods
                if addresses.match(path, method)[0] == rule.endpoint  # OPTIONS is of one alone
            ]
    return sorted(found, key=str)


ROUTES = routes()
GUARDED = [route for route in ROUTES if route.endpoint in NEEDS]
ROLES_TOO_LOW = [
    (route, role)
    for route in GUARDED
    for role in Role
    if NEEDS[route.endpoint].permission not in PERMISSIONS[role]
]


@pytest.fixture(scope="module")
def browser(lasting_var):
    """A browser at the staff site, without a cookie."""
    app = create_app("staff", lasting_var)
    yield app.test_client
    recorder_of(app).close()


@pytest.fixture(scope="module")
def database(browser) -> Database:
    return recorder_of(browser().application).database


def test_every_route_says_what_it_needs():
    served = {route.endpoint for route in ROUTES}
    listed = NEEDS.keys() | OPEN
    assert served - listed == set(), "say in search_api/access/needs.py what these need"
    assert listed - served == set(), "these are no more"
    assert NEEDS.keys() & OPEN == set()


def test_a_route_that_is_not_listed_is_refused_to_everybody(lasting_var):
    app = create_app("staff", lasting_var)
    app.add_url_rule("/new", "new", lambda: "new")
    app.add_url_rule("/api/v1/new", "new_api", lambda: "new")
    client = sign_in(app.test_client(), Role.ADMIN)
    assert client.get("/new").status_code == client.get("/api/v1/new").status_code == 403
    recorder_of(app).close()


def ask(client: FlaskClient, route: Route, **sent):
    return client.open(route.path, method=route.method, buffered=True, **sent)


# Who is nobody


def _anonymous(client: FlaskClient, _: Database) -> dict[str, str]:
    return {}


def _made_up_session(client: FlaskClient, _: Database) -> dict[str, str]:
    client.set_cookie(COOKIE, "x" * 43)
    return {}


def _ended_session(client: FlaskClient, database: Database) -> dict[str, str]:
    sign_in(client)
    _age(client, database, "started_at", timedelta(hours=12))
    return {}


def _idle_session(client: FlaskClient, database: Database) -> dict[str, str]:
    sign_in(client)
    _age(client, database, "seen_at", timedelta(minutes=60))
    return {}


def _signed_out(client: FlaskClient, _: Database) -> dict[str, str]:
    secret = new_session(recorder_of(client.application).database)
    client.set_cookie(COOKIE, secret)
    page = client.get("/").text
    token = page.split('name="csrf-token" content="')[1].split('"')[0]
    assert client.post("/sign-out", data={"csrf": token}).status_code == 303
    client.set_cookie(COOKIE, secret)
    return {}


def _disabled(client: FlaskClient, database: Database) -> dict[str, str]:
    sign_in(client, Role.ADMIN, "closed")
    Accounts(database).disable("closed")
    return {"Authorization": "Basic Y2xvc2VkOng="}


def _reopened(client: FlaskClient, database: Database) -> dict[str, str]:
    sign_in(client, Role.ADMIN, "reopened")
    Accounts(database).disable("reopened")
    Accounts(database).enable("reopened")
    return {}


def _session_as_token(client: FlaskClient, database: Database) -> dict[str, str]:
    return {"Authorization": f"Bearer {new_session(database)}"}


def _bad_token_beside_a_session(client: FlaskClient, _: Database) -> dict[str, str]:
    sign_in(client)
    return {"Authorization": "Bearer nonsense"}


def _public_token(client: FlaskClient, database: Database) -> dict[str, str]:
    """A good token, but of another store than this."""
    elsewhere = Database(f"sqlite:///{database.file}.other", tuple(Line))
    secret = _token(elsewhere, set(Scope))
    elsewhere.close()
    return {"Authorization": f"Bearer {secret}"}


def _expired_token(client: FlaskClient, database: Database) -> dict[str, str]:
    secret = _token(database, set(Scope))
    with database.writing() as connection:
        connection.execute(
            update(tables.tokens)
            .where(tables.tokens.c.name == "test")
            .values(expires_at=clock.now())
        )
    return {"Authorization": f"Bearer {secret}"}


def _revoked_token(client: FlaskClient, database: Database) -> dict[str, str]:
    secret = _token(database, set(Scope))
    Tokens(database).revoke("test")
    return {"Authorization": f"Bearer {secret}"}


def _token_as_cookie(client: FlaskClient, database: Database) -> dict[str, str]:
    client.set_cookie(COOKIE, _token(database, set(Scope)))
    return {}


def _spoofed_header(client: FlaskClient, database: Database) -> dict[str, str]:
    sign_in(client)
    client.delete_cookie(COOKIE)
    return {
        "X-Remote-User": "admin",
        "Remote-User": "admin",
        "X-Forwarded-User": "admin",
        "X-Forwarded-For": "127.0.0.1",
        "X-Proxy-Secret": "",
    }


NOBODY = [
    _anonymous,
    _made_up_session,
    _ended_session,
    _idle_session,
    _signed_out,
    _disabled,
    _reopened,
    _session_as_token,
    _bad_token_beside_a_session,
    _public_token,
    _expired_token,
    _revoked_token,
    _token_as_cookie,
    _spoofed_header,
]


@pytest.mark.parametrize("who", NOBODY, ids=lambda who: who.__name__.strip("_"))
def test_nobody_is_refused_everywhere(
    browser, database, who: Callable[[FlaskClient, Database], dict[str, str]]
):
    client: FlaskClient = browser()
    headers = who(client, database)
    for route in GUARDED:
        answer = ask(client, route, headers=headers)
        if is_for_programs(route.path):
            assert answer.status_code == 401, route
            assert answer.mimetype == "application/problem+json"
            assert answer.headers["WWW-Authenticate"] == "Bearer"
        else:
            assert answer.status_code == 303, route
            assert answer.location.partition("?")[0] == "/sign-in"
        assert "no-store" in answer.headers["Cache-Control"]
        assert "round sheet" not in answer.text


@pytest.mark.parametrize("path", ["/nowhere", "/api/v1/nowhere", "/places", "/problems/"])
def test_who_is_nobody_does_not_learn_what_there_is(browser, path):
    for method in ("GET", "POST"):
        assert browser().open(path, method=method).status_code in (303, 401)


# Who is somebody, but not for this


@pytest.mark.parametrize(("route", "role"), ROLES_TOO_LOW, ids=str)
def test_a_role_is_refused_what_it_is_not_for(browser, route, role):
    client = sign_in(browser(), role)
    answer = ask(client, route)
    assert answer.status_code == 403
    assert "round sheet" not in answer.text


@pytest.mark.parametrize("scope", [*Scope, None])
def test_a_token_opens_what_its_scopes_name_and_nothing_else(browser, database, scope):
    headers = {"Authorization": f"Bearer {_token(database, {scope} if scope else set())}"}
    for route in GUARDED:
        answer = ask(browser(), route, headers=headers)
        if scope is None or NEEDS[route.endpoint].scope is not scope:
            assert answer.status_code == 403, route
        else:
            assert answer.status_code not in (401, 403), route


@pytest.mark.parametrize("route", GUARDED, ids=str)
def test_the_role_that_a_route_is_for_gets_in(browser, route):
    needed = NEEDS[route.endpoint].permission
    role = next(role for role in Role if needed in PERMISSIONS[role])
    client = sign_in(browser(), role)
    headers = {"X-CSRF-Token": _csrf(client)}
    answer = ask(client, route, headers=headers)
    assert answer.status_code not in (401, 403)
    assert answer.location is None or "next=" not in answer.location


WRITING = [route for route in GUARDED if route.method not in ("GET", "OPTIONS")]


@pytest.mark.parametrize("route", WRITING, ids=str)
def test_what_writes_needs_the_token_of_the_session(browser, route):
    client = sign_in(browser())
    good = _csrf(client)
    other = _csrf(sign_in(browser()))
    assert other != good
    for headers in (
        {},
        {"X-CSRF-Token": ""},
        {"X-CSRF-Token": other},
        {"X-CSRF-Token": good, "Sec-Fetch-Site": "cross-site"},
        {"X-CSRF-Token": good, "Sec-Fetch-Site": "same-site"},
        {"X-CSRF-Token": good, "Origin": "https://evil.example"},
        {"X-CSRF-Token": good, "Origin": "null"},
    ):
        assert ask(client, route, headers=headers).status_code == 403
    form = ask(client, route, data={"csrf": other})
    assert form.status_code == 403


def test_the_public_application_has_none_of_this(lasting_var):
    app = create_app(Edition.PUBLIC, lasting_var)
    client = app.test_client()
    assert client.get("/").status_code == 200
    assert client.get("/sign-in").status_code == 404
    assert "csrf" not in client.get("/").text
    recorder_of(app).close()


def _age(client: FlaskClient, database: Database, column: str, by: timedelta) -> None:
    """Make the session of a browser older."""
    key = digest(client.get_cookie(COOKIE).value)
    with database.writing() as connection:
        connection.execute(
            update(tables.sessions)
            .where(tables.sessions.c.digest == key)
            .values({column: clock.now() - by})
        )


def _token(database: Database, scopes: set[Scope]) -> str:
    """A new token, in place of that of another test."""
    tokens = Tokens(database)
    if any(one.name == "test" for one in tokens.all()):
        tokens.revoke("test")
    return tokens.add("test", scopes, YEAR)


def _csrf(client: FlaskClient) -> str:
    return client.get("/").text.split('name="csrf-token" content="')[1].split('"')[0]
