"""A reverse proxy names whom it has let in: with its secret, from its address, or not at all."""

import pytest

from kb.accounts.account import Method
from kb.accounts.roles import Role
from tests.search_api.access.conftest import GOOD

SECRET = "s" * 40
PROXY = {"REMOTE_ADDR": "192.0.2.7"}
SAID = {"X-Remote-User": "jo", "X-Proxy-Secret": SECRET}


@pytest.fixture
def browser(desk, accounts):
    """A browser whose requests a proxy brings."""
    return desk(proxy_secret=SECRET, proxy_peers=("192.0.2.7", "2001:db8::/64")).test_client()


def test_who_is_named_is_signed_in_with_the_role_of_the_account(browser):
    page = browser.get("/problems", headers=SAID, environ_base=PROXY)
    assert page.status_code == 200
    assert "Signed in: jo" in page.text
    assert "Sign out" not in page.text


def test_the_session_needs_the_proxy_each_time(browser):
    browser.get("/", headers=SAID, environ_base=PROXY)
    assert browser.get_cookie("firstline") is not None
    assert browser.get("/", headers=SAID, environ_base=PROXY).headers.get("Set-Cookie") is None
    assert browser.get("/", environ_base=PROXY).status_code == 303
    assert browser.get("/", headers=SAID).status_code == 303


@pytest.mark.parametrize(
    ("headers", "address"),
    [
        (SAID, "192.0.2.8"),
        (SAID, "127.0.0.1"),
        (SAID, ""),
        (SAID, "192.0.2.7.evil"),
        (SAID, "2001:db8:0:1::1"),
        ({**SAID, "X-Forwarded-For": "192.0.2.7"}, "192.0.2.8"),
        ({"X-Remote-User": "jo"}, "192.0.2.7"),
        ({**SAID, "X-Proxy-Secret": ""}, "192.0.2.7"),
        ({**SAID, "X-Proxy-Secret": SECRET[:-1]}, "192.0.2.7"),
        ({**SAID, "X-Proxy-Secret": f"{SECRET}, {SECRET}"}, "192.0.2.7"),
        ({**SAID, "X-Remote-User": "nobody"}, "192.0.2.7"),
        ({**SAID, "X-Remote-User": ""}, "192.0.2.7"),
        ({**SAID, "X-Remote-User": "jo, admin"}, "192.0.2.7"),
        ({"X-Proxy-Secret": SECRET, "Remote-User": "jo"}, "192.0.2.7"),
    ],
)
def test_anything_less_is_nobody(browser, headers, address):
    environ = {"REMOTE_ADDR": address}
    assert browser.get("/", headers=headers, environ_base=environ).status_code == 303
    answer = browser.get("/api/v1/services", headers=headers, environ_base=environ)
    assert answer.status_code == 401
    assert browser.get_cookie("firstline") is None


@pytest.mark.parametrize("address", ["192.0.2.7", "::ffff:192.0.2.7", "2001:db8::1"])
def test_listed_addresses_and_networks_are_the_proxies(browser, address):
    answer = browser.get("/", headers=SAID, environ_base={"REMOTE_ADDR": address})
    assert answer.status_code == 200


def test_without_the_setting_no_header_counts(desk, accounts):
    browser = desk().test_client()
    assert browser.get("/", headers=SAID, environ_base=PROXY).status_code == 303


def test_a_disabled_account_is_nobody(browser, accounts):
    assert browser.get("/", headers=SAID, environ_base=PROXY).status_code == 200
    accounts.disable("jo")
    assert browser.get("/", headers=SAID, environ_base=PROXY).status_code == 303


def test_when_somebody_else_is_named_somebody_else_is_there(browser, accounts):
    accounts.add("sam", Role.AGENT)
    browser.get("/", headers=SAID, environ_base=PROXY)
    sam = {**SAID, "X-Remote-User": "SAM"}
    assert "Signed in: sam" in browser.get("/", headers=sam, environ_base=PROXY).text
    assert browser.get("/problems", headers=sam, environ_base=PROXY).status_code == 403


def test_the_proxys_word_goes_before_a_session_of_somebody_else(browser, accounts):
    accounts.add("sam", Role.ADMIN, password=GOOD)
    browser.post("/sign-in", data={"name": "sam", "password": GOOD})
    assert "Signed in: sam" in browser.get("/").text
    assert "Signed in: jo" in browser.get("/", headers=SAID, environ_base=PROXY).text


def test_what_writes_needs_the_token_here_too(browser):
    assert browser.post("/feedback", headers=SAID, environ_base=PROXY).status_code == 403
    page = browser.get("/", headers=SAID, environ_base=PROXY).text
    token = page.split('name="csrf-token" content="')[1].split('"')[0]
    sent = {"article": "missed-bin", "answered": "true", "csrf": token}
    answer = browser.post("/feedback", data=sent, headers=SAID, environ_base=PROXY)
    assert (answer.status_code, answer.location.partition("?")[0]) == (303, "/feedback/thanks")


def test_the_operator_names_the_header(desk, accounts):
    app = desk(
        proxy_secret=SECRET, proxy_peers=("192.0.2.7",), proxy_user_header="X-Authenticated-User"
    )
    named = {"X-Proxy-Secret": SECRET, "X-Authenticated-User": "jo"}
    assert app.test_client().get("/", headers=named, environ_base=PROXY).status_code == 200
    assert app.test_client().get("/", headers=SAID, environ_base=PROXY).status_code == 303


def test_the_session_says_how_it_began(browser, desk):
    assert {one.value for one in Method} == {"password", "header"}
