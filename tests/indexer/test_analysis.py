"""Words: the same analysis for what is indexed and what is asked."""

import unicodedata
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.analysis import STOP_WORDS, stem, terms, tokens, words


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("bins", "bin"),
        ("Collection", "collected"),
        ("PAYING", "pay"),
        ("wasn't", "wasnt"),
        ("wasn’t", "wasn't"),
        ("wasn`t", "wasn´t"),
        ("council's", "council"),
        ("COUNCIL’S", "councils"),
        ("café", "cafe"),
        ("Tŷ", "ty"),
        ("Straße", "STRASSE"),
        ("ﬁne", "fine"),
    ],
)
def test_two_ways_of_writing_a_word_are_one_term(said, written):
    assert terms(said) == terms(written) != []


@pytest.mark.parametrize("text", ["café", "Tŷ'r", "résumé", "Ysgol Gymraeg y Tŵr", "naïveté"])
def test_accents_written_apart_are_the_same_words(text):
    assert words(unicodedata.normalize("NFD", text)) == words(unicodedata.normalize("NFC", text))


@pytest.mark.parametrize("code", ["b12s", "2nd", "c2s", "s106"])
def test_a_word_with_a_digit_in_it_is_not_stemmed(code):
    assert terms(code) == [code]


def test_punctuation_and_underscores_separate_words():
    assert words("bin/bag, snake_case; 4-217 (up.down)") == [
        *("bin", "bag", "snake", "case", "4", "217", "up", "down")
    ]


@pytest.mark.parametrize("text", ["", "   ", "?!… *:\"'", "🚮🎉", "___", "''", "\u200b", "\0"])
def test_a_text_without_letters_or_digits_has_no_words(text):
    assert list(tokens(text)) == []
    assert words(text) == terms(text) == []


def test_a_word_of_over_forty_characters_is_none():
    assert words(f"{'a' * 40} {'b' * 41} bin") == ["a" * 40, "bin"]


def test_a_token_says_where_its_word_stands():
    text = "The Council's café, 🚮 wasn’t open."
    assert [(text[token.start : token.end], token.word) for token in tokens(text)] == [
        ("The", "the"),
        ("Council's", "council"),
        ("café", "cafe"),
        ("wasn’t", "wasnt"),
        ("open", "open"),
    ]


def test_the_stem_of_a_plain_word_is_its_term():
    assert [stem(word) for word in words("Emptying bins")] == terms("Emptying bins")


def test_every_stop_word_is_a_word_that_analysis_can_give():
    assert [word for word in STOP_WORDS if words(word) != [word]] == []


def test_threads_stem_alike():
    given_words = [f"{stem_}{end}" for stem_ in ("collect", "pay", "park") for end in ("ing", "ed")]
    expected = {word: stem(word) for word in given_words}
    text = " ".join(given_words * 50)
    with ThreadPoolExecutor(8) as pool:
        for found in pool.map(terms, [text.upper(), text, text.title(), text] * 4):
            assert found == [expected[word] for word in given_words * 50]


@settings(deadline=None, database=None)
@given(st.text(alphabet=st.characters()))
def test_tokens_words_and_terms_agree_on_any_text(text):
    found = list(tokens(text))
    assert [token.word for token in found] == words(text)
    assert [token.term for token in found] == terms(text)
    edges = [edge for token in found for edge in (token.start, token.end)]
    assert edges == sorted(edges)
    assert all(text[token.start : token.end] for token in found)
    assert all(token.term and token.word for token in found)


@pytest.mark.parametrize(
    ("american", "ours"),
    [
        ("colors", "colours"),
        ("neighbor", "neighbour"),
        ("organization", "organisation"),
        ("recognized", "recognised"),
        ("driving license", "driving licence"),
        ("curbs", "kerbs"),
        ("moldy", "mouldy"),
    ],
)
def test_american_and_british_spellings_meet(american, ours):
    assert terms(american) == terms(ours)


@pytest.mark.parametrize("word", ["size", "prize", "seized", "organ", "laboratory tests"])
def test_words_that_only_look_american_still_find_themselves(word):
    assert terms(word) == terms(word.upper())


def test_a_postcode_is_one_word_with_or_without_its_space():
    assert terms("near MX4 2BD please") == terms("near mx42bd please")
    assert terms("MX4 2BD") == ["mx42bd"]
    (token,) = tokens("MX4 2BD")
    assert (token.start, token.end) == (0, 7)


@pytest.mark.parametrize("code", ["P45", "A40", "4x4", "CTR", "24"])
def test_numbers_and_codes_are_kept_whole(code):
    assert terms(code) == [code.lower()]


@pytest.mark.parametrize("said", ["p i p", "P.I.P.", "p.i.p", "PIP"])
def test_letters_said_one_by_one_are_one_word(said):
    assert words(f"claim {said} now") == ["claim", "pip", "now"]


@pytest.mark.parametrize("text", ["class a b", "plan b. i want", "do i a", "www.a.b.example"])
def test_a_letter_or_two_by_themselves_stay_words(text):
    assert words(text) == text.replace(".", " ").split()


def test_hyphens_and_apostrophes_do_not_matter():
    assert terms("council-tax") == terms("council tax")
    assert terms("the council's bins") == terms("the council bins")


@pytest.mark.parametrize("said", ["wasn't", "wasnt", "WASN’T", "isn't", "can't", "cannot", "not"])
def test_every_negation_is_the_same_term(said):
    assert terms(f"bin {said} emptied") == terms("bin not emptied")
