"""Results in another language."""

import pytest

from indexer.results import SearchRequest, Suggestion
from indexer.translated import translated_page, translated_suggestions
from kb.article import Audience, Edition


@pytest.fixture
def council(content, publish):
    content.article("services/bins.md", title="Bins", body="Every week.")
    content.article("services/bins.cy.md", title="Biniau", body="Bob wythnos.")
    content.article("faqs/bags.md", title="Bags beside bins", body="Not taken.")
    content.article("faqs/empty.md", title="Empty bins", body="Text.")
    content.article("faqs/empty.cy.md", title="Biniau gwag", body="")
    content.article("faqs/calls.md", title="Calls about bins", body="Ring.")
    content.article("faqs/calls.cy.md", title="Galwadau", body="::: staff\nGwyliwch.\n:::")
    publish()
    return publish


def welsh(council, edition=Edition.PUBLIC):
    searcher = council.searcher(edition)
    page = searcher.search(SearchRequest("bins"))
    found = translated_page(page, searcher.generation.store, "cy")
    assert [hit.id for hit in found.results] == [hit.id for hit in page.results]
    return {hit.id: hit for hit in found.results}


def test_a_translated_result_has_title_short_answer_and_address_of_the_translation(council):
    hit = welsh(council)["bins"]
    assert (hit.title, hit.url) == ("Biniau", "/articles/bins?lang=cy")
    assert hit.answer.text == "Bob wythnos."


def test_a_result_without_a_translation_stays_as_it_is(council):
    hit = welsh(council)["bags"]
    assert (hit.title, hit.url) == ("Bags beside bins", "/articles/bags")
    assert hit.answer.text == "Not taken."


def test_a_translation_without_text_has_no_answer(council):
    assert welsh(council)["empty"].answer is None


def test_what_is_not_to_be_read_out_says_so(council):
    assert welsh(council, Edition.STAFF)["calls"].answer.audience is Audience.STAFF
    assert welsh(council, Edition.STAFF)["bins"].answer.audience is Audience.PUBLIC
    assert welsh(council)["calls"].answer is None


def test_suggestions_are_translated_too_but_people_are_not(council):
    store = council.searcher().generation.store
    asked = (
        Suggestion("the bins", "service", "bins", "/articles/bins"),
        Suggestion("Bags", "faq", "bags", "/articles/bags"),
        Suggestion("Bins desk", "person", "bins", "/search?q=Bins"),
    )
    found = translated_suggestions(asked, store, "cy")
    assert [(one.text, one.url) for one in found] == [
        ("Biniau", "/articles/bins?lang=cy"),
        ("Bags", "/articles/bags"),
        ("Bins desk", "/search?q=Bins"),
    ]
    assert translated_suggestions(asked, store, "en") == asked
