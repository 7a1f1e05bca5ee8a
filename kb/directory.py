"""`directory.csv`: the telephone directory, for the staff edition only."""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from kb.entries import Entry, EntryReader
from kb.frontmatter import Id, Text
from kb.problems import Level, Problem
from kb.yamlfile import Located

PATH = "directory.csv"


class DirectoryEntry(Entry):
    """A person or a team."""

    id: Id
    name: Text
    role: str = ""
    team: str = ""
    telephone: str = ""
    email: str = ""
    location: str = ""
    hours: str = ""
    services: str = ""
    deputy: str = ""
    notes: str = ""


COLUMNS = tuple(DirectoryEntry.model_fields)


MAX_ROW_LINES = 50
"""How many lines a row may have: where a quote closes is not looked for to the end of the file."""

_SEPARATOR = re.compile(",(?! )")
"""A comma of a row, and not of a sentence."""


@dataclass(frozen=True)
class _Row:
    """A row of the file."""

    line: int
    """Where it begins, from 1."""
    cells: list[str]
    more: list[str]
    """Its lines after the first, which are inside of quotes."""


def read_directory(data: bytes | None) -> tuple[tuple[DirectoryEntry, ...], list[Problem]]:
    """Read the file, if there is one; a row with a fault is left out and reported."""
    reader = EntryReader(PATH)
    text = reader.text(data) if data is not None else None
    if text is None:
        return (), reader.problems
    rows = _rows(list(io.StringIO(text)), reader)
    header = next(rows, _Row(1, [], []))
    if header.line > 1:
        message = "the names of the columns cannot be read; put the quotes of this line right"
        reader.report(Level.ERROR, 1, message)
        return (), reader.problems
    columns = _columns(header.cells, reader)
    if columns is None:
        return (), reader.problems
    entries: dict[str, DirectoryEntry] = {}
    for row in rows:
        if any(cell.strip() for cell in row.cells):
            _add(row, columns, entries, reader)
    return tuple(entries.values()), reader.problems


def _rows(lines: list[str], reader: EntryReader) -> Iterator[_Row]:
    """The rows that can be read; after one that cannot, reading goes on in its next line."""
    at = 0
    while at < len(lines):
        rows = csv.reader(lines[at : at + MAX_ROW_LINES], strict=True)
        try:
            cells = next(rows)
        except csv.Error as error:
            reader.report(Level.FAULT, at + 1, _unreadable(lines[at], error))
            at += 1
            continue
        yield _Row(at + 1, cells, lines[at + 1 : at + rows.line_num])
        at += rows.line_num


def _unreadable(line: str, error: csv.Error) -> str:
    if line.count('"') % 2:
        return (
            "this row is left out, as a quote opens in it that is not closed; close it, or write "
            'it twice ("") if it is part of a text'
        )
    return (
        f"this row is left out, as its quotes do not fit ({error}); put them around the whole "
        'text, and write one that is part of it twice ("")'
    )


def _columns(header: list[str], reader: EntryReader) -> list[str] | None:
    columns = [cell.strip().lower() for cell in header]
    for needed in ("id", "name"):
        if needed not in columns:
            reader.report(
                Level.ERROR, 1, f'there is no column "{needed}"; name it in the first line'
            )
            return None
    for column in columns:
        if column not in COLUMNS:
            near = process.extractOne(column, COLUMNS, scorer=fuzz.ratio, score_cutoff=65)
            fix = f'did you mean "{near[0]}"?' if near else f"known are {', '.join(COLUMNS)}"
            reader.report(Level.FAULT, 1, f'there is no column "{column}"; {fix}')
    return columns


def _add(
    row: _Row, columns: list[str], entries: dict[str, DirectoryEntry], reader: EntryReader
) -> None:
    line = row.line
    if any(len(_SEPARATOR.findall(inside)) >= len(columns) - 1 for inside in row.more):
        message = (
            f"this row goes on to line {line + len(row.more)}, as a quote that opens in it closes "
            "there, and what look like rows are inside; if they are, close the quote before them"
        )
        reader.report(Level.WARNING, line, message)
    if len(row.cells) > len(columns):
        message = "this row has more cells than the first; put a text with a comma between quotes"
        reader.report(Level.FAULT, line, message)
        return
    cells = zip(columns, row.cells, strict=False)
    known = {name: cell.strip() for name, cell in cells if name in COLUMNS}
    if known.get("id") in entries:
        reader.report(Level.FAULT, line, f'the id "{known["id"]}" stands here twice; keep one row')
        return
    entry = reader.entry(known, DirectoryEntry, Located(known, {(): line}))
    if entry is not None:
        entries[entry.id] = entry
