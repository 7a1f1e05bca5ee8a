"""A proportion, how many it rests on, and between what bounds it lies."""

import math
from dataclasses import dataclass

Z_95 = 1.959964
"""The 97.5th percentile of the standard normal distribution: 95 % lie within it on both sides."""


@dataclass(frozen=True)
class Proportion:
    """So many of so many."""

    hits: int
    of: int

    def __post_init__(self) -> None:
        if not 0 <= self.hits <= self.of:
            raise ValueError(f"{self.hits} of {self.of} is no proportion")

    @property
    def rate(self) -> float | None:
        """From 0 to 1; None of nothing."""
        return self.hits / self.of if self.of else None

    @property
    def interval(self) -> tuple[float, float]:
        """The Wilson score interval at 95 %; all there is where it rests on nothing.

        E. B. Wilson, "Probable inference, the law of succession, and statistical inference",
        Journal of the American Statistical Association 22 (1927), 209–212.
        """
        if not self.of:
            return 0.0, 1.0
        share, square = self.hits / self.of, Z_95 * Z_95
        middle = share + square / (2 * self.of)
        reach = Z_95 * math.sqrt((share * (1 - share) + square / (4 * self.of)) / self.of)
        whole = 1 + square / self.of
        return max(0.0, (middle - reach) / whole), min(1.0, (middle + reach) / whole)

    def __add__(self, other: "Proportion") -> "Proportion":
        return Proportion(self.hits + other.hits, self.of + other.of)
