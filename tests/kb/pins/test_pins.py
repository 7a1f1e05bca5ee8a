"""Pinned notices in the store: which stand, and who pinned them."""

from datetime import date, datetime, time, timedelta
from uuid import uuid4

import pytest
from pydantic import ValidationError

from kb import clock
from kb.accounts.accounts import Accounts
from kb.accounts.roles import Role
from kb.article import Audience
from kb.pins.pins import Pin, pin, pin_log, purge, standing_pins, unpin

TODAY = date(2026, 11, 2)


@pytest.fixture(autouse=True)
def today(monkeypatch):
    days = [TODAY]
    monkeypatch.setattr(clock, "today", lambda: days[0])
    return days


def a_pin(text: str = "Bins are a day late", **fields) -> Pin:
    return Pin.model_validate({"text": text, "until": TODAY + timedelta(days=1), **fields})


def test_what_is_pinned_stands_up_to_and_including_its_last_day(staff, today):
    pin(staff, a_pin(services=["missed-bin"], queries=["bin late"]), uuid4())
    pin(staff, a_pin("Snow", until=TODAY), uuid4())
    first, second = standing_pins(staff)
    assert (first.text, second.text) == ("Snow", "Bins are a day late")
    assert (second.services, second.queries) == (("missed-bin",), ("bin late",))
    assert second.audience is Audience.PUBLIC
    today[0] += timedelta(days=1)
    assert [one.text for one in standing_pins(staff)] == ["Bins are a day late"]
    today[0] += timedelta(days=1)
    assert standing_pins(staff) == ()


def test_it_is_taken_down_once_and_the_log_says_by_whom(staff):
    who = Accounts(staff)
    jo, mo = who.add("jo", Role.MANAGER), who.add("mo", Role.MANAGER)
    pin(staff, a_pin(), jo.id)
    (one,) = pin_log(staff, 9)
    assert (one.who, one.stands, one.unpinned_by) == ("jo", True, "")
    unpin(staff, one.seq, mo.id)
    unpin(staff, one.seq, jo.id)
    unpin(staff, 999, jo.id)
    (one,) = pin_log(staff, 9)
    assert (one.stands, one.unpinned_by) == (False, "mo")
    assert standing_pins(staff) == ()


def test_a_text_is_brought_to_one_line():
    assert a_pin("  Bins are\r\n a day   late ").text == "Bins are a day late"


@pytest.mark.parametrize(
    "wrong",
    [
        {"text": "  "},
        {"text": "x" * 301},
        {"text": "a\u202eb"},
        {"until": TODAY - timedelta(days=1)},
        {"until": TODAY + timedelta(days=32)},
        {"services": ["Not an id"]},
        {"queries": ["x"]},
        {"queries": ["bins"] * 11},
    ],
)
def test_what_cannot_be_pinned_is_refused(wrong):
    with pytest.raises(ValidationError):
        a_pin(**{"text": "Bins", **wrong})


def test_what_ended_before_a_moment_is_taken_away(staff, today, monkeypatch):
    midnight = datetime.combine(TODAY, time(), clock.ZONE)
    pin(staff, a_pin("Ended", until=TODAY), uuid4())
    pin(staff, a_pin("Taken down"), uuid4())
    pin(staff, a_pin("Stands"), uuid4())
    monkeypatch.setattr(clock, "now", lambda: midnight + timedelta(hours=9))
    unpin(staff, 2, uuid4())
    assert purge(staff, midnight) == 0
    assert purge(staff, midnight + timedelta(days=1)) == 2
    assert [one.notice.text for one in pin_log(staff, 9)] == ["Stands"]
