"""What tables and charts are drawn from."""

from collections.abc import Sequence
from dataclasses import dataclass

from kb.figures.overview import Overview
from search_api.dashboard.names import Names


@dataclass(frozen=True)
class Drawn:
    """What tables are drawn from."""

    overview: Overview
    names: Names
    most: int | None = None
    """Rows of a table; all where there is no limit."""

    def left_out(self, rows: Sequence[object]) -> int:
        """How many of the rows are too many."""
        return max(0, len(rows) - self.most) if self.most is not None else 0
