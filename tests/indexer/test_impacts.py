"""What a term adds to each document."""

import numpy as np
import pytest

from indexer.array_engine import ARRAYS
from indexer.engine import Clause
from indexer.impacts import TermImpacts
from indexer.postings import GRAMS, SUFFIX, open_postings
from tests.indexer.made import document


@pytest.fixture
def opened(tmp_path):
    """Makes the impacts of an index of three documents, of which some may be gone."""
    ARRAYS.update(
        tmp_path,
        [
            document("a", title="Bins", body="bins, bins and bins"),
            document("b", title="Trees", body="a bin"),
            document("c", title="Roads"),
        ],
        [],
        rewrite=False,
    )
    segments = [open_postings(path) for path in tmp_path.glob(f"*{SUFFIX}")]

    def make(live=(True, True, True), limit=10_000):
        return TermImpacts(segments, np.array(live), limit)

    return make


def added(impacts, clause, column=""):
    """By document: what a clause adds to its score, and its mass there."""
    sums = np.zeros(3, dtype=np.complex64)
    docs, values = impacts.of(clause, column)
    np.add.at(sums, docs, values)
    return sums.real, sums.imag


def test_mass_counts_once_for_a_document_with_the_term_in_two_fields(opened):
    scores, masses = added(opened(), Clause("bin", mass=3.0))
    assert masses.tolist() == [3, 3, 0]
    assert scores[0] > scores[1] > scores[2] == 0


def test_weight_takes_from_the_score_and_not_from_the_mass(opened):
    scores, masses = added(opened(), Clause("bin", 0.5, 3.0))
    assert masses.tolist() == [3, 3, 0]
    assert scores == pytest.approx(added(opened(), Clause("bin"))[0] / 2)


def test_a_word_and_a_trigram_of_the_same_letters_are_two_things(opened):
    impacts = opened()
    assert added(impacts, Clause("bin", mass=1.0), GRAMS)[1].tolist() == [1, 0, 0]
    assert added(impacts, Clause("bin", mass=1.0))[1].tolist() == [1, 1, 0]


def test_documents_that_are_gone_get_nothing(opened):
    scores, masses = added(opened(live=(True, False, True)), Clause("bin", mass=1.0))
    assert masses.tolist() == [1, 0, 0]
    assert scores[0] > scores[1] == 0


def test_where_all_are_gone_nothing_is_left(opened):
    assert added(opened(live=(False,) * 3), Clause("bin", mass=1.0))[1].tolist() == [0, 0, 0]


@pytest.mark.parametrize("limit", [0, 400, 1_000])
def test_what_is_kept_is_bounded_and_changes_no_answer(opened, limit):
    impacts, free = opened(limit=limit), opened()
    for _ in range(3):
        for term in ("bin", "tree", "road", "unicorn"):
            for weight in (1.0, 0.5):
                clause = Clause(term, weight)
                assert np.array_equal(added(impacts, clause), added(free, clause))
                assert impacts.kept <= limit
