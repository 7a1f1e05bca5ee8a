"""`directory.csv`: the telephone directory, for the staff edition only."""

import csv
import io

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


def read_directory(data: bytes | None) -> tuple[tuple[DirectoryEntry, ...], list[Problem]]:
    """Read the file, if there is one; a row with a fault is left out and reported."""
    reader = EntryReader(PATH)
    text = reader.text(data) if data is not None else None
    if text is None:
        return (), reader.problems
    rows = csv.reader(io.StringIO(text), strict=True)
    try:
        columns = _columns(next(rows, []), reader)
        if columns is None:
            return (), reader.problems
        entries: dict[str, DirectoryEntry] = {}
        for row in rows:
            if any(cell.strip() for cell in row):
                _add(row, columns, rows.line_num, entries, reader)
    except csv.Error as error:
        reader.report(
            Level.ERROR, rows.line_num, f"this row cannot be read ({error}); check its quotes"
        )
        return (), reader.problems
    return tuple(entries.values()), reader.problems


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
    row: list[str],
    columns: list[str],
    line: int,
    entries: dict[str, DirectoryEntry],
    reader: EntryReader,
) -> None:
    if len(row) > len(columns):
        message = "this row has more cells than the first; put a text with a comma between quotes"
        reader.report(Level.FAULT, line, message)
        return
    cells = zip(columns, row, strict=False)
    known = {name: cell.strip() for name, cell in cells if name in COLUMNS}
    if known.get("id") in entries:
        reader.report(Level.FAULT, line, f'the id "{known["id"]}" stands here twice; keep one row')
        return
    entry = reader.entry(known, DirectoryEntry, Located(known, {(): line}))
    if entry is not None:
        entries[entry.id] = entry
