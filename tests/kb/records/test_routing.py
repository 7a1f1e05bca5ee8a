"""Whose a complaint or a compliment is."""

import pytest

from kb.records.journal import write
from kb.records.routing import OwnersUnknown, owners, route
from tests.kb.records.made import feedback

OWNERS = {"bins": "waste-desk", "roads": None}


def owner_of(article: str) -> str | None:
    return OWNERS.get(article)


@pytest.fixture
def said(staff):
    entries = {
        "bins": feedback("complaint", comment="x", article="bins"),
        "roads": feedback("compliment", comment="x", article="roads"),
        "gone": feedback("complaint", comment="x", article="no-longer-there"),
        "none": feedback("complaint", comment="x"),
        "answer": feedback("answer", answered=False, article="bins"),
        "score": feedback("satisfaction", score=1, article="bins"),
    }
    write(staff, list(entries.values()))
    return entries


def owners_in(staff, said) -> dict[str, str | None]:
    with staff.reading() as connection:
        found = owners(connection, [entry.id for entry in said.values()])
    return {name: found[entry.id] for name, entry in said.items() if entry.id in found}


def test_it_is_the_owners_of_the_article_or_the_contact_centres(staff, said):
    assert route(staff, owner_of) == 4
    assert owners_in(staff, said) == {
        "bins": "waste-desk",
        "roads": None,
        "gone": None,
        "none": None,
    }


def test_it_stays_with_whom_it_was_given_to(staff, said, monkeypatch):
    route(staff, owner_of)
    monkeypatch.setitem(OWNERS, "bins", "another-desk")
    assert route(staff, owner_of) == 0
    assert owners_in(staff, said)["bins"] == "waste-desk"


def test_it_waits_until_there_is_an_edition_to_ask(staff, said):
    def unknown(_article):
        raise OwnersUnknown

    assert route(staff, unknown) == 0
    assert owners_in(staff, said) == {}
    assert route(staff, owner_of) == 4
