"""`kb records export`: records as files."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import IO, TYPE_CHECKING

import click

from commands.place import Place, fail

if TYPE_CHECKING:  # imported where used, so that `kb --help` answers at once
    from kb.records.database import Database

_DAY = click.DateTime(["%Y-%m-%d"])
_JOURNAL = ("searches", "openings", "feedback")
_CONTACTS, _DAYS = "contacts", "contact-days"
_DESK = ("flags", "flag-decisions", "requests", "pins")


@click.command()
@click.argument("kind", type=click.Choice([*_JOURNAL, _CONTACTS, _DAYS, *_DESK]))
@click.option(
    "--format",
    "form",
    type=click.Choice(["csv", "jsonl"]),
    default="csv",
    show_default=True,
    help="For a spreadsheet, or a line of JSON each.",
)
@click.option("--from", "first", type=_DAY, help="The first day, as 2026-04-01.")
@click.option("--to", "last", type=_DAY, help="The last day.")
@click.option(
    "--without-texts",
    is_flag=True,
    help="Contacts without what callers said: notes, searches, cases.",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False, allow_dash=True),
    default="-",
    help="The file to write; standard output without it.",
)
@click.pass_obj
def export(
    place: Place,
    kind: str,
    form: str,
    first: datetime | None,
    last: datetime | None,
    without_texts: bool,
    output: Path,
) -> None:
    """Print what the staff store holds.

    Collect first to have all of it. Contacts are the rows of the chain, from which anybody can
    compute it again; contact-days are the numbers that are left of those which were purged. See
    docs/records.md.
    """
    from commands.store import staff_store
    from kb.contacts.exact import NotAsWritten

    if without_texts and kind != _CONTACTS:
        fail(f"--without-texts is for contacts; {kind} are exported as they are")
    if kind == _DAYS and (first or last):
        fail(f"{_DAYS} are exported whole, without --from and --to: the digest is of all of them")
    if first and last and last < first:
        fail("--to is before --from; no day is both")
    days = (first and first.date(), last and last.date())
    with staff_store(place) as store, _written(output) as file:
        try:
            _export(store, kind, form, days, file, texts=not without_texts)
        except NotAsWritten as wrong:
            fail(f"row {wrong.key} {wrong}; see what kb audit verify says", 1)


def _export(
    store: Database,
    kind: str,
    form: str,
    days: tuple[date | None, date | None],
    file: IO[str],
    *,
    texts: bool,
) -> None:
    from kb.contacts import export as contacts
    from kb.records import export as records
    from kb.records import said
    from kb.records.worded import rows

    if kind in (_CONTACTS, _DAYS):
        found = contacts.days(store)
        names = contacts.DAY_COLUMNS
        if kind == _CONTACTS:
            found, names = contacts.rows(store, *days, texts=texts), contacts.COLUMNS
        if form == "csv":
            contacts.write_csv(names, found, file)
        else:
            contacts.write_lines(found, file)
        return
    if kind in _DESK:
        worded = next(one for one in said.DESK if one.name == kind)
        records.write_rows(worded.columns, rows(store, worded, *days), file, lines=form == "jsonl")
        return
    wanted = records.Kind(kind)
    entries = records.entries(store, wanted, *days)
    if form == "csv":
        records.write_csv(wanted, entries, file)
    else:
        records.write_lines(entries, file)


@contextmanager
def _written(output: Path) -> Iterator[IO[str]]:
    """The file to write, which is there when the block has ended well; else it is as it was."""
    try:
        if str(output) == "-":
            with click.open_file("-", "w", encoding="utf-8") as file:
                yield file
        elif output.exists() and not output.is_file():  # a device or a pipe
            with output.open("w", encoding="utf-8") as file:
                yield file
        else:
            aside = output.with_name(f".{output.name}.new")
            try:
                with aside.open("w", encoding="utf-8") as file:
                    yield file
                aside.replace(output)
            finally:
                aside.unlink(missing_ok=True)
    except OSError as error:
        if error.errno == errno.EPIPE:  # nobody reads on
            raise
        name = "standard output" if str(output) == "-" else output
        fail(f"{name} cannot be written: {error.strerror}", 1)
