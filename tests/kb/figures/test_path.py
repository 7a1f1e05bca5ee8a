"""The path to the goal."""

from hypothesis import given
from hypothesis import strategies as st

from kb.figures.path import Gap, Missed, path_to
from kb.figures.proportion import Proportion


def missed(contacts: int, service: str | None = "bins", answer: str | None = None) -> Missed:
    return Missed(service, Gap.FAILING if answer else Gap.MISSING, answer, contacts)


def test_what_moves_most_comes_first_and_the_running_total_leads_to_the_goal():
    path = path_to(0.8, Proportion(70, 100), [missed(4, "tax"), missed(20), missed(6, None)])
    assert [(step.missed.service, step.moved) for step in path.steps] == [
        ("bins", 20),
        (None, 26),
        ("tax", 30),
    ]
    assert [step.reaches for step in path.steps] == [0.9, 0.96, 1.0]
    assert (path.wanting, path.enough) == (10, 1)


def test_who_is_there_already_needs_no_step():
    path = path_to(0.8, Proportion(28, 35), [missed(7)])
    assert (path.wanting, path.enough) == (0, 0)


def test_of_nothing_there_is_no_path():
    path = path_to(0.8, Proportion(0, 0), [])
    assert (path.wanting, path.enough, path.steps) == (0, 0, ())


def test_the_same_number_is_put_in_order_of_names():
    path = path_to(0.8, Proportion(0, 3), [missed(1, "c"), missed(1, "a"), missed(1, "b")])
    assert [step.missed.service for step in path.steps] == ["a", "b", "c"]


@given(
    st.lists(st.integers(1, 50), max_size=20),
    st.integers(0, 300),
    st.integers(1, 100),
)
def test_enough_steps_reach_the_goal_and_one_fewer_does_not(groups, resolved, goal):
    now = Proportion(resolved, resolved + sum(groups))
    path = path_to(goal / 100, now, [missed(n, f"s{i}") for i, n in enumerate(groups)])
    enough = path.enough
    assert enough is not None  # once all are resolved it is 100 %
    assert path.wanting == max(0, -(-goal * now.of // 100) - now.hits)
    if enough:
        assert 100 * (now.hits + path.steps[enough - 1].moved) >= goal * now.of
        before = path.steps[enough - 2].moved if enough > 1 else 0
        assert 100 * (now.hits + before) < goal * now.of
