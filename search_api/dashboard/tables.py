"""A table of figures: drawn on the page and written as CSV from the same cells."""

import csv
import io
from dataclasses import dataclass

from kb.figures.proportion import Proportion
from kb.records.export import cell
from search_api.dashboard.names import Name
from search_api.dashboard.numbers import say_interval, say_number, say_share
from search_api.i18n import gettext as _

_DIGITS = 6


@dataclass(frozen=True)
class Cell:
    """A figure or a name."""

    text: str
    """As the page says it."""
    value: str | int | float | None
    """As a file has it; shares from 0 to 1."""
    link: str = ""
    """The contacts behind it."""
    language: str = ""
    """Of a name, where it may be another than that of the page."""


@dataclass(frozen=True)
class Column:
    """What stands in a column."""

    label: str
    """Empty where only files have it."""
    key: str
    """As a file calls it."""
    is_number: bool = False


@dataclass(frozen=True)
class Table:
    """A table."""

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    left_out: int = 0
    """Rows that only the file has."""


def words(text: str | Name, value: str | None = None, link: str = "") -> tuple[Cell, ...]:
    """A name or other words; a file has the id, where there is one."""
    language = text.language if isinstance(text, Name) else ""
    return (Cell(str(text), str(text) if value is None else value, link, language),)


def count(number: int, link: str = "") -> Cell:
    """A number of contacts, searches or votes."""
    return Cell(say_number(number), number, link if number else "")


def proportion(one: Proportion, link: str = "") -> tuple[Cell, ...]:
    """How many of how many, the share, and its interval."""
    low, high = one.interval if one.of else (None, None)
    return (
        count(one.hits),
        count(one.of, link),
        Cell(say_share(one.rate), _rounded(one.rate)),
        Cell(say_interval(one), _rounded(low)),
        Cell("", _rounded(high)),
    )


def proportion_columns(hits: Column, of: Column) -> tuple[Column, ...]:
    """The columns of a proportion. The two ends of the interval are one column of the page."""
    return (
        hits,
        of,
        Column(_("Share"), "share", is_number=True),
        Column(_("95% interval"), "low", is_number=True),
        Column("", "high", is_number=True),
    )


def share(rate: float | None) -> Cell:
    """A share without its counts."""
    return Cell(say_share(rate), _rounded(rate))


def as_csv(table: Table, source: str) -> str:
    """A table as a file; each line says whether its contacts are real.

    Args:
        table: what is written.
        source: `real` or `demonstration`.
    """
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow(["data", *(column.key for column in table.columns)])
    for row in table.rows:
        writer.writerow([source, *(cell(one.value) for one in row)])
    return file.getvalue()


def _rounded(share: float | None) -> float | None:
    return round(share, _DIGITS) if share is not None else None
