"""Recording a call without scripts: a form, a confirmation, and a way to put it right."""

import re
from datetime import datetime, timedelta

import pytest

from kb import clock
from kb.accounts.roles import Role
from tests.search_api.signing import sign_in


def filled(page: str) -> dict[str, str]:
    """What a browser without scripts would send of the outcome bar as it stands."""
    form = page[page.index('<form class="outcome"') :]
    form = form[: form.index("</form>")]
    fields: dict[str, str] = {}
    for tag in re.findall(r"<input [^>]*>", form):
        named = dict(re.findall(r'(\w+)="([^"]*)"', tag))
        if "name" in named and named.get("type") != "checkbox":
            fields[named["name"]] = named.get("value", "")
    for name, options in re.findall(r'<select name="(\w+)">(.*?)</select>', form, re.DOTALL):
        chosen = re.search(r'<option value="([^"]*)" selected', options)
        first = re.search(r'<option value="([^"]*)"', options)
        found = chosen or first
        assert found
        fields[name] = found[1]
    fields["checked"] = "" if " checked" not in form else "1"
    return fields


def send(desk, page: str, **said: str):
    fields = filled(page)
    fields["repeat"] = fields.pop("checked")
    return desk.post("/desk/contacts", data={**fields, **said})


def recorded(desk):
    (contact,) = desk.get("/api/v1/contacts").json["contacts"]
    return contact


def test_a_call_is_searched_opened_and_recorded(desk):
    began = datetime.now(clock.ZONE) - timedelta(minutes=3)
    page = desk.get(
        "/desk/", query_string={"q": "bins", "open": "bins", "began": began.isoformat()}
    )
    response = send(desk, page.text, outcome="resolved", channel="in-person", notes="Round 4")
    assert response.status_code == 303
    contact = recorded(desk)
    assert contact["outcome"] == "resolved"
    assert contact["channel"] == "in-person"
    assert contact["notes"] == "Round 4"
    assert contact["searches"] == ["bins"]
    assert contact["opened"] == ["bins"]
    assert contact["answered_by"] == contact["service"] == "bins"
    assert contact["first"] is True
    assert contact["handed_to"] is contact["call_back_by"] is None
    assert datetime.fromisoformat(contact["started_at"]) == began
    after = desk.get(response.location).text
    assert "Recorded." in after
    assert f"/desk/contacts/{contact['id']}" in after
    assert filled(after)["channel"] == "in-person"
    assert filled(after)["answered_by"] == ""


def test_it_is_handed_over_to_whom_the_answer_says_unless_somebody_else_is_chosen(desk):
    page = desk.get("/desk/?open=bins").text
    assert filled(page)["handed_to"] == "mac"
    assert send(desk, page, outcome="handed-over", handed_to="water").status_code == 303
    assert recorded(desk)["handed_to"] == "water"


def test_a_call_back_is_promised_by_the_end_of_the_next_working_day(desk, monkeypatch):
    friday = datetime(2026, 11, 20, 16, 45, tzinfo=clock.ZONE)
    monkeypatch.setattr(clock, "now", lambda: friday)
    assert filled(desk.get("/desk/").text)["call_back_by"] == "2026-11-23T17:00"
    offered = desk.get("/desk/times").text
    said = re.findall(r">([^<]+)</button>", offered)
    assert said == ["Mon 23 November, midday", "Mon 23 November, 5pm", "Tue 24 November, 5pm"]
    monkeypatch.setattr(clock, "now", lambda: friday - timedelta(hours=2))
    assert "Today, 5pm" in desk.get("/desk/times").text


def test_a_promise_is_local_time(desk):
    by = datetime.now(clock.ZONE).replace(second=0, microsecond=0) + timedelta(days=2)
    page = desk.get("/desk/").text
    send(desk, page, outcome="call-back", call_back_by=f"{by:%Y-%m-%dT%H:%M}")
    assert datetime.fromisoformat(recorded(desk)["call_back_by"]) == by


