"""`/contacts/` as agents and managers see it."""

from uuid import UUID

import pytest

from kb.contacts.erasure import erase
from tests.search_api.contacts.made import CONTACTS, body


@pytest.fixture
def two(of_role):
    """Two agents, each of whom has taken a contact, and the ids of these."""
    clients = [of_role("agent", "one"), of_role("agent", "two")]
    sent = [body(notes="the first"), body(notes="the second", service=None)]
    for client, contact in zip(clients, sent, strict=True):
        assert client.post(CONTACTS, json=contact).status_code == 201
    return clients, [contact["id"] for contact in sent]


def notes(client, query: str = "") -> list[str]:
    said = client.get(f"/contacts/{query}").text
    return [words for words in ("the second", "the first") if words in said]


def test_agents_see_their_own_and_managers_all_with_who_took_it(two, manager):
    (one, other), _ = two
    assert notes(one) == ["the first"]
    assert notes(other) == ["the second"]
    assert notes(manager) == ["the second", "the first"]
    assert "Your contacts" in one.get("/contacts/").text
    said = manager.get("/contacts/").text
    assert "Your contacts" not in said
    assert "· two ·" in " ".join(said.split())


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?service=missed-bin", ["the first"]),
        ("?service=-&outcome=&channel=", ["the second"]),
        ("?answer=missed-bin&first=true", ["the second", "the first"]),
        ("?answer=-", []),
        ("?outcome=resolved&outcome=abandoned", ["the second", "the first"]),
        ("?first=false", []),
        ("?size=1", ["the second"]),
        ("?size=1&page=2&lang=cy", ["the first"]),
    ],
)
def test_they_are_chosen_by_what_they_say(two, manager, query, found):
    assert notes(manager, query) == found


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("?from=2026-01-01&to=2026-02-01", "1 January 2026 to 1 February 2026"),
        ("?from=2026-01-01", "From 1 January 2026"),
        ("?to=2026-01-01&first=false", "Up to 1 January 2026 · Repeat"),
        ("?service=-&team=-", "No service · No team"),
        ("?service=missed-bin&team=front", "Missed bin collection · front"),
        ("?channel=email&first=true", "E-mail · First contact"),
        ("?outcome=resolved&outcome=abandoned", "Resolved or Abandoned"),
        ("?avoidable=-&answer=-", "Not avoidable · No answer was opened"),
        ("?avoidable=*", "Avoidable: For any reason"),
        ("?answer=potholes", "Opened last: Potholes"),
    ],
)
def test_it_says_which_they_are(manager, query, said):
    assert f'<p class="wanted">{said}</p>' in manager.get(f"/contacts/{query}").text


def test_all_of_them_need_no_words(manager):
    assert 'class="wanted"' not in manager.get("/contacts/?service=*&team=*&answer=*").text


def test_pages_lead_to_each_other(two, manager):
    first = manager.get("/contacts/?size=1&channel=telephone").text
    assert 'rel="next" href="/contacts/?channel=telephone&amp;page=2&amp;size=1"' in first.replace(
        "size=1&amp;channel=telephone&amp;page=2", "channel=telephone&amp;page=2&amp;size=1"
    )
    assert 'rel="prev"' not in first
    second = manager.get("/contacts/?size=1&channel=telephone&page=2").text
    assert 'rel="prev"' in second
    assert 'rel="next"' not in second


@pytest.mark.parametrize("query", ["?from=yesterday", "?channel=fax", "?service=a+b", "?page=0"])
def test_a_question_that_does_not_fit_is_refused(manager, query):
    assert manager.get(f"/contacts/{query}").status_code == 400


def test_a_contact_is_shown_with_its_corrections(two, manager):
    (one, other), (id_, _) = two
    corrected = body(notes="much better", outcome="handed-over", handed_to="depot")
    one.post(f"{CONTACTS}/{id_}/corrections", json=corrected)
    for client in (one, manager):
        said = client.get(f"/contacts/{id_}").text
        assert said.index("the first") < said.index("much better")
        assert "this is how it stands" in said
        assert "Handed over: depot" in said
    assert other.get(f"/contacts/{id_}").status_code == 404
    assert "The record and its corrections" in one.get("/contacts/").text


@pytest.mark.parametrize("id_", ["00000000-0000-4000-8000-000000000000", "x"])
def test_what_is_not_there_is_not_found(manager, id_):
    assert manager.get(f"/contacts/{id_}").status_code == 404


def test_what_was_said_is_escaped_and_masked(manager):
    manager.post(CONTACTS, json=body(notes="<b>call</b> 01632 960111", searches=["<i>x</i>"]))
    said = manager.get("/contacts/").text
    assert "&lt;b&gt;call&lt;/b&gt; […]" in said
    assert "<i>x" not in said


def test_an_erased_contact_says_so(two, manager, chain):
    _, (id_, _) = two
    erase(chain, [UUID(id_)])
    said = manager.get(f"/contacts/{id_}").text
    assert "What was said is erased." in said
    assert "the first" not in said


def test_a_contact_is_in_the_language_of_the_page(two, manager):
    assert "Cysylltiadau" in manager.get("/contacts/?lang=cy").text


def test_the_public_site_has_no_such_page(public):
    assert public.get("/contacts/").status_code == 404
    assert public.get("/dashboard/").status_code == 404
