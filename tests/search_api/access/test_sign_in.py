"""Signing in and out."""

import re

import pytest

from kb.accounts.throttle import NAME
from kb.settings import Settings
from search_api.recording import recorder_of
from tests.search_api.access.conftest import GOOD


def sign_in(browser, name="jo", password=GOOD, headers=None, **fields):
    data = {"name": name, "password": password, **fields}
    return browser.post("/sign-in", data=data, headers=headers)


def csrf(page) -> str:
    return re.search(r'name="csrf-token" content="([0-9a-f]{64})"', page.text)[1]


def test_who_asks_for_a_page_signs_in_and_lands_on_it(browser, accounts):
    asked = browser.get("/search?q=missed+bin&kind=service")
    assert asked.status_code == 303
    form = browser.get(asked.location)
    assert form.status_code == 200
    wanted = re.search(r'name="next" value="([^"]*)"', form.text)[1].replace("&amp;", "&")
    answer = sign_in(browser, next=wanted)
    assert (answer.status_code, answer.location) == (303, "/search?q=missed+bin&kind=service")
    page = browser.get(answer.location)
    assert "round sheet" in browser.get("/articles/missed-bin").text
    assert "Signed in: jo" in page.text


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(browser, accounts):
    (cookie,) = sign_in(browser).headers.getlist("Set-Cookie")
    name, value = cookie.split(";")[0].split("=")
    assert name == "firstline"
    assert len(value) >= 43
    assert set(cookie.split("; ")[1:]) == {"HttpOnly", "Path=/", "SameSite=Lax"}


def test_behind_tls_the_cookie_is_bound_to_this_host(desk, accounts):
    browser = desk(staff_tls=True).test_client()
    answer = sign_in(browser)
    (cookie,) = answer.headers.getlist("Set-Cookie")
    assert cookie.startswith("__Host-firstline=")
    assert set(cookie.split("; ")[1:]) == {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"}
    value = cookie.split(";")[0].split("=")[1]
    assert browser.get("/", base_url="https://localhost").status_code == 200
    plain = desk(staff_tls=True).test_client()
    plain.set_cookie("firstline", value)
    assert plain.get("/").status_code == 303


def test_every_sign_in_has_a_new_id_and_ends_the_one_before(browser, accounts):
    browser.set_cookie("firstline", "of-somebody-who-waits")
    sign_in(browser)
    first = browser.get_cookie("firstline").value
    assert first != "of-somebody-who-waits"
    sign_in(browser)
    second = browser.get_cookie("firstline").value
    assert second != first
    browser.set_cookie("firstline", first)
    assert browser.get("/").status_code == 303


@pytest.mark.parametrize(
    ("name", "password"),
    [("jo", "wrong"), ("nobody", GOOD), ("", ""), ("jo", ""), ("jo'--", GOOD), ("jo\0", GOOD)],
)
def test_a_wrong_name_or_password_is_answered_alike(browser, accounts, name, password):
    answer = sign_in(browser, name, password)
    assert answer.status_code == 403
    assert "The name or the password is not right" in answer.text
    assert "Set-Cookie" not in answer.headers
    assert GOOD not in answer.text


def test_what_was_typed_as_name_comes_back_escaped_and_the_password_never(browser, accounts):
    page = sign_in(browser, '"><script>x</script>', "secret-" * 3).text
    assert "<script" not in page
    assert "secret-" not in page
    assert 'role="alert"' in page
    assert "<title>Error: Sign in" in page


def test_too_many_attempts_have_to_wait_and_are_told_how_long(browser, accounts, time):
    for _ in range(NAME.free + 1):
        assert sign_in(browser, password="wrong").status_code == 403
    answer = sign_in(browser)
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "2")
    assert "Try again in 2 seconds." in answer.text
    for wait in (2, 4, 8, 16, 32, 64):
        time.goes_on(seconds=wait)
        assert sign_in(browser, password="wrong").status_code == 403
    assert "Try again in 3 minutes." in sign_in(browser).text
    assert "munud" in browser.post("/sign-in?lang=cy", data={"name": "jo", "password": "x"}).text


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 303),
        ({"Origin": "http://localhost"}, 303),
        ({"Sec-Fetch-Site": "same-origin", "Origin": "http://localhost"}, 303),
        ({"Sec-Fetch-Site": "none"}, 303),
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": "http://localhost.evil.example"}, 403),
        ({"Origin": "http://localhost:9"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": ""}, 403),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Sec-Fetch-Site": "cross-site", "Origin": "http://localhost"}, 403),
    ],
)
def test_no_other_site_signs_anybody_in(browser, accounts, headers, status):
    assert sign_in(browser, headers=headers).status_code == status