def test_the_form_sent_twice_is_one_contact(desk):
    fields = {**filled(desk.get("/desk/?q=bins").text), "outcome": "abandoned"}
    first = desk.post("/desk/contacts", data=fields)
    again = desk.post("/desk/contacts", data=fields)
    assert first.status_code == again.status_code == 303
    assert first.location == again.location
    other = desk.post("/desk/contacts", data={**fields, "outcome": "resolved"})
    assert other.status_code == 400
    assert recorded(desk)["outcome"] == "abandoned"


def test_a_contact_is_put_right_by_a_correction_that_keeps_its_trail(desk):
    page = desk.get("/desk/?q=bins&open=bins").text
    to = send(desk, page, outcome="resolved", notes="Round 4", repeat="1").location
    before = recorded(desk)
    correcting = desk.get(f"/desk/contacts/{before['id']}").text
    assert "Put right what is wrong" in correcting
    assert filled(correcting)["notes"] == "Round 4"
    assert filled(correcting)["checked"] == "1"
    assert send(desk, correcting, outcome="handed-over", handed_to="waste").location == to
    after = recorded(desk)
    assert after["id"] == before["id"]
    assert after["corrections"] == 1
    assert after["outcome"] == "handed-over"
    assert [after[name] for name in ("searches", "opened", "started_at", "ended_at")] == [
        before[name] for name in ("searches", "opened", "started_at", "ended_at")
    ]


@pytest.mark.parametrize(
    ("said", "problem"),
    [
        ({}, "Say how the call went."),
        ({"outcome": "sold"}, "Say how the call went."),
        ({"outcome": "handed-over", "handed_to": ""}, "Say whom it was handed over to."),
        ({"outcome": "call-back", "call_back_by": ""}, "Say by when"),
        ({"outcome": "call-back", "call_back_by": "2001-01-01T10:00"}, "Say by when"),
        ({"outcome": "call-back", "call_back_by": "soon"}, "This cannot be recorded as it is."),
        ({"outcome": "resolved", "case": "jo@home.example"}, "A case reference has"),
        ({"outcome": "resolved", "notes": "x" * 2001}, "Make the notes shorter"),
        ({"outcome": "resolved", "avoidable": "bad-luck"}, "This cannot be recorded as it is."),
        ({"outcome": "resolved", "id": "1"}, "This cannot be recorded as it is."),
        ({"outcome": "resolved", "started_at": "then"}, "This cannot be recorded as it is."),
        ({"outcome": "resolved", "corrects": "x"}, "This cannot be recorded as it is."),
    ],
)
def test_what_cannot_be_recorded_is_said_and_nothing_filled_in_is_lost(desk, said, problem):
    page = desk.get("/desk/?q=bins&open=bins").text
    response = send(desk, page, **{"notes": "Round 4", **said})
    assert response.status_code == 400
    assert problem in response.text
    assert "Missed bins" in response.text
    assert filled(response.text)["notes"] == said.get("notes", "Round 4")
    assert desk.get("/api/v1/contacts").json["total"] == 0


def test_nobody_puts_right_what_somebody_else_took(desk):
    send(desk, desk.get("/desk/").text, outcome="resolved")
    theirs = recorded(desk)["id"]
    agent = sign_in(desk.application.test_client(), Role.AGENT, "kim", writes=True)
    assert agent.get(f"/desk/contacts/{theirs}").status_code == 404
    page = agent.get("/desk/").text
    assert send(agent, page, outcome="resolved", corrects=theirs).status_code == 400
    assert agent.get("/desk/contacts/none").status_code == 404


def test_a_form_of_another_site_records_nothing(desk, anonymous):
    page = desk.get("/desk/").text
    other = sign_in(anonymous, Role.AGENT, "lee")
    fields = {**filled(page), "outcome": "resolved"}
    assert other.post("/desk/contacts", data=fields).status_code in (400, 403)
    assert desk.get("/api/v1/contacts").json["total"] == 0
