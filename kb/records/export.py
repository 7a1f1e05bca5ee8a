"""Records as files: JSON lines as they are, CSV for a spreadsheet."""

import csv
import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import IO, Any
from uuid import UUID

from kb import clock
from kb.records.database import Database
from kb.records.entries import Entry, Feedback, Opening, Search
from kb.records.journal import read

BATCH = 1000

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "'")


class Kind(StrEnum):
    """What can be exported."""

    SEARCHES = "searches"
    OPENINGS = "openings"
    FEEDBACK = "feedback"


_TYPES: dict[Kind, type[Entry]] = {
    Kind.SEARCHES: Search,
    Kind.OPENINGS: Opening,
    Kind.FEEDBACK: Feedback,
}


def entries(
    store: Database, kind: Kind, first: date | None = None, last: date | None = None
) -> Iterator[Entry]:
    """All entries of a kind, in the order in which they came in, from and up to a day, local time.

    Raises:
        RecordsProblem: if the store cannot be used.
    """
    since = _midnight(first) if first else None
    until = _midnight(last + timedelta(days=1)) if last else None
    after = 0
    while True:
        with store.reading() as connection:
            batch = read(connection, _TYPES[kind], after, BATCH)
        if batch.last is None:
            return
        for numbered in batch.entries:
            at = numbered.entry.at
            if (since is None or since <= at) and (until is None or at < until):
                yield numbered.entry
        after = batch.last


def write_lines(found: Iterable[Entry], file: IO[str]) -> None:
    """Write JSON lines."""
    for entry in found:
        file.write(entry.model_dump_json(exclude={"entry"}) + "\n")


def write_csv(kind: Kind, found: Iterable[Entry], file: IO[str]) -> None:
    """Write CSV with a line of names.

    A text that a spreadsheet would take for a formula gets an apostrophe before it.
    """
    names = [name for name in _TYPES[kind].model_fields if name != "entry"]
    writer = csv.writer(file)
    writer.writerow(names)
    for entry in found:
        values = entry.model_dump(mode="json")
        writer.writerow([cell(values[name]) for name in names])


def write_rows(
    names: Sequence[str], found: Iterable[dict[str, Any]], file: IO[str], *, lines: bool
) -> None:
    """Write rows of a table as JSON lines, or as CSV with a line of names; lists are JSON in it."""
    written = ({name: _plain(row[name]) for name in names} for row in found)
    if lines:
        for row in written:
            file.write(json.dumps(row, ensure_ascii=False) + "\n")
        return
    writer = csv.writer(file)
    writer.writerow(names)
    for row in written:
        values = (
            json.dumps(value, ensure_ascii=False) if isinstance(value, list) else value
            for value in row.values()
        )
        writer.writerow([cell(value) for value in values])


def _plain(value: Any) -> Any:
    """A value as JSON has it; moments in UTC."""
    match value:
        case datetime():
            return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
        case date():
            return value.isoformat()
        case UUID():
            return str(value)
    return value


def cell(value: Any) -> Any:
    """A value as a spreadsheet takes it for text: with an apostrophe before what begins a formula.

    What begins with an apostrophe gets another, so that the first can be taken off again.
    """
    if isinstance(value, list):
        return " ".join(value)
    if isinstance(value, str) and value.startswith(_FORMULA):
        return f"'{value}"
    return value


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), clock.ZONE)
