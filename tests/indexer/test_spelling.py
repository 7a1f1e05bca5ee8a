"""Corrections, from an edition's own words only."""

import pytest

from indexer.spelling import Speller

SPELLER = Speller(
    {"recycling": 9, "council": 5, "counsel": 1, "parking": 3, "barking": 7, "bins": 9, "bin2": 9}
)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("parkin", "parking"),
        ("parkking", "parking"),
        ("parcing", "parking"),
        ("pakring", "parking"),
        ("recycyling", "recycling"),
        ("recicleing", "recycling"),
        ("bims", "bins"),
    ],
)
def test_a_slip_is_corrected(typed, meant):
    assert SPELLER.correct(typed) == meant


def test_the_first_letter_must_be_right():
    assert SPELLER.correct("carking") is None


def test_two_slips_are_too_many_in_a_word_of_under_nine_letters():
    assert SPELLER.correct("parcinng") is None


def test_three_slips_are_too_many_in_a_word_of_under_twelve_letters():
    assert SPELLER.correct("recyzzzng") is None


LONG = Speller({"apprenticeship": 3, "consistency": 9})


def test_a_very_long_word_may_end_in_three_slips():
    assert LONG.correct("apprentaship") == "apprenticeship"
    assert LONG.correct("apprantashop") is None


def test_a_very_long_word_that_begins_otherwise_is_another_word():
    assert LONG.correct("constituency") is None


def test_of_words_as_near_the_more_frequent_is_meant():
    assert Speller({"boats": 1, "boots": 5}).correct("boits") == "boots"
    assert Speller({"boats": 5, "boots": 1}).correct("boits") == "boats"


def test_a_nearer_word_is_meant_though_another_is_more_frequent():
    speller = Speller({"allotments": 1, "appointments": 99, "allotmentor": 99})
    assert speller.correct("allotmente") == "allotments"


def test_of_words_as_near_and_as_frequent_the_first_by_letter_is_meant():
    assert Speller({"boots": 1, "boats": 1}).correct("boits") == "boats"


def test_among_many_words_as_near_the_most_frequent_is_meant():
    letters = "abcdefghijklmnopqrstuvwxy"
    counts = {f"gar{letter}en": 1 for letter in letters} | {"garzen": 50}
    assert Speller(counts).correct("garßen") == "garzen"


@pytest.mark.parametrize("typed", ["bis", "b", "", "a1b2c3", "parkin9", "2026"])
def test_short_words_and_codes_stay_as_they_are(typed):
    assert SPELLER.correct(typed) is None


def test_a_code_is_never_a_correction():
    assert Speller({"bin2": 9}).correct("binz") is None


def test_an_edition_without_words_corrects_nothing():
    assert Speller({}).correct("parking") is None
