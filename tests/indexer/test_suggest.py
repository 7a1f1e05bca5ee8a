"""Typeahead."""

import pytest

from indexer.store import Row
from indexer.suggest import LIMIT, Suggester
from kb.article import Kind
from tests.indexer.made import article


def suggester(*articles):
    return Suggester(Row.of(one, "mark", "pack", 0, 0) for one in articles)


COUNCIL = suggester(
    article("waste", kind=Kind.SERVICE, title="Waste and recycling", a_z=("Bins",)),
    article("missed-bin", title="My bin was not emptied", questions=("the bin men missed me",)),
    article("bin-store", kind=Kind.PLACE, title="Bin store"),
    article("bin-bag", kind=Kind.GUIDE, title="Bin bags"),
    article("cafe", kind=Kind.PLACE, title="Café in the park"),
)


def texts(typed, **options):
    return [suggestion.text for suggestion in COUNCIL.suggest(typed, **options)]


def test_the_last_word_may_be_unfinished():
    assert texts("recyc") == ["Waste and recycling"]
    assert texts("waste and re") == ["Waste and recycling"]


def test_a_word_with_a_space_behind_it_is_finished():
    assert "Bins" in texts("bin")
    assert "Bins" not in texts("bin ")


def test_words_before_the_last_must_be_whole():
    assert texts("wast rec") == []


def test_the_words_may_stand_anywhere_and_in_any_order():
    assert texts("emptied bi") == ["My bin was not emptied"]


def test_a_suggestion_names_its_article():
    (found,) = COUNCIL.suggest("recycling")
    assert (found.kind, found.id, found.url) == ("service", "waste", "/articles/waste")


def test_what_begins_with_the_words_comes_before_what_merely_has_them():
    assert texts("bin")[-1] == "My bin was not emptied"


def test_titles_come_before_other_wordings_and_services_before_other_kinds():
    assert texts("bin") == ["Bin bags", "Bin store", "Bins", "My bin was not emptied"]
    mixed = suggester(
        article("b", kind=Kind.PLACE, title="Parking"),
        article("a", kind=Kind.FAQ, title="Parking"),
        article("c", kind=Kind.SERVICE, title="Parking"),
        article("d", kind=Kind.GUIDE, title="Parking"),
    )
    assert [found.kind for found in mixed.suggest("park")] == ["service", "faq", "guide", "place"]


def test_an_article_is_suggested_once_by_its_best_wording():
    one = suggester(article(title="Bin day", questions=("bin men", "bins"), a_z=("Bin",)))
    assert [found.text for found in one.suggest("bin")] == ["Bin day"]


def test_accents_and_capitals_do_not_matter():
    assert texts("CAFE") == texts("café") == ["Café in the park"]


def test_no_more_are_suggested_than_wanted():
    many = suggester(*[article(f"bin-{number}", title=f"Bin {number}") for number in range(20)])
    assert len(many.suggest("bin")) == LIMIT
    assert len(many.suggest("bin", 3)) == 3


def test_a_translation_is_no_suggestion_of_its_own():
    both = suggester(article(title="Parking"), article(language="cy", title="Parcio"))
    assert both.suggest("parc") == ()
    assert [found.text for found in both.suggest("park")] == ["Parking"]


@pytest.mark.parametrize(
    "typed", ["", " ", "🚮", "*", "title:", '"', "qazunknown", "x y " * 2_560, "x" * 10_240, "\0"]
)
def test_odd_typing_suggests_nothing(typed):
    assert COUNCIL.suggest(typed) == ()


def test_the_first_words_of_very_much_typing_decide():
    assert set(texts("bin " * 2_560)) == set(texts("bin ")) != set()


def test_an_edition_without_articles_suggests_nothing():
    assert suggester().suggest("bin") == ()
