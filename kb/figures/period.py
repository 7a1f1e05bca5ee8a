"""The days that figures are about: a quarter of the year, some weeks, or any days."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from kb import clock

LONGEST = timedelta(days=5 * 366)

_QUARTER = re.compile(r"(\d{4})-[Qq]([1-4])")


@dataclass(frozen=True)
class Period:
    """Whole days, local time, the last included.

    Raises:
        ValueError: if it ends before it begins, or is longer than `LONGEST`.
    """

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError("a period ends on the day it begins, or later")
        if self.last - self.first > LONGEST:
            raise ValueError("a period has five years at most")

    @classmethod
    def weeks_to(cls, last: date, weeks: int) -> "Period":
        """So many times seven days, the last of them given."""
        return cls(last - timedelta(days=7 * weeks - 1), last)

    @property
    def begins(self) -> datetime:
        """Its first moment."""
        return _midnight(self.first)

    @property
    def ends(self) -> datetime:
        """The first moment that is no longer in it."""
        return _midnight(self.last + timedelta(days=1))

    def weeks(self) -> Iterator["Period"]:
        """The weeks, Monday to Sunday, as far as they lie in it."""
        monday = monday_of(self.first)
        while monday <= self.last:
            sunday = monday + timedelta(days=6)
            yield Period(max(monday, self.first), min(sunday, self.last))
            monday += timedelta(days=7)


@dataclass(frozen=True, order=True)
class Quarter:
    """Three months of the calendar: the first are January to March."""

    year: int
    number: int

    @classmethod
    def read(cls, written: str) -> "Quarter":
        """As `2026-Q3`.

        Raises:
            ValueError: if it is written in another way.
        """
        match = _QUARTER.fullmatch(written)
        if match is None or not 2000 <= int(match[1]) < 2200:
            raise ValueError("a quarter is written as 2026-Q3")
        return cls(int(match[1]), int(match[2]))

    @classmethod
    def of(cls, day: date) -> "Quarter":
        """The quarter that a day is in."""
        return cls(day.year, (day.month + 2) // 3)

    @property
    def before(self) -> "Quarter":
        """The one before."""
        return Quarter(self.year - (self.number == 1), (self.number - 2) % 4 + 1)

    @property
    def period(self) -> Period:
        """Its days."""
        first = date(self.year, self.number * 3 - 2, 1)
        following = date(self.year + self.number // 4, self.number * 3 % 12 + 1, 1)
        return Period(first, following - timedelta(days=1))

    def __str__(self) -> str:
        return f"{self.year}-Q{self.number}"


def monday_of(day: date) -> date:
    """The Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), clock.ZONE)
