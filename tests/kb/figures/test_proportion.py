"""Proportions and their intervals."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.figures.proportion import Proportion

PROPORTIONS = st.integers(0, 5000).flatmap(
    lambda of: st.builds(Proportion, st.integers(0, of), st.just(of))
)


@pytest.mark.parametrize(
    ("hits", "of", "low", "high"),
    [
        (80, 100, 0.7112, 0.8666),
        (0, 10, 0.0, 0.2775),
        (10, 10, 0.7225, 1.0),
        (1, 2, 0.0945, 0.9055),
        (784, 1000, 0.7574, 0.8084),
    ],
)
def test_the_wilson_interval_as_tables_have_it(hits, of, low, high):
    assert Proportion(hits, of).interval == pytest.approx((low, high), abs=5e-4)


def test_of_nothing_nothing_is_known():
    assert Proportion(0, 0).rate is None
    assert Proportion(0, 0).interval == (0.0, 1.0)


@pytest.mark.parametrize(("hits", "of"), [(-1, 3), (4, 3)])
def test_what_is_no_proportion_is_refused(hits, of):
    with pytest.raises(ValueError, match="no proportion"):
        Proportion(hits, of)


@given(PROPORTIONS)
def test_the_rate_lies_within_its_interval(one):
    low, high = one.interval
    assert 0 <= low <= high <= 1
    if one.rate is not None:
        assert low - 1e-12 <= one.rate <= high + 1e-12


@given(PROPORTIONS, st.integers(2, 50))
def test_more_contacts_make_it_narrower(one, times):
    if one.of:
        more = Proportion(one.hits * times, one.of * times)
        assert more.interval[1] - more.interval[0] <= one.interval[1] - one.interval[0]


@given(PROPORTIONS, PROPORTIONS)
def test_proportions_add_up(one, other):
    assert one + other == Proportion(one.hits + other.hits, one.of + other.of)
