"""What there is about one topic."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.catalogue import Row
from indexer.topics import Topics
from kb.article import Kind
from tests.indexer.made import article

COUNCIL = Topics(
    Row.of(one, "mark", 0, "pack", 0, 0, 0)
    for one in (
        article("tip", kind=Kind.PLACE, title="A tip", tags=("bins",)),
        article("bags", title="Bags beside the bin", service="missed-bin", tags=("Bins",)),
        article("late", title="All bins were late", service="missed-bin"),
        article("missed-bin", kind=Kind.SERVICE, title="Missed bin", tags=("bins", "waste")),
        article("missed-bin", language="cy", title="Bin na chasglwyd", tags=("bins", "biniau")),
        article("assisted", kind=Kind.SERVICE, title="Assisted collection", service="missed-bin"),
        article("mulled-wine", kind=Kind.GUIDE, title="Mulled wine", tags=("",)),
    )
)


def ids(name, limit=10):
    return [found.id for found in COUNCIL.about(name, limit)]


def test_a_service_comes_first_and_then_what_belongs_to_it_services_before_questions():
    assert ids("missed-bin")[:2] == ["missed-bin", "assisted"]


def test_within_a_kind_the_order_is_that_of_the_titles():
    assert ids("missed-bin")[2:] == ["late", "bags"]


def test_a_tag_gathers_all_that_bears_it_in_any_case():
    assert ids("BINS") == ["missed-bin", "bags", "tip"]


@pytest.mark.parametrize("written", ["missed-bin", "Missed bin", " missed  BIN ", "missed_bin"])
def test_a_topic_may_be_written_in_any_way(written):
    assert ids(written)[0] == "missed-bin"


def test_an_article_is_suggested_once_and_in_english():
    assert ids("waste") == ["missed-bin"]
    assert ids("biniau") == []


def test_no_more_are_suggested_than_asked_for():
    assert ids("bins", limit=2) == ["missed-bin", "bags"]


def test_a_suggestion_has_the_title_and_the_address():
    (found,) = COUNCIL.about("waste", 5)
    assert (found.text, found.kind, found.url) == ("Missed bin", "service", "/articles/missed-bin")


@given(st.text())
def test_any_text_is_a_topic_or_none(name):
    assert set(ids(name)) <= {"missed-bin", "bags", "late", "tip", "assisted", "mulled-wine"}


@pytest.mark.parametrize("name", ["", " ", "-", "wine", "no such thing"])
def test_what_is_no_topic_has_nothing(name):
    assert ids(name) == []
