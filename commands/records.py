"""`kb records`: what residents searched for and said back, and what agents recorded."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from commands.erase import erase
from commands.export import export
from commands.place import Place, fail
from commands.publishing import EDITIONS
from kb import clock
from kb.article import Edition
from kb.terminal import counted, out

if TYPE_CHECKING:  # imported where used, so that `kb --help` answers at once
    from kb.contacts.status import ContactsStatus
    from kb.records.status import DeskStatus, Status
    from kb.records.upkeep import Upkeep


@click.group()
def records() -> None:
    """What was searched for, said and recorded: kept, shown, erased.

    The public site adds to a store of its own, and the staff side collects from it.
    """


records.add_command(export)
records.add_command(erase)


@records.command()
@click.option("--json", "as_json", is_flag=True, help="Print the figures as JSON.")
@click.pass_obj
def status(place: Place, as_json: bool) -> None:
    """Say what the stores hold and what waits.

    Exits with 1 if one cannot be used.
    """
    from kb.contacts.status import contacts_status
    from kb.contacts.stores import spool_of_contacts
    from kb.flags.intake import spool_of_flags
    from kb.records.status import desk_status, status_of
    from kb.records.stores import spool_of, store_of

    with _problems_named():
        found = {
            edition: status_of(
                store_of(edition, place.settings, place.var), spool_of(edition, place.var)
            )
            for edition in Edition
        }
        staff = store_of(Edition.STAFF, place.settings, place.var)
        contacts = contacts_status(staff, spool_of_contacts(place.var))
        desk = desk_status(staff, spool_of_flags(place.var))
    if as_json:
        figures = {edition.value: asdict(one) for edition, one in found.items()}
        figures["contacts"] = asdict(contacts)
        figures["desk"] = asdict(desk)
        click.echo(json.dumps(figures, ensure_ascii=False, indent=2))
    else:
        for edition, one in found.items():
            out.print(f"{edition.value.capitalize()} store: {one.address}", markup=False)
            out.print(f"  {_said(one)}", markup=False)
        out.print(f"Contacts, in the staff store:\n  {_contacts_said(contacts)}", markup=False)
        out.print(f"Flags, requests and notices, there too:\n  {_desk_said(desk)}", markup=False)
    amiss = [one.problem or one.unreadable for one in found.values()]
    amiss += [one.problem or one.unreadable for one in (contacts, desk)]
    if any(amiss):
        raise SystemExit(1)


@records.command()
@click.pass_obj
def collect(place: Place) -> None:
    """Move entries from the public store to the staff's.

    Complaints and compliments are given to owners. Whoever serves the staff site does it each
    minute.
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
@click.option("--unverified", is_flag=True, help="Contacts too whose chain is broken.")
@click.pass_obj
def purge(place: Place, unverified: bool) -> None:
    """Take away what is older than it is to be kept.

    See the settings keep_searches, keep_feedback, keep_contacts and keep_outbox. Of searches and
    contacts numbers by day remain. Contacts are verified before they go. Whoever serves the staff
    site does all of it each day.
    """
    from filelock import Timeout

    from kb.contacts.audit import Broken
    from kb.contacts.stores import contacts_upkeep

    today = clock.today()
    with _problems_named():
        upkeep = _upkeep(place)
        gone = upkeep.purge(today)
        contacts = contacts_upkeep(upkeep.staff, place.settings, place.var)
        try:
            contacts.tidy()
            purged = contacts.purge(today, broken=unverified)
        except Broken as broken:
            fail(
                f"no contact is taken away, as the chain is broken: {broken}\n"
                "See what kb audit verify says; then, if they are to go all the same, --unverified",
                1,
            )
        except (OSError, Timeout) as error:
            fail(f"seals and drafts of contacts cannot be tidied: {error}", 1)
    out.print(
        f"{counted(gone.searches, 'search', 'searches')}, {counted(gone.openings, 'opening')}, "
        f"{counted(gone.feedback, 'piece', 'pieces')} of feedback, {counted(gone.flags, 'flag')}, "
        f"{counted(gone.requests, 'request')}, {counted(gone.pins, 'pinned notice')} and "
        f"{counted(purged.contacts, 'contact')} taken away"
    )


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
    waiting = counted(one.waiting, "entry", "entries")
    return f"{held}; {waiting} waiting on disk{_aside(one.unreadable)}"


def _contacts_said(one: ContactsStatus) -> str:
    """What there is of contacts, in a line."""
    if one.problem:
        return f"cannot be counted; {counted(one.waiting, 'contact')} waiting on disk"
    held = f"{counted(one.contacts, 'contact')} in {counted(one.rows, 'row')}"
    return f"{held}; {one.waiting:,} waiting on disk{_aside(one.unreadable)}"


def _desk_said(one: DeskStatus) -> str:
    """What there is of what staff write beside them, in a line."""
    if one.problem:
        return f"cannot be counted; {counted(one.waiting, 'flag')} waiting on disk"
    held = ", ".join(f"{number:,} {name.replace('-', ' ')}" for name, number in one.counts.items())
    return f"{held}; {one.waiting:,} waiting on disk{_aside(one.unreadable)}"


def _aside(files: int) -> str:
    return f"; {counted(files, 'file')} set aside as unreadable" if files else ""
