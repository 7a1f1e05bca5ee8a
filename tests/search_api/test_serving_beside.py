"""What runs beside the staff site: messages go out, and what was pinned elsewhere is published."""

from datetime import timedelta
from uuid import uuid4

import pytest

from kb import clock
from kb.article import Edition
from kb.contacts.stores import chain_of
from kb.handover import deliverer
from kb.handover.settings import WebHook
from kb.handover.signing import new_secret
from kb.pins.pins import Pin, pin, pin_log, unpin
from kb.records.stores import store_of
from kb.settings import Settings
from search_api.pins import keeping
from tests.kb.contacts.made import report
from tests.kb.handover.receiver import Receiver
from tests.search_api.test_serve import get, serving
from tests.waiting import until


@pytest.fixture
def store(council, var):
    made = store_of(Edition.STAFF, Settings(), var)
    yield made
    made.close()


def test_contacts_are_told_to_web_hooks_once_each(store, var, monkeypatch):
    monkeypatch.setattr(deliverer, "EVERY_S", 0.05)
    receiver, secret = Receiver(), new_secret()
    hook = WebHook.model_validate({"name": "crm", "url": receiver.url, "secret": secret})
    chain = chain_of(store, var)
    chain.take_in([report("before")])
    try:
        with serving(var, webhooks=(hook,)):
            until(lambda: len(receiver.kept) == 1, seconds=60)
            chain.take_in([report("while it runs")])
            until(lambda: len(receiver.kept) == 2, seconds=60)
        with serving(var, webhooks=(hook,)):
            chain.take_in([report("after a restart")])
            until(lambda: len(receiver.kept) == 3, seconds=60)
    finally:
        receiver.close()
    assert [one.said["data"]["seq"] for one in receiver.received] == [1, 2, 3]
    assert all(one.is_signed_with(secret) for one in receiver.received)


def test_what_was_pinned_elsewhere_is_on_the_public_site_until_it_is_taken_down(
    store, var, monkeypatch
):
    monkeypatch.setattr(keeping, "EVERY_S", 0.05)
    until_ = clock.today() + timedelta(days=1)
    with serving(var) as (public, _):
        pin(store, Pin(text="Bins are a day late", until=until_), uuid4())
        until(lambda: "Bins are a day late" in get(public.url), seconds=60)
        unpin(store, pin_log(store, 1)[0].seq, uuid4())
        until(lambda: "Bins are a day late" not in get(public.url), seconds=60)
