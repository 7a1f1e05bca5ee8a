"""How long contacts took: nearest ranks."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from kb.figures.durations import Durations, durations


def test_of_no_contact_there_is_no_length():
    assert durations({}) is None


def test_the_middle_and_nine_in_ten_are_lengths_of_contacts():
    assert durations({10: 1}) == Durations(1, 10, 10)
    assert durations({10: 1, 20: 1}) == Durations(2, 10, 20)
    assert durations({60: 5, 120: 4, 999: 1}) == Durations(10, 60, 120)


@given(st.lists(st.integers(0, 5000), min_size=1))
def test_as_by_sorting_all_of_them(lengths):
    import math

    ordered = sorted(lengths)
    found = durations(Counter(lengths))
    assert found is not None
    assert found.median == ordered[math.ceil(len(ordered) / 2) - 1]
    assert found.p90 == ordered[math.ceil(len(ordered) * 9 / 10) - 1]
