"""Somebody is found by name, by sound, by what they do, or by their number."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.expansion import Expander
from indexer.people import ListingKind, People, listings
from kb.authority import Partner
from kb.directory import DirectoryEntry
from kb.synonyms import Synonym

DIRECTORY = [
    DirectoryEntry(
        id="council-tax",
        name="Council tax",
        role="Team",
        telephone="01632 960220",
        services="bands",
    ),
    DirectoryEntry(
        id="waste",
        name="Waste and recycling",
        role="Team",
        telephone="01632 960210",
        deputy="council-tax",
    ),
    DirectoryEntry(
        id="catriona", name="Catriona MacDonald", role="Democratic services manager", team="waste"
    ),
    DirectoryEntry(id="bao", name="Bao Nguyen", role="Alarms coordinator", team="waste"),
    DirectoryEntry(id="tomasz", name="Tomasz Wiśniewski", role="Press officer"),
    DirectoryEntry(id="niamh", name="Niamh Corrigan", role="Planning enforcement officer"),
]
PARTNERS = [
    Partner(
        id="water", name="Marl Water", telephone="01632 960910", responsible_for="Leaks, sewers"
    ),
    Partner(id="waste", name="A partner of the same id"),
]
TITLES = {"bands": "Council tax bands"}


@pytest.fixture(scope="module")
def people() -> People:
    groups = [Synonym(say=("rubbish",), mean=("waste",), audience="public")]
    return People(listings(DIRECTORY, PARTNERS), TITLES, Expander(groups, {}))


@pytest.mark.parametrize(
    ("said", "first"),
    [
        ("council tax lady", "council-tax"),
        ("mcdonald", "catriona"),
        ("Mr Macdonald please", "catriona"),
        ("nguen", "bao"),
        ("wisniewski", "tomasz"),
        ("tom", "tomasz"),
        ("the man who does planning enforcement", "niamh"),
        ("bands", "council-tax"),
        ("rubbish", "waste"),
        ("sewers", "water"),
        ("960210", "waste"),
        ("01632 960 220", "council-tax"),
    ],
)
def test_who_is_meant(people, said, first):
    assert people.search(said)[0].listing.id == first


@pytest.mark.parametrize("said", ["", "?!", "zzzz", "9999999", "the of and"])
def test_nobody_is_meant(people, said):
    assert people.search(said) == []


def test_what_is_far_less_likely_is_left_out(people):
    found = people.search("democratic services manager")
    assert [one.listing.id for one in found] == ["catriona"]


def test_a_listing_knows_its_team_and_kind(people):
    assert people.get("catriona").team == "Waste and recycling"
    assert people.get("catriona").kind is ListingKind.PERSON
    assert people.get("council-tax").kind is ListingKind.TEAM
    assert people.get("council-tax").role == ""
    assert people.get("water").kind is ListingKind.PARTNER
    assert people.get("nobody") is None


def test_a_partner_that_the_directory_has_is_listed_once(people):
    assert [one.name for one in people.all() if one.id == "waste"] == ["Waste and recycling"]


@given(st.text(max_size=80))
def test_any_words_are_answered(text):
    found = People(listings(DIRECTORY, PARTNERS), TITLES, Expander((), {})).search(text)
    assert [one.score for one in found] == sorted((one.score for one in found), reverse=True)
