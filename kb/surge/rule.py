"""When a number of searches is a surge, and not a busy hour or chance.

It is compared with the same hours of the weeks before. If nothing were different, of all the
searches for one thing in these windows each would fall into the present one with the probability p:
so the number there, given their sum, is binomial, and its upper tail says how surprising it is (the
conditional test of two Poisson rates: Przyborowski and Wilenski, Biometrika 31, 1940). It needs no
estimate of the usual rate, so that a thing that is hardly ever searched for is not taken for a
surge by two searches.

- With k weeks before, p is 1 / (k + 1). Where people search more for everything now, as after a
  holiday, it is the share of all other searches that fall into the present window, up to three
  times their usual.
- Searches vary by more than chance. All numbers are divided by how much more (the overdispersion of
  Farrington et al., J. R. Stat. Soc. A 159, 1996): as much as a thing has when its days differ by
  `VARIES` of the usual, or what its own weeks show, each against the searches for all else, as far
  as six weeks that vary by chance alone would not show the same one time in ten.
- A surge is at least `LEAST` searches and `TIMES` the usual, with a tail below `SURPRISE`.

By simulation (tests/kb/surge/test_rule.py): of 150 things whose days differ by a fifth, none in
1,000 windows is a false alarm; where they differ by three tenths, one window in 40 has one. Four
times twenty searches are seen in four windows of five, four times a hundred in nineteen of twenty.
"""

import math
from collections.abc import Sequence

LEAST = 10
"""Searches within the window."""
TIMES = 2.0
SURPRISE = 1e-5
"""Some hundred things are looked at each hour."""
VARIES = 0.25
_BUSIEST = 3.0
_BY_CHANCE = 1.85
"""The 90th percentile of a chi-squared with five degrees of freedom, over five."""
_ENOUGH = 30
"""Other searches before, from which on their share says something."""


def is_surge(
    now: int, before: Sequence[int], others_now: int, others_before: Sequence[int]
) -> bool:
    """Whether a number of searches is a surge.

    Args:
        now: searches for one thing within the present window.
        before: the same for these hours of each of the weeks before; without one, nothing is said.
        others_now: searches for all else within the present window.
        others_before: the same for each of the weeks before.
    """
    if not before or now < LEAST or now < TIMES * usual(before):
        return False
    share = 1 / (len(before) + 1)
    others = sum(others_before)
    if others >= _ENOUGH:
        busy = others_now / (others_now + others)
        share = max(share, min(busy, _BUSIEST / (len(before) + _BUSIEST)))
    spread = _overdispersion(before, others_before)
    hits, rest = math.floor(now / spread), math.ceil(sum(before) / spread)
    return upper_tail(hits, hits + rest, share) < SURPRISE


def usual(before: Sequence[int]) -> float:
    """How many searches there usually are."""
    return sum(before) / len(before)


def upper_tail(hits: int, trials: int, share: float) -> float:
    """The probability of so many hits or more among so many trials, each with the same chance."""
    if hits <= 0:
        return 1.0
    if hits > trials:
        return 0.0
    log = (
        math.lgamma(trials + 1)
        - math.lgamma(hits + 1)
        - math.lgamma(trials - hits + 1)
        + hits * math.log(share)
        + (trials - hits) * math.log1p(-share)
    )
    term = total = math.exp(log)
    odds = share / (1 - share)
    for number in range(hits + 1, trials + 1):
        term *= odds * (trials - number + 1) / number
        total += term
        if term < total * 1e-12:
            break
    return min(1.0, total)


def _overdispersion(before: Sequence[int], others: Sequence[int]) -> float:
    """Variance over mean of the weeks before."""
    total, rest = sum(before), sum(others)
    typical = 1 + VARIES**2 * usual(before)
    if len(before) < 2 or not total:
        return typical
    enough = rest >= _ENOUGH
    means = [total * (one / rest if enough else 1 / len(before)) for one in others]
    squares = sum((one - mean) ** 2 / mean for one, mean in zip(before, means, strict=True) if mean)
    return max(typical, squares / (len(before) - 1) / _BY_CHANCE)
