"""When a number of searches is a surge: by examples, against the definition, and by simulation."""

import math
import random
from itertools import product

import pytest

from kb.surge.rule import is_surge, upper_tail


def surge(now: int, *before: int, others: int = 500) -> bool:
    """With 500 other searches in each week before."""
    return is_surge(now, before, others, [500] * len(before))


def test_far_more_than_usual_is_a_surge():
    assert surge(40, 5, 6, 4, 5, 7, 3)
    assert surge(15, 0, 0, 0, 0, 0, 0)
    assert surge(300, 80, 90, 85, 95, 70, 88)


def test_a_little_more_than_usual_is_none():
    assert not surge(12, 5, 6, 4, 5, 7, 3)
    assert not surge(120, 80, 90, 85, 95, 70, 88)


def test_a_few_searches_are_no_surge_however_rare_they_are():
    assert not surge(9, 0, 0, 0, 0, 0, 0)


def test_without_a_week_before_nothing_is_said():
    assert not is_surge(1000, (), 500, ())


def test_what_goes_up_and_down_anyhow_has_to_go_up_further():
    assert surge(90, 20, 20, 20, 20, 20, 20)
    assert not surge(90, 2, 55, 5, 40, 8, 10)


def test_on_a_day_on_which_everything_is_searched_for_more_it_takes_more():
    assert surge(70, 15, 15, 15, 15, 15, 15)
    assert not surge(70, 15, 15, 15, 15, 15, 15, others=1500)
    assert surge(300, 15, 15, 15, 15, 15, 15, others=50_000)


def test_a_week_of_history_is_little_and_enough_for_what_is_plain():
    assert not surge(20, 5)
    assert surge(60, 5)


@pytest.mark.parametrize(
    ("hits", "trials", "share"), list(product((0, 1, 5, 12, 30), (12, 30), (0.05, 1 / 7, 0.5)))
)
def test_the_tail_is_that_of_the_binomial_distribution(hits, trials, share):
    exact = sum(
        math.comb(trials, one) * share**one * (1 - share) ** (trials - one)
        for one in range(hits, trials + 1)
    )
    assert upper_tail(hits, trials, share) == pytest.approx(exact, rel=1e-9)


def test_very_large_numbers_are_no_trouble():
    assert upper_tail(60_000, 100_000, 0.5) == pytest.approx(0, abs=1e-300)
    assert upper_tail(50_000, 100_000, 0.5) == pytest.approx(0.5, abs=0.01)


def _poisson(chance: random.Random, mean: float) -> int:
    if mean > 50:
        return max(0, round(chance.gauss(mean, math.sqrt(mean))))
    limit, product_, number = math.exp(-mean), chance.random(), 0
    while product_ > limit:
        product_ *= chance.random()
        number += 1
    return number


def _window(chance: random.Random, means: list[float], varies: float) -> list[int]:
    """The searches of two hours: days differ altogether, and each thing has days of its own."""
    day = chance.lognormvariate(0, 0.25)
    return [_poisson(chance, mean * day * chance.lognormvariate(0, varies)) for mean in means]


MEANS = [200 / rank for rank in range(1, 151)]
"""Searches in two hours for 150 things: a few often, most seldom."""


def _alarms(chance: random.Random, windows: int, varies: float) -> int:
    alarms = 0
    for _ in range(windows):
        *before, now = (_window(chance, MEANS, varies) for _ in range(7))
        for number, count in enumerate(now):
            usually = [week[number] for week in before]
            others = [sum(week) - week[number] for week in before]
            alarms += is_surge(count, usually, sum(now) - count, others)
    return alarms


def test_on_usual_days_there_are_few_false_alarms():
    assert _alarms(random.Random(7), 400, 0.2) <= 1
    assert _alarms(random.Random(7), 400, 0.3) <= 20


@pytest.mark.parametrize(("mean", "times"), [(2, 10), (10, 6), (20, 5), (100, 4)])
def test_real_surges_are_seen(mean, times):
    chance = random.Random(11)
    seen = 0
    for _ in range(200):
        *before, now = (_window(chance, [*MEANS, mean], 0.2) for _ in range(7))
        usually = [week[-1] for week in before]
        others = [sum(week[:-1]) for week in before]
        seen += is_surge(_poisson(chance, mean * times), usually, sum(now[:-1]), others)
    assert seen >= 150
