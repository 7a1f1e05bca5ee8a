"""The shapes of charts: where each lies, from 0 to 100 across and in pixels down.

Across they are drawn in shares of the width and down in pixels, so that a chart fits a phone and a
sheet of paper with letters of one size.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Point:
    """A week on a line."""

    x: float
    y: float
    low: float
    high: float
    """The ends of its interval, in pixels; `high` is above `low` and so smaller."""
    said: str
    link: str


@dataclass(frozen=True)
class Line:
    """A share over time."""

    name: str
    title: str
    description: str
    points: tuple[Point, ...]
    pieces: tuple[tuple[Point, Point], ...]
    """Neighbours that are joined."""
    goal: float
    """In pixels."""
    grid: tuple[tuple[float, str], ...]
    labels: tuple[tuple[float, str], ...]
    """Along the bottom."""
    height: int


@dataclass(frozen=True)
class Bar:
    """A share, with its interval where it has one."""

    label: str
    full: str
    """The label as it is, and all figures in words."""
    length: float
    low: float | None
    high: float | None
    value: str
    link: str
    language: str
    """Of the label."""
    note: str = ""
    """A line of its own below the label."""


@dataclass(frozen=True)
class Bars:
    """Shares beside each other."""

    name: str
    title: str
    description: str
    bars: tuple[Bar, ...]
    goal: float | None
    """Where the goal is; None where it is not drawn."""

    @property
    def has_notes(self) -> bool:
        """Whether any bar has a second line."""
        return any(bar.note for bar in self.bars)
