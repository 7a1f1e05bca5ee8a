"""The words of an edition."""

from hypothesis import given
from hypothesis import strategies as st

from indexer.lexicon import Lexicon, document_words
from tests.indexer.made import document


def test_a_document_has_each_of_its_words_once_in_whatever_field():
    made = document("bins", title="Bins and bags", body="Bins, emptied. BINS!", tags="refuse")
    assert document_words(made) == {"bins", "and", "bags", "emptied", "refuse"}


def test_a_word_that_no_article_has_is_none():
    made = Lexicon.of({"bins": 1, "qazgone": 0, "qazless": -1})
    assert made.words == {"bins": 1}
    assert made.terms == {"bin": 1}


def test_a_word_that_is_not_there_counts_nothing():
    made = Lexicon.of({})
    assert (made.words["unicorn"], made.terms["unicorn"]) == (0, 0)


def test_a_term_counts_as_its_commonest_word():
    assert Lexicon.of({"bin": 2, "bins": 5, "tree": 1}).terms == {"bin": 5, "tree": 1}


def test_a_changed_lexicon_leaves_the_one_before_as_it_was():
    before = Lexicon.of({"bin": 2, "bins": 5})
    after = before.changed({"bins": 0, "trees": 1})
    assert (after.words, after.terms) == ({"bin": 2, "trees": 1}, {"bin": 2, "tree": 1})
    assert (before.words, before.terms) == ({"bin": 2, "bins": 5}, {"bin": 5})


COUNTS = st.dictionaries(
    st.sampled_from(["bin", "bins", "binning", "tree", "trees", "road"]), st.integers(0, 3)
)


@given(st.lists(COUNTS, max_size=6))
def test_changed_again_and_again_it_is_what_it_would_be_made_anew(changes):
    changed = Lexicon.of({})
    counts = {}
    for some in changes:
        changed = changed.changed(some)
        counts |= some
        assert changed == Lexicon.of(counts)
