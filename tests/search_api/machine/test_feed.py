"""The feed: what RFC 4287 asks of one, and the right articles in it."""

import uuid
from datetime import date, datetime, timedelta
from urllib.parse import urlsplit
from xml.etree import ElementTree

import pytest

from indexer.publish import Publisher
from kb import clock
from kb.settings import Settings
from search_api import create_app
from search_api.machine import feed as feed_module

ATOM = "{http://www.w3.org/2005/Atom}"


def feed(client, **options):
    response = client.get("/feed.xml", **options)
    assert response.status_code == 200
    assert response.mimetype == "application/atom+xml"
    return ElementTree.fromstring(response.data)


def only(element, name):
    """The text of a part that must stand exactly once."""
    (found,) = element.findall(f"{ATOM}{name}")
    return found.text or ""


def entries(client):
    return {only(entry, "title"): entry for entry in feed(client).findall(f"{ATOM}entry")}


def test_the_feed_and_each_entry_have_what_the_standard_asks_for(public):
    """RFC 4287, 4.1.1 and 4.1.2: one id, title and time each, an author, links that differ."""
    whole = feed(public)
    parts = [whole, *whole.findall(f"{ATOM}entry")]
    assert len(parts) == 5
    for part in parts:
        assert uuid.UUID(only(part, "id").removeprefix("urn:uuid:"))
        assert only(part, "title")
        assert datetime.fromisoformat(only(part, "updated")).tzinfo is not None
        links = part.findall(f"{ATOM}link")
        assert all(urlsplit(link.get("href")).netloc for link in links)
        kinds = [(link.get("rel"), link.get("type"), link.get("hreflang")) for link in links]
        assert len(set(kinds)) == len(kinds)
    assert len({only(part, "id") for part in parts}) == len(parts)
    assert whole.find(f"{ATOM}author/{ATOM}name").text == "Testshire Council"
    (own,) = [link for link in whole.findall(f"{ATOM}link") if link.get("rel") == "self"]
    assert own.get("href") == "http://localhost/feed.xml"
    times = [only(part, "updated") for part in parts]
    assert times[0] == max(times)


def test_an_edition_without_an_article_has_a_feed(content, var):
    Publisher(content.path, var).publish()
    whole = feed(create_app("public", var).test_client())
    assert whole.findall(f"{ATOM}entry") == []
    assert datetime.fromisoformat(only(whole, "updated"))


def test_an_entry_leads_to_its_article_and_says_its_answer(public):
    entry = entries(public)["Missed bin collection"]
    assert entry.find(f"{ATOM}link").get("href") == "http://localhost/articles/missed-bin"
    assert only(entry, "summary") == "Report it within two working days."


def test_ids_stay_when_the_site_moves(council, var, public):
    moved = create_app("public", var, Settings(public_url="https://new.example")).test_client()
    assert {only(entry, "id") for entry in entries(moved).values()} == {
        only(entry, "id") for entry in entries(public).values()
    }


def test_what_was_changed_last_comes_first_and_the_rest_keep_their_times(
    council, var, public, monkeypatch
):
    before = {title: only(entry, "updated") for title, entry in entries(public).items()}
    council.article("services/potholes.md", title="Holes in roads", verified=date(2020, 1, 1))
    council.article("guides/old.md", verified=date(2020, 1, 1))
    later = clock.now() + timedelta(minutes=1)
    monkeypatch.setattr(clock, "now", lambda: later)
    Publisher(council.path, var).publish()
    after = {title: only(entry, "updated") for title, entry in entries(public).items()}
    assert set(list(after)[:2]) == {"Holes in roads", "Old"}
    kept = before.keys() & after.keys()
    assert len(kept) == 3
    assert {title: after[title] for title in kept} == {title: before[title] for title in kept}


def test_only_so_many_are_in_it(public, monkeypatch):
    monkeypatch.setattr(feed_module, "ENTRIES", 2)
    assert len(entries(public)) == 2


@pytest.mark.parametrize(
    "text", ["<b>&amp;</b> ]]> \"'", "a bell \x07 and an escape \x1b", "\ufffe 🗑", "&#7; &#xffff;"]
)
def test_any_text_makes_a_feed_that_can_be_read(council, var, text):
    council.article("faqs/odd.md", text)
    Publisher(council.path, var).publish()
    assert "Odd" in entries(create_app("public", var).test_client())


def test_translations_are_entries_in_their_own_language(council, var, public):
    council.article("services/potholes.cy.md", title="Tyllau", body="Tyllau yn y ffordd.")
    Publisher(council.path, var).publish()
    entry = entries(public)["Tyllau"]
    assert entry.get("{http://www.w3.org/XML/1998/namespace}lang") == "cy"
    assert entry.find(f"{ATOM}link").get("href").endswith("/articles/potholes?lang=cy")
