"""`kb outbox`, as typed."""

import json
from datetime import timedelta

import pytest

from kb import clock
from kb.flags.keeping import take_in
from kb.handover.deliverer import Deliverer
from kb.handover.hooks import HookTarget
from kb.handover.settings import WebHook
from kb.handover.signing import new_secret, read_secret
from tests.kb.flags.made import flag

SECRET = new_secret()
CLOSED = "http://127.0.0.1:1/"
CONFIG = f'[[webhooks]]\nname = "crm"\nurl = "{CLOSED}"\nsecret = "{SECRET}"\n'


@pytest.fixture
def given_up(kb, tmp_path, database, monkeypatch):
    """A message to a receiver that is not there, given up."""
    (tmp_path / "kb.toml").write_text(CONFIG)
    take_in(database, [flag()])
    hook = WebHook.model_validate({"name": "crm", "url": CLOSED, "secret": SECRET})
    Deliverer(database, [HookTarget(hook)], give_up=timedelta(0)).deliver()


def test_a_secret_is_printed_alone(kb):
    assert len(read_secret(kb("outbox", "secret").stdout.strip())) == 32


def test_without_a_receiver_it_says_so(kb):
    result = kb("outbox", "status")
    assert (result.exit_code, result.stdout) == (0, "")
    assert "Nobody is told" in result.stderr
    assert json.loads(kb("outbox", "status", "--json").stdout) == {}


def test_what_was_given_up_is_said_and_can_be_tried_again(kb, given_up):
    result = kb("outbox", "status")
    assert result.exit_code == 1
    assert result.stdout.startswith("crm: 0 messages delivered; 1 given up; no connection:")
    assert SECRET not in result.output
    (figures,) = json.loads(kb("outbox", "status", "--json").stdout).values()
    assert (figures["given_up"], figures["known"]) == (1, True)
    again = kb("outbox", "retry", "1")
    assert (again.exit_code, again.stdout.strip()) == (0, "1 message will be sent again")
    waiting = kb("outbox", "status")
    assert waiting.exit_code == 0
    assert f"1 waiting since {clock.now().astimezone(clock.ZONE):%Y-%m-%d}" in waiting.stdout
    assert kb("outbox", "retry", "--target", "crm").exit_code == 0


def test_nothing_to_try_again_is_said(kb, given_up):
    assert kb("outbox", "retry", "99").exit_code == 1
    assert kb("outbox", "retry", "--target", "other").exit_code == 1
    assert kb("outbox", "retry").exit_code == 2


def test_what_is_no_longer_set_up_is_named(kb, given_up, tmp_path):
    (tmp_path / "kb.toml").unlink()
    assert "no longer set up" in kb("outbox", "status").stdout
