"""While the store is away: who is signed in goes on, and nobody else gets in."""

from contextlib import contextmanager
from datetime import timedelta

import pytest

from kb.accounts.roles import Scope
from kb.accounts.tokens import Tokens
from kb.records.database import Database, RecordsAway, Refused
from search_api.access import recall
from search_api.access.recall import Recall
from search_api.recording import recorder_of
from tests.search_api.access.conftest import GOOD
from tests.search_api.signing import sign_in


@pytest.fixture
def away(monkeypatch):
    """Calling it takes the store away, and gives it back when it is called with False."""
    reading, writing = Database.reading, Database.writing

    @contextmanager
    def gone(self):
        raise RecordsAway("gone")
        yield

    def take(is_away=True):
        monkeypatch.setattr(Database, "reading", gone if is_away else reading)
        monkeypatch.setattr(Database, "writing", gone if is_away else writing)

    return take


def test_who_is_signed_in_goes_on_searching(browser, away):
    sign_in(browser)
    assert browser.get("/").status_code == 200
    away()
    for path in ("/", "/search?q=bin", "/api/v1/search?q=bin", "/articles/missed-bin"):
        assert browser.get(path).status_code == 200, path


def test_a_program_goes_on_too(app, browser, away):
    tokens = Tokens(recorder_of(app).database)
    headers = {
        "Authorization": f"Bearer {tokens.add('x', {Scope.SEARCH}, timedelta(days=1))}",
    }
    assert browser.get("/api/v1/services", headers=headers).status_code == 200
    away()
    assert browser.get("/api/v1/services", headers=headers).status_code == 200


def test_sessions_end_in_time_all_the_same(browser, away, time):
    sign_in(browser)
    browser.get("/")
    away()
    for _ in range(4):
        time.goes_on(minutes=50)
        assert browser.get("/").status_code == 200
    time.goes_on(minutes=61)
    assert browser.get("/").status_code == 303


def test_a_session_that_this_server_never_saw_is_not_known_and_that_is_said(browser, away):
    sign_in(browser)
    away()
    answer = browser.get("/")
    assert answer.status_code == 503
    assert "Nobody can be signed in just now" in answer.text
    assert browser.get("/api/v1/services").status_code == 503


def test_nobody_signs_in_and_that_is_said(browser, accounts, away):
    away()
    answer = browser.post("/sign-in", data={"name": "jo", "password": GOOD})
    assert answer.status_code == 503
    assert "Nobody can be signed in just now" in answer.text
    assert browser.get("/sign-in").status_code == 200


def test_who_signs_out_is_out_here(browser, away):
    sign_in(browser, writes=True)
    secret = browser.get_cookie("firstline").value
    browser.get("/")
    away()
    assert browser.post("/sign-out").status_code == 303
    assert browser.get_cookie("firstline") is None
    browser.set_cookie("firstline", secret)
    assert browser.get("/").status_code == 503


def test_who_was_shut_out_meanwhile_is_out_when_the_store_is_back(
    browser, accounts, away, monkeypatch
):
    now = [0.0]
    monkeypatch.setattr(recall.time, "monotonic", lambda: now[0])
    sign_in(browser, name="sam")
    browser.get("/")
    away()
    assert browser.get("/").status_code == 200
    away(False)
    accounts.disable("sam")
    assert browser.get("/").status_code == 200
    now[0] += recall.AWAY_S
    assert browser.get("/").status_code == 303


def test_a_store_that_can_only_be_read_lets_people_in(browser, time, monkeypatch):
    sign_in(browser)

    @contextmanager
    def refused(self):
        raise Refused("read-only")
        yield

    monkeypatch.setattr(Database, "writing", refused)
    time.goes_on(minutes=30)
    assert browser.get("/").status_code == 200


def test_the_store_is_not_asked_for_a_while_after_a_failure(monkeypatch):
    now = [0.0]
    monkeypatch.setattr(recall.time, "monotonic", lambda: now[0])
    known: Recall[str] = Recall()
    asked = []

    def fail():
        asked.append(1)
        raise RecordsAway("gone")

    assert known.ask("a", lambda: "one") == "one"
    for _ in range(5):
        assert known.ask("a", fail) == "one"
    assert len(asked) == 1
    with pytest.raises(RecordsAway):
        known.ask("b", fail)
    now[0] += recall.AWAY_S
    assert known.ask("a", lambda: None) is None
    with pytest.raises(RecordsAway):
        known.ask("a", fail)


def test_not_more_is_remembered_than_has_its_place(monkeypatch):
    monkeypatch.setattr(recall, "KEPT", 2)
    known: Recall[str] = Recall()
    for key in "abc":
        known.put(key, key)
    assert list(known._known) == ["b", "c"]
