"""Finding contacts over the API: agents see their own, managers all."""

from datetime import datetime
from uuid import uuid4

import pytest

from kb.accounts.roles import Scope
from kb.contacts.erasure import erase
from tests.search_api.contacts.made import CONTACTS, body


@pytest.fixture
def two(of_role):
    """Two agents, each of whom has taken a contact, and the ids of these."""
    clients = [of_role("agent", "one"), of_role("agent", "two")]
    sent = [body(notes="first"), body(notes="second", service=None)]
    for client, contact in zip(clients, sent, strict=True):
        assert client.post(CONTACTS, json=contact).status_code == 201
    return clients, [contact["id"] for contact in sent]


def notes(client, query: str = "") -> list[str]:
    answer = client.get(f"{CONTACTS}{query}")
    assert answer.status_code == 200, answer.json
    return [one["notes"] for one in answer.json["contacts"]]


def test_agents_see_their_own_and_managers_and_programs_all(two, manager, program):
    (one, other), _ = two
    assert notes(one) == ["first"]
    assert notes(other) == ["second"]
    assert notes(manager) == ["second", "first"]
    assert notes(program(Scope.CONTACTS_READ)) == ["second", "first"]
    assert program(Scope.CONTACTS_WRITE).get(CONTACTS).status_code == 403


def test_a_contact_is_shown_as_it_stands(two, manager):
    (one, _), (id_, _) = two
    sent = body(notes="better", outcome="abandoned")
    one.post(f"{CONTACTS}/{id_}/corrections", json=sent)
    answer = manager.get(f"{CONTACTS}?outcome=abandoned").json
    assert (answer["total"], answer["page"]) == (1, 1)
    (shown,) = answer["contacts"]
    assert set(shown) == {*sent, "seq", "at", "account", "team", "erased", "corrections"}
    assert (shown["id"], shown["notes"], shown["corrections"]) == (id_, "better", 1)
    assert (shown["seq"], shown["erased"], shown["team"]) == (3, False, None)
    assert datetime.fromisoformat(shown["started_at"]) == datetime.fromisoformat(sent["started_at"])


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?service=missed-bin", ["first"]),
        ("?service=-", ["second"]),
        ("?service=*", ["first"]),
        ("?channel=telephone&channel=letter", ["second", "first"]),
        ("?channel=letter", []),
        ("?outcome=abandoned&outcome=resolved&size=1", ["second"]),
        ("?size=1&page=2", ["first"]),
        ("?avoidable=*", []),
        ("?team=-&first=true", ["second", "first"]),
        ("?first=false", []),
        ("?from=2026-01-01", ["second", "first"]),
        ("?to=2026-01-01", []),
        ("?from=0001-01-01&to=9999-12-31", ["second", "first"]),
    ],
)
def test_contacts_are_asked_for_by_what_they_say(two, manager, query, found):
    assert notes(manager, query) == found


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("from=yesterday", "from"),
        ("channel=fax", "channel"),
        ("service=a+b", "service"),
        ("page=0", "page"),
        ("size=201", "size"),
        ("first=perhaps", "first"),
    ],
)
def test_a_question_that_does_not_fit_is_refused(manager, query, field):
    answer = manager.get(f"{CONTACTS}?{query}")
    assert answer.status_code == 400
    assert answer.json["errors"][0]["field"].split(".")[0] == field


def test_one_contact_is_shown_with_all_its_corrections(two, manager):
    (one, other), (id_, _) = two
    sent = body(notes="better")
    one.post(f"{CONTACTS}/{id_}/corrections", json=sent)
    for client in (one, manager):
        answer = client.get(f"{CONTACTS}/{id_}").json
        assert answer["id"] == id_
        assert [(version["id"], version["notes"]) for version in answer["versions"]] == [
            (id_, "first"),
            (sent["id"], "better"),
        ]
    assert other.get(f"{CONTACTS}/{id_}").status_code == 404


def test_what_is_not_there_is_not_found(manager):
    assert manager.get(f"{CONTACTS}/{uuid4()}").status_code == 404
    assert manager.get(f"{CONTACTS}/x").status_code == 400


def test_an_erased_contact_is_shown_without_its_texts(two, manager, chain):
    from uuid import UUID

    _, (id_, _) = two
    erase(chain, [UUID(id_)])
    (version,) = manager.get(f"{CONTACTS}/{id_}").json["versions"]
    assert (version["erased"], version["notes"], version["searches"]) == (True, "", [])
    assert (version["case"], version["opened"]) == (None, ["missed-bin"])


def test_contacts_are_kept_by_no_browser_and_known_to_no_public_site(manager, public):
    manager.post(CONTACTS, json=body())
    assert manager.get(CONTACTS).headers["Cache-Control"] == "private, no-store"
    for method in ("get", "post", "put", "delete"):
        assert getattr(public, method)(CONTACTS).status_code == 404


@pytest.mark.parametrize("day", ["7.3e-215", "1700000000", "20261102", "2026-W45-1", "2026-02-30"])
def test_a_day_that_is_no_date_is_refused(agent, day):
    assert agent.get(f"{CONTACTS}?from={day}").status_code == 400