@pytest.mark.parametrize(
    "wanted",
    [
        *("https://evil.example/", "//evil.example", "/\\evil.example", "\\\\evil.example"),
        *("/\t/evil.example", "/\n/evil.example", "javascript:alert(1)", "evil.example", "", " /"),
        *(
            "///evil.example",
            "/%0d%0aSet-Cookie:x=1\r\nX: y",
            "/" + "a" * 3000,
            "http:evil.example",
        ),
    ],
)
def test_signing_in_leads_to_pages_of_this_site_alone(browser, accounts, wanted):
    answer = sign_in(browser, next=wanted)
    assert (answer.status_code, answer.location) == (303, "/")
    assert "evil" not in browser.get("/sign-in", query_string={"next": wanted}).location


def test_who_is_signed_in_needs_not_sign_in(browser, accounts):
    sign_in(browser)
    answer = browser.get("/sign-in?next=/places/")
    assert (answer.status_code, answer.location) == (303, "/places/")


def test_signing_out_ends_the_session_and_takes_the_cookie(browser, accounts):
    sign_in(browser)
    secret = browser.get_cookie("firstline").value
    answer = browser.post("/sign-out", data={"csrf": csrf(browser.get("/"))})
    assert (answer.status_code, answer.location) == (303, "/sign-in")
    assert browser.get_cookie("firstline") is None
    browser.set_cookie("firstline", secret)
    assert browser.get("/").status_code == 303


def test_no_other_site_signs_anybody_out(browser, accounts):
    sign_in(browser)
    assert browser.post("/sign-out").status_code == 403
    assert browser.get("/sign-out").status_code == 405
    assert browser.get("/").status_code == 200


def test_a_session_ends_by_itself(browser, accounts, time):
    sign_in(browser)
    time.goes_on(minutes=59)
    assert browser.get("/").status_code == 200
    time.goes_on(minutes=59)
    assert browser.get("/").status_code == 200
    time.goes_on(minutes=61)
    assert browser.get("/").status_code == 303


def test_the_operator_sets_how_long_sessions_last(desk, accounts, time):
    browser = desk(session_idle_minutes=5, session_hours=1).test_client()
    sign_in(browser)
    time.goes_on(minutes=6)
    assert browser.get("/").status_code == 303
    sign_in(browser)
    for _ in range(15):
        assert browser.get("/").status_code == 200
        time.goes_on(minutes=4)
    assert browser.get("/").status_code == 303


def test_a_form_is_bound_to_its_session(browser, accounts, app):
    sign_in(browser)
    token = csrf(browser.get("/"))
    page = browser.get("/articles/missed-bin").text
    assert page.count(f'name="csrf" value="{token}"') == 3  # sign out, yes, no
    sent = {"article": "missed-bin", "answered": "true"}
    assert browser.post("/feedback", data=sent).status_code == 403
    assert browser.post("/feedback", data={**sent, "csrf": token}).status_code == 303
    said = {"article": "missed-bin", "answered": True}
    assert browser.post("/api/v1/feedback", json=said).status_code == 403
    headers = {"X-CSRF-Token": token}
    assert browser.post("/api/v1/feedback", json=said, headers=headers).status_code == 202


def test_the_page_shows_what_a_role_may_see(browser, accounts):
    from kb.accounts.roles import Role

    accounts.add("agent", Role.AGENT, password=GOOD)
    sign_in(browser)
    assert "/problems" in browser.get("/").text
    sign_in(browser, "agent")
    assert "/problems" not in browser.get("/").text
    refused = browser.get("/problems")
    assert refused.status_code == 403
    assert "not allowed" in refused.text


def test_the_sign_in_page_speaks_welsh_and_keeps_it(browser, accounts):
    asked = browser.get("/places/?lang=cy")
    assert "lang=cy" in asked.location
    page = browser.get(asked.location).text
    assert "Mewngofnodi" in page
    assert 'action="/sign-in?lang=cy"' in page


def test_the_sign_in_page_leads_nowhere_that_asks_to_sign_in(browser):
    page = browser.get("/sign-in").text
    for target in set(re.findall(r'(?:href|src|action)="(/[^"]*)"', page)):
        if target not in ("/", "#main"):
            answer = browser.get(target.replace("&amp;", "&"), buffered=True)
            assert answer.status_code == 200, target


def test_the_sign_in_page_is_there_before_anything_is_published(tmp_path, desk):
    from search_api import create_app

    app = create_app("staff", tmp_path / "empty", Settings())
    assert "Sign in" in app.test_client().get("/sign-in").text
    recorder_of(app).close()


def test_no_page_of_the_staff_site_is_stored(browser, accounts):
    for path in ("/sign-in", "/", "/api/v1/services"):
        assert "no-store" in browser.get(path).headers["Cache-Control"]
    assert "no-store" in sign_in(browser).headers["Cache-Control"]
    assert "no-store" in browser.get("/").headers["Cache-Control"]


def test_a_view_is_told_whose_request_it_is(app, accounts):
    from kb.accounts.roles import Permission
    from search_api import access
    from search_api.access import needs

    app.add_url_rule("/me", "me", lambda: f"{access.account().name} {access.account().role}")
    browser = app.test_client()
    sign_in(browser)
    needs.NEEDS["me"] = needs.Need(Permission.READ)
    try:
        assert browser.get("/me").text == "jo editor"
    finally:
        del needs.NEEDS["me"]
