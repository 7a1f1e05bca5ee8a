"""`kb records`: what residents searched for and said back."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING, TextIO

import click

from commands.place import Place, fail
from commands.publishing import EDITIONS
from kb import clock
from kb.article import Edition
from kb.terminal import counted, out

if TYPE_CHECKING:  # imported where used, so that `kb --help` answers at once
    from kb.records.status import Status
    from kb.records.upkeep import Upkeep

_DAY = click.DateTime(["%Y-%m-%d"])


@click.group()
def records() -> None:
    """What residents searched for and said back: look, collect, purge, export.

    The public site adds to a store of its own, and the staff side collects from it.
    """


@records.command()
@click.option("--json", "as_json", is_flag=True, help="Print the figures as JSON.")
@click.pass_obj
def status(place: Place, as_json: bool) -> None:
    """Say what the stores hold and what waits; exit 1 if one cannot be used."""
    from kb.records.status import status_of
    from kb.records.stores import spool_of, store_of

    with _problems_named():
        found = {
            edition: status_of(
                store_of(edition, place.settings, place.var), spool_of(edition, place.var)
            )
            for edition in Edition
        }
    if as_json:
        figures = {edition.value: asdict(one) for edition, one in found.items()}
        click.echo(json.dumps(figures, ensure_ascii=False, indent=2))
    else:
        for edition, one in found.items():
            out.print(f"{edition.value.capitalize()} store: {one.address}", markup=False)
            out.print(f"  {_said(one)}", markup=False)
    if any(one.problem or one.unreadable for one in found.values()):
        raise SystemExit(1)


@records.command()
@click.pass_obj
def collect(place: Place) -> None:
    """Move entries from the public store to the staff's, and give complaints to owners.

    Whoever serves the staff site does it each minute.
    """
    with _problems_named():
        found, routed = _upkeep(place).collect()
    given = counted(routed, "complaint or compliment", "complaints and compliments")
    out.print(f"{counted(found.entries, 'entry', 'entries')} collected, {given} given to owners")
    if found.unreadable:
        fail(f"{counted(found.unreadable, 'row')} of the public store cannot be read", 1)


@records.command()
@click.option("--edition", type=click.Choice([*EDITIONS.choices, "both"]), default="both")
@click.pass_obj
def migrate(place: Place, edition: str) -> None:
    """Bring the stores' databases to the schema of this version.

    SQLite does it by itself. With PostgreSQL stop the servers of the old version first.
    """
    from kb.records.stores import store_of

    for one in Edition:
        if edition in (one.value, "both"):
            with _problems_named():
                store = store_of(one, place.settings, place.var)
                applied = store.migrate()
            done = ", ".join(applied) or "nothing to do"
            out.print(f"{one.value.capitalize()} store: {done}", markup=False)


@records.command()
@click.pass_obj
def purge(place: Place) -> None:
    """Take away what is older than keep_searches and keep_feedback; numbers by day remain.

    Whoever serves the staff site does it each day.
    """
    with _problems_named():
        gone = _upkeep(place).purge(clock.today())
    out.print(
        f"{counted(gone.searches, 'search', 'searches')}, {counted(gone.openings, 'opening')} and "
        f"{counted(gone.feedback, 'piece', 'pieces')} of feedback taken away"
    )


@records.command()
@click.argument("kind", type=click.Choice(["searches", "openings", "feedback"]))
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
    "-o",
    "--output",
    type=click.File("w", encoding="utf-8", lazy=True, atomic=True),
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
    output: TextIO,
) -> None:
    """Print what the staff store holds; collect first to have all of it."""
    from kb.records.export import Kind, entries, write_csv, write_lines
    from kb.records.stores import store_of

    wanted = Kind(kind)
    with _problems_named():
        store = store_of(Edition.STAFF, place.settings, place.var)
        found = entries(store, wanted, first and first.date(), last and last.date())
        if form == "csv":
            write_csv(wanted, found, output)
        else:
            write_lines(found, output)


@contextmanager
def _problems_named() -> Iterator[None]:
    """A store that cannot be used ends the command, with the reason."""
    from kb.records.database import RecordsProblem

    try:
        yield
    except RecordsProblem as problem:
        fail(str(problem), 1)


def _upkeep(place: Place) -> Upkeep:
    from indexer.current import CurrentEdition
    from indexer.owners import owners_in
    from kb.records.stores import upkeep_for

    staff = CurrentEdition(place.var, Edition.STAFF)
    return upkeep_for(place.settings, place.var, owners_in(staff))


def _said(one: Status) -> str:
    """What a store is like, in a line."""
    if one.problem:
        return f"cannot be used: {one.problem}; {counted(one.waiting, 'entry', 'entries')} waiting"
    held = (
        f"{counted(one.searches, 'search', 'searches')}, {counted(one.openings, 'opening')}, "
        f"{counted(one.feedback, 'piece', 'pieces')} of feedback"
        if one.there
        else "not made yet"
    )
    aside = f"; {counted(one.unreadable, 'file')} set aside as unreadable" if one.unreadable else ""
    return f"{held}; {counted(one.waiting, 'entry', 'entries')} waiting on disk{aside}"
