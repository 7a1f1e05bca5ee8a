"""The page of what other systems are told."""

from datetime import timedelta

import pytest

from kb.accounts.roles import Role
from kb.flags.keeping import take_in
from kb.handover.deliverer import Deliverer
from kb.handover.hooks import HookTarget
from kb.handover.log import statuses
from kb.handover.settings import WebHook
from kb.handover.signing import new_secret
from kb.records.database import RecordsAway
from kb.settings import Settings
from search_api import create_app
from search_api.handover import pages as module
from search_api.recording import recorder_of, recorders_of
from tests.kb.flags.made import flag
from tests.search_api.signing import sign_in

HOOK = WebHook.model_validate({"name": "crm", "url": "http://127.0.0.1:1/", "secret": new_secret()})


@pytest.fixture
def manager(council, var):
    app = create_app("staff", var, Settings(webhooks=(HOOK,)))
    yield sign_in(app.test_client(), Role.MANAGER, writes=True)
    for recorder in recorders_of(app):
        recorder.close()


@pytest.fixture
def store(manager):
    return recorder_of(manager.application).database


def test_it_shows_receivers_attempts_and_what_was_given_up(manager, store):
    take_in(store, [flag()])
    Deliverer(store, [HookTarget(HOOK)], timedelta(0)).deliver()
    page = manager.get("/outbox/").text
    assert "no connection" in page
    assert "<code>flag.raised</code>" in page
    answer = manager.post("/outbox/", data={"event": "1", "target": "crm"})
    assert (answer.status_code, answer.location) == (303, "/outbox/")
    (status,) = statuses(store, ["crm"])
    assert (status.given_up, status.waiting) == (0, 1)
    assert HOOK.secret.get_secret_value() not in page


def test_before_anything_happened_it_shows_who_is_set_up(manager):
    assert '<th scope="row">crm</th>' in manager.get("/outbox/").text
    assert "Blwch allan" in manager.get("/outbox/?lang=cy").text


def test_without_a_hook_it_says_so(staff):
    assert "no web hook is set up" in staff.get("/outbox/").text


@pytest.mark.parametrize("sent", [{}, {"event": "x", "target": "crm"}, {"event": "0"}])
def test_what_cannot_be_tried_again_ends_on_a_tidy_page(manager, sent):
    answer = manager.post("/outbox/", data=sent)
    assert (answer.status_code, answer.mimetype) == (400, "text/html")


def test_records_that_are_away_are_said_to_be(manager, monkeypatch):
    def away(*_: object) -> None:
        raise RecordsAway("sqlite:////somewhere/secret.db cannot be opened")

    monkeypatch.setattr(module, "statuses", away)
    response = manager.get("/outbox/")
    assert (response.status_code, b"secret.db" in response.data) == (503, False)
