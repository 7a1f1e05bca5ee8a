"""Delivering to a real receiver: signed, in order, again after failures, and each message known."""

import json
from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select

from kb.contacts.chain import NoSuchContact
from kb.contacts.erasure import erase
from kb.flags.keeping import take_in
from kb.handover import deliverer as module
from kb.handover.deliverer import LONGEST_WAIT_S, wait_after
from kb.handover.log import attempts, given_up, retry, statuses
from kb.handover.outbox import purge
from kb.handover.tables import outbox
from tests.kb.contacts.made import report
from tests.kb.flags.made import flag
from tests.kb.handover.conftest import SECRET

pytestmark = pytest.mark.usefixtures("waits")


def test_a_contact_is_posted_as_signed_json(chain, make, receiver):
    contact = report("She is furious", outcome="handed-over", handed_to="waste-desk", case="CRM-7")
    chain.take_in([contact])
    assert make().deliver() == 2
    first, second = receiver.received
    assert first.path == "/hooks?from=desk"
    assert first.headers["content-type"] == "application/json"
    assert first.headers["host"] == f"127.0.0.1:{receiver.port}"
    assert first.is_signed_with(SECRET)
    assert not first.is_signed_with("whsec_" + "A" * 44)
    assert (first.said["type"], second.said["type"]) == (
        "contact.recorded",
        "contact.handed_over",
    )
    data = first.said["data"]
    assert (data["id"], data["contact"], data["seq"]) == (str(contact.id), str(contact.id), 1)
    assert (data["outcome"], data["handed_to"], data["case"]) == (
        "handed-over",
        "waste-desk",
        "CRM-7",
    )
    assert first.id != second.id


def test_texts_are_sent_only_where_the_operator_wants_them(chain, staff, make, receiver):
    chain.take_in([report("She is furious")])
    take_in(staff, [flag(comment="Wrong days", query="bin days")])
    make().deliver()
    assert not {"notes", "searches", "path", "account"} & receiver.received[0].said["data"].keys()
    assert not {"comment", "query", "trail", "account"} & receiver.received[1].said["data"].keys()
    said = json.dumps([one.said for one in receiver.received])
    assert "furious" not in said
    assert "bin" not in json.dumps(receiver.received[1].said).replace("missed-bin", "")
    receiver.received.clear()
    chain.take_in([report("She is furious")])
    make(texts=True).deliver()
    assert receiver.received[0].said["data"]["notes"] == "She is furious"


def test_what_is_erased_before_it_is_sent_is_not_sent(chain, make, receiver):
    contact = report("She is furious")
    chain.take_in([contact])
    erase(chain, [contact.id])
    make(texts=True).deliver()
    assert receiver.received[0].said["data"]["notes"] == ""


def test_a_correction_and_a_flag_are_told_and_a_hand_over_only_when_it_is_new(
    chain, staff, make, receiver
):
    contact = report(outcome="handed-over", handed_to="waste-desk")
    chain.take_in([contact])
    for to in ("waste-desk", "roads"):
        chain.take_in([report(corrects=contact.id, outcome="handed-over", handed_to=to)])
    take_in(staff, [flag()])
    make().deliver()
    assert [one.said["type"] for one in receiver.received] == [
        "contact.recorded",
        "contact.handed_over",
        "contact.corrected",
        "contact.corrected",
        "contact.handed_over",
        "flag.raised",
    ]
    assert receiver.received[4].said["data"]["contact"] == str(contact.id)
    assert receiver.received[5].said["data"]["article"] == "missed-bin"


def test_what_was_undone_is_told_to_nobody_and_what_came_twice_once(chain, make, receiver):
    contact = report()
    with pytest.raises(NoSuchContact):
        chain.take_in([report(), report(corrects=uuid4())])
    chain.take_in([contact, contact])
    chain.take_in([contact])
    make().deliver()
    assert [one.said["data"]["id"] for one in receiver.received] == [str(contact.id)]


def test_each_receiver_is_told_what_it_asked_for(chain, staff, make, receiver):
    chain.take_in([report(outcome="handed-over", handed_to="waste-desk")])
    take_in(staff, [flag()])
    make(events=["contact.handed_over"]).deliver()
    assert [one.said["type"] for one in receiver.received] == ["contact.handed_over"]


