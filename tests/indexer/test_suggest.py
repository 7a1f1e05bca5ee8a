"""Typeahead."""

import pytest

from indexer.catalogue import Row
from indexer.suggest import LIMIT, Suggester
from kb.article import Kind
from kb.directory import DirectoryEntry
from tests.indexer.made import article


def suggester(*articles, directory=()):
    rows = [Row.of(one, "mark", 0, "pack", 0, 0, 0) for one in articles]
    return Suggester(rows, directory)


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


def test_a_word_before_the_last_is_taken_whole_where_that_fits():
    plain = suggester(article("a", title="Bin bags"), article("b", title="Bins and bags"))
    assert [found.id for found in plain.suggest("bin ba")] == ["a"]
    assert [found.id for found in plain.suggest("bins ba")] == ["b"]


def test_a_half_typed_word_before_the_last_is_completed_where_nothing_else_fits():
    assert texts("wast rec") == ["Waste and recycling"]
    assert texts("recycl was") == ["Waste and recycling"]


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
    assert both.suggest("parcio") == ()
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


# Small words


def test_small_words_are_passed_over_where_there_are_others():
    badge = suggester(article("badge", title="Blue badges"), article("tax", title="Get a rebate"))
    for typed in ("how do i get a bl", "get me a blue ", "i want the badges for my blue"):
        assert [found.id for found in badge.suggest(typed)] == ["badge"], typed


def test_small_words_alone_are_looked_for():
    asked = suggester(
        article("badge", title="Blue badges", questions=("how do I get a badge",)),
        article("tax", title="Council tax", questions=("what is council tax",)),
    )
    assert [found.id for found in asked.suggest("how do i")] == ["badge"]
    assert [found.id for found in asked.suggest("what i")] == ["tax"]


def test_a_small_word_at_the_end_may_be_the_beginning_of_another():
    assert texts("bin was") == ["My bin was not emptied"]
    inspected = suggester(article("a", title="Bins inspected"), article("b", title="Bins"))
    assert [found.id for found in inspected.suggest("bins in")] == ["a"]
    assert [found.id for found in inspected.suggest("bins for")] == ["b", "a"]


def test_what_begins_with_all_words_typed_comes_before_what_begins_so_but_for_small_words():
    assert texts("bin")[-1] == "My bin was not emptied"
    some = suggester(
        article("in", title="Old bin", kind=Kind.SERVICE), article("my", title="My old bin")
    )
    assert [found.id for found in some.suggest("bin")] == ["in", "my"]
    assert [found.id for found in some.suggest("old b")] == ["in", "my"]


# Slips


@pytest.mark.parametrize(
    "typed",
    [
        *("recylc", "reccycl", "rcycling", "rexycling", "recycing", "erecycling", "tecycling"),
        *("ercycling", "ecycling", "recyclingg", "waste recylc", "rexyc was", "waset and re"),
    ],
)
def test_one_slip_is_forgiven_in_a_word_whole_or_half_typed(typed):
    assert texts(typed) == ["Waste and recycling"]


@pytest.mark.parametrize("typed", ["rxcyxling", "bni", "wsate rxcyxling", "b1ns", "recycling qaz"])
def test_two_slips_short_words_and_codes_are_not_corrected(typed):
    assert texts(typed) == []


def test_what_fits_as_typed_keeps_slips_out():
    two = suggester(article("a", title="Parks"), article("b", title="Perks"))
    assert [found.id for found in two.suggest("park")] == ["a"]
    assert {found.id for found in two.suggest("pbrk")} == {"a", "b"}


def test_a_slip_that_makes_another_word_is_forgiven_where_the_words_do_not_go_together():
    two = suggester(article("a", title="Council tax bands"), article("b", title="Bends"))
    assert [found.id for found in two.suggest("council bends")] == ["a"]


def simple_slips(word: str) -> set[str]:
    letters = "abcdefghijklmnopqrstuvwxyz"
    cuts = [(word[:at], word[at:]) for at in range(len(word) + 1)]
    return {
        *(a + b[1:] for a, b in cuts if b),
        *(a + b[1] + b[0] + b[2:] for a, b in cuts if len(b) > 1),
        *(a + letter + b[1:] for a, b in cuts if b for letter in letters),
        *(a + letter + b for a, b in cuts for letter in letters),
    }


@pytest.mark.parametrize("word", ["permits", "tree", "libraries"])
def test_every_single_slip_is_forgiven(word):
    some = suggester(article("it", title=f"All {word} here"), article("not", title="Quay"))
    missed = [
        typed
        for typed in simple_slips(word)
        if len(typed) > 3 and [found.id for found in some.suggest(typed)] != ["it"]
    ]
    assert missed == []


# People


STAFF = suggester(
    article("badges", kind=Kind.SERVICE, title="Blue badges"),
    article("travel", title="Travel passes"),
    directory=(
        DirectoryEntry(id="travel", name="Travel desk", role="Team"),
        DirectoryEntry(id="meera", name="Meera Bell & Co", role="Badge assessor", team="travel"),
        DirectoryEntry(id="tomasz", name="Tomasz Wiśniewski", team="Press office"),
    ),
)


@pytest.mark.parametrize(
    ("typed", "ids"),
    [
        ("mee", ["meera"]),
        ("bell me", ["meera"]),
        ("badge ass", ["meera"]),
        ("assessor bell", ["meera"]),
        ("desk", ["travel", "meera"]),
        ("wisn", ["tomasz"]),
        ("wisneiw", ["tomasz"]),
        ("press", ["tomasz"]),
        ("travel", ["travel", "travel", "meera"]),
        ("ba", ["meera", "badges"]),
    ],
)
def test_people_and_teams_are_found_by_name_role_and_team(typed, ids):
    assert [found.id for found in STAFF.suggest(typed)] == ids


def test_a_person_is_suggested_by_name_and_leads_to_a_search():
    (found,) = STAFF.suggest("badge assessor")
    assert (found.text, found.kind, found.id) == ("Meera Bell & Co", "person", "meera")
    assert found.url == "/search?q=Meera%20Bell%20%26%20Co"


def test_an_article_and_a_person_of_the_same_id_are_both_suggested():
    assert [found.kind for found in STAFF.suggest("travel")] == ["faq", "person", "person"]


def test_one_letter_of_many_gives_the_best_ranked():
    many = [article(f"a{n}", title=f"A bin {n}", questions=(f"bin {n}",)) for n in range(300)]
    some = suggester(*many, article("last", kind=Kind.SERVICE, title="Bus passes and more"))
    found = some.suggest("b")
    assert len({one.id for one in found}) == LIMIT
    assert found[0].id == "last"
