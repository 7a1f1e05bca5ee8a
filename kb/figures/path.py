"""The path to the goal: what stands in the way of first contacts, what moves most first."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from itertools import accumulate

from kb.figures.proportion import Proportion

_ROUNDING = 1e-9
"""0.8 × 35 is 28 and not a hair more, which it is in binary fractions."""


class Gap(StrEnum):
    """Why first contacts were not resolved, as far as the records tell."""

    MISSING = "missing"
    """No article was opened: there is none, or none was found."""
    FAILING = "failing"
    """An article was opened, and was not enough."""
    NOT_KEPT = "not-kept"
    """The contacts were purged, and with them what was opened."""


@dataclass(frozen=True)
class Missed:
    """First contacts not resolved about one service, with one answer."""

    service: str | None
    gap: Gap
    answer: str | None
    """The article that was opened last, where one failed."""
    contacts: int


@dataclass(frozen=True)
class Step:
    """What could be put right, and how far that leads."""

    missed: Missed
    moved: int
    """Contacts that this step and all before it would move."""
    reaches: float
    """First-contact resolution, from 0 to 1, once all of these are resolved."""


@dataclass(frozen=True)
class Path:
    """The steps, those that move most first."""

    now: Proportion
    goal: float
    """From 0 to 1."""
    steps: tuple[Step, ...]

    @property
    def wanting(self) -> int:
        """How many more first contacts would have had to be resolved to reach the goal."""
        needed = math.ceil(self.goal * self.now.of - _ROUNDING)
        return max(0, needed - self.now.hits)

    @property
    def enough(self) -> int | None:
        """How many of the steps reach the goal; None where all of them do not."""
        if not self.wanting:
            return 0
        reached = (n for n, step in enumerate(self.steps, 1) if step.moved >= self.wanting)
        return next(reached, None)


def path_to(goal: float, now: Proportion, missed: Iterable[Missed]) -> Path:
    """Put what was missed in order.

    Args:
        goal: from 0 to 1.
        now: first-contact resolution as it is.
        missed: all first contacts that were not resolved, by service and answer.
    """
    ranked = sorted(missed, key=_most_first)
    moved = accumulate(one.contacts for one in ranked)
    return Path(
        now,
        goal,
        tuple(
            Step(one, total, (now.hits + total) / now.of)
            for one, total in zip(ranked, moved, strict=True)
        ),
    )


def _most_first(one: Missed) -> tuple[int, str, str, str]:
    return -one.contacts, one.service or "", one.gap, one.answer or ""
