"""How to reach a person, as the API says it."""

from datetime import datetime

import pytest

from indexer.publish import Publisher
from kb import clock

AUTHORITY = """
name: Testshire Council
channels:
  telephone: 01632 960100
  email: ask@testshire.example
  hours: {mon: "09:00-17:00", exceptions: {2026-12-28: closed}}
  emergency: {telephone: 01632 960999, covers: for dangerous structures}
partners:
  - {id: brook, name: Brook Borough Council, telephone: 01632 960200}
"""


@pytest.fixture
def at(monkeypatch, council, var, public):
    """The contact answer at a moment."""
    council.write("authority.yml", AUTHORITY)
    Publisher(council.path, var).publish()

    def ask(*moment, path="/api/v1/contact", **headers):
        now = datetime(*moment, tzinfo=clock.ZONE)
        monkeypatch.setattr(clock, "now", lambda: now)
        return public.get(path, headers=headers)

    return ask


def test_everything_that_the_authority_says_is_there(at):
    answer = at(2026, 11, 2, 10).json
    assert (answer["name"], answer["telephone"]) == ("Testshire Council", "01632 960100")
    assert answer["email"] == "ask@testshire.example"
    assert answer["emergency"] == {
        "telephone": "01632 960999",
        "covers": "for dangerous structures",
    }
    assert answer["partners"] == [
        {
            "id": "brook",
            "name": "Brook Borough Council",
            "telephone": "01632 960200",
            "website": None,
        }
    ]
    assert answer["sms"] is None


def test_whether_somebody_answers_goes_with_the_clock_and_so_does_the_tag(at):
    morning = at(2026, 11, 2, 10)
    assert (morning.json["open"], morning.json["opening"]) == (True, "Open until 5pm")
    tag = morning.headers["ETag"]
    assert at(2026, 11, 2, 10, 30, if_none_match=tag).status_code == 304
    evening = at(2026, 11, 2, 18, if_none_match=tag)
    assert evening.status_code == 200
    assert evening.json["open"] is False
    assert "Opens" in evening.json["opening"]


def test_the_week_is_told_and_what_will_be_different(at):
    answer = at(2026, 12, 21, 10).json
    assert {"days": "Monday", "hours": "9am to 5pm"} in answer["week"]
    assert [line["hours"] for line in answer["different"]] == ["Closed"]


def test_it_is_told_in_welsh(at):
    answer = at(2026, 11, 2, 10, path="/api/v1/contact?lang=cy").json
    assert answer["opening"] != "Open until 5pm"
    assert "Dydd Llun" in {line["days"] for line in answer["week"]}


def test_an_authority_that_has_said_little_is_answered_all_the_same(public):
    answer = public.get("/api/v1/contact").json
    assert answer["telephone"] == "01632 960100"
    assert (answer["open"], answer["opening"], answer["week"]) == (None, None, [])


def test_a_language_that_is_none_is_refused(public):
    assert public.get("/api/v1/contact?lang=%22%3E").status_code == 400