def test_a_receiver_that_is_set_up_later_is_told_what_happens_from_then_on(chain, make, receiver):
    chain.take_in([report()])
    make().deliver()
    chain.take_in([report()])
    make(name="other").deliver()
    assert len(receiver.received) == 2
    assert receiver.received[1].said["data"]["seq"] == 2


@pytest.mark.parametrize("status", [500, 503, 429, 408])
def test_one_that_cannot_take_it_now_is_tried_again_and_all_wait_in_order(
    chain, make, receiver, time, status
):
    chain.take_in([report(), report()])
    receiver.answers = [status, status]
    deliverer = make()
    assert deliverer.deliver() == 1
    assert deliverer.deliver() == 0
    time.passes(seconds=4)
    assert deliverer.deliver() == 0
    time.passes(seconds=2)
    assert deliverer.deliver() == 1
    time.passes(seconds=11)
    assert deliverer.deliver() == 2
    assert [one.said["data"]["seq"] for one in receiver.received] == [1, 1, 1, 2]
    assert [one.said["data"]["seq"] for one in receiver.kept] == [1, 2]


@pytest.mark.parametrize("status", [400, 404, 410, 301, 302, 307])
def test_one_message_that_is_refused_holds_up_no_other(chain, make, receiver, time, status):
    chain.take_in([report(), report()])
    receiver.answers = [status]
    deliverer = make()
    assert deliverer.deliver() == 2
    time.passes(seconds=6)
    assert deliverer.deliver() == 1
    assert [one.said["data"]["seq"] for one in receiver.received] == [1, 2, 1]
    assert {one.path for one in receiver.received} == {"/hooks?from=desk"}


def test_after_some_days_a_message_is_given_up_and_can_be_tried_again(
    chain, staff, make, receiver, time
):
    chain.take_in([report()])
    receiver.default = 500
    deliverer = make()
    tries = 0
    while not given_up(staff, 9):
        tries += deliverer.deliver()
        time.passes(minutes=61)
        assert tries < 200
    assert 60 < tries < 90
    time.passes(days=9)
    assert deliverer.deliver() == 0
    (status,) = statuses(staff, ["crm"])
    assert (status.given_up, status.waiting, status.problem) == (1, 0, "it answered 500")
    receiver.default = 204
    assert retry(staff, event=given_up(staff, 9)[0].event) == 1
    assert deliverer.deliver() == 1
    assert given_up(staff, 9) == ()
    assert len(receiver.kept) == 1


def test_every_attempt_is_in_the_log(chain, staff, make, receiver, time):
    chain.take_in([report()])
    receiver.answers = [500]
    deliverer = make()
    deliverer.deliver()
    time.passes(seconds=6)
    deliverer.deliver()
    assert [(one.status, one.type) for one in attempts(staff, 9)] == [
        (204, "contact.recorded"),
        (500, "contact.recorded"),
    ]
    (status,) = statuses(staff, [])
    assert (status.delivered, status.known, status.problem) == (1, False, "")


def test_one_whose_record_is_no_more_is_given_up(chain, staff, make, receiver):
    with staff.writing() as connection:
        from kb.handover.events import EventType
        from kb.handover.outbox import Happened, note

        note(connection, Happened(EventType.CONTACT_RECORDED, uuid4()))
    chain.take_in([report()])
    make().deliver()
    assert len(receiver.received) == 1
    assert [one.event for one in given_up(staff, 9)] == [1]


def test_what_is_too_old_goes_with_its_log(chain, staff, make, receiver, time):
    chain.take_in([report()])
    make().deliver()
    time.passes(days=90)
    chain.take_in([report()])
    assert purge(staff, time.now - timedelta(days=60)) == 1
    assert attempts(staff, 9) == ()
    with staff.reading() as connection:
        assert len(connection.execute(select(outbox)).all()) == 1


def test_the_waits_grow_to_an_hour_and_are_never_the_same(monkeypatch):
    monkeypatch.undo()
    waits = [wait_after(failures).total_seconds() for failures in range(1, 40)]
    for failures, wait in enumerate(waits):
        longest = min(LONGEST_WAIT_S, 5 * 2**failures)
        assert longest / 2 <= wait <= longest
    assert len({wait_after(9) for _ in range(20)}) > 1


def test_without_anything_to_do_nothing_is_written(staff, make, monkeypatch):
    deliverer = make()
    monkeypatch.setattr(module.Lease, "hold", lambda self: pytest.fail("it was written"))
    assert deliverer.deliver() == 0
