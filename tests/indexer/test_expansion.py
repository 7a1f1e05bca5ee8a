"""Synonyms: from the words people say to the words the articles use."""

import pytest

from indexer import expansion
from indexer.analysis import terms
from indexer.expansion import phrase
from kb.synonyms import Synonym


def Expander(groups):
    """One that knows nothing but these groups."""
    return expansion.Expander(groups, general={})


def synonym(say, mean, **more):
    return Synonym.model_validate({"say": say, "mean": mean, "audience": "public", **more})


def test_a_phrase_is_its_terms_without_stop_words():
    assert phrase("the bins of the Council") == ("bin", "council")


def test_a_phrase_of_stop_words_alone_keeps_them():
    assert phrase("to do") == ("to", "do")


def test_a_phrase_without_words_is_empty():
    assert phrase("🚮 ?!") == ()


def test_what_people_say_adds_what_the_council_means():
    expander = Expander([synonym("wheelie bin", ["refuse container", "waste"])])
    assert expander.expand(terms("my wheelie bin")) == terms("refuse container waste")


def test_the_form_of_a_word_and_stop_words_do_not_matter():
    expander = Expander([synonym("parking on the pavement", "obstruction")])
    assert expander.expand(terms("parked pavements")) == terms("obstruction")


def test_part_of_what_people_say_is_not_enough():
    expander = Expander([synonym("wheelie bin", "refuse")])
    assert expander.expand(terms("bin")) == []
    assert expander.expand(terms("bin wheelie")) == []


def test_a_group_works_one_way_unless_it_says_both():
    assert Expander([synonym("dole", "benefit")]).expand(terms("benefit")) == []
    both = Expander([synonym("dole", "benefit", both_ways=True)])
    assert both.expand(terms("benefit")) == terms("dole")
    assert both.expand(terms("dole")) == terms("benefit")


def test_each_term_is_added_once_and_none_that_was_said():
    expander = Expander([synonym(["dole", "giro"], ["benefit", "benefit payment"])])
    assert expander.expand(terms("dole giro payment")) == terms("benefit")


def test_words_are_known_as_a_synonym_only_where_all_of_it_is_said():
    expander = Expander([synonym("dole money", "benefit"), synonym("giro", "benefit")])
    assert expander.known(terms("my dole money now")) == set(terms("dole money"))
    assert expander.known(terms("giro or dole")) == set(terms("giro"))
    assert expander.known([]) == set()


def test_two_groups_that_say_the_same_add_both():
    expander = Expander([synonym("dole", "benefit"), synonym("dole", "allowance")])
    assert expander.expand(terms("dole")) == terms("benefit allowance")


def test_what_is_added_is_not_expanded_again():
    expander = Expander([synonym("dole", "benefit"), synonym("benefit", "allowance")])
    assert expander.expand(terms("dole")) == terms("benefit")


@pytest.mark.parametrize("groups", [[], [synonym("🚮", "bin"), synonym("bin", "🚮")]])
def test_a_group_without_words_on_both_sides_adds_nothing(groups):
    expander = Expander(groups)
    assert expander.expand(terms("bin")) == []
    assert expander.expand([]) == []


def test_the_contents_own_groups_override_the_general_ones_and_add_to_them():
    general = expansion.meanings([synonym("dole", "benefit"), synonym("giro", "benefit")])
    expander = expansion.Expander([synonym("dole", "pineapple")], general)
    assert expander.expand(terms("dole")) == terms("pineapple")
    assert expander.expand(terms("giro")) == terms("benefit")


def test_small_words_between_those_of_a_phrase_do_not_matter():
    expander = Expander([synonym("tax my car", "vehicle tax")])
    assert expander.expand(terms("tax on the car")) == terms("vehicle")
    assert expander.expand(terms("tax for buying a car")) == []
