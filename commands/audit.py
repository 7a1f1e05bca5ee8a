"""`kb audit`: whether the records of contacts are as they were written."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from commands.place import Place, fail
from kb.terminal import Steps, counted, err, out

if TYPE_CHECKING:
    from kb.contacts.audit import Verified
    from kb.contacts.seals import Seal

WHAT_TO_DO = """\
What to do: change nothing, and keep a copy of the database and of {seals}.
Restore the last backup into another folder, and verify it too: kb --var FOLDER audit verify.
Export both, kb records export contacts --format jsonl, and compare: the files differ where somebody
has changed something. docs/records.md says what each break means."""


@click.group()
def audit() -> None:
    """Prove that nobody has changed the records of contacts."""


@audit.command()
@click.option(
    "--seals",
    "files",
    type=click.Path(path_type=Path, exists=True, dir_okay=False, readable=True),
    multiple=True,
    help="Compare with this file of seals as well, of another machine or a copy. Repeatable.",
)
@click.pass_obj
def verify(place: Place, files: tuple[Path, ...]) -> None:
    """Walk the chain of contacts, row by row.

    Exits with 1 at the first row that is not as it was written. Nothing is changed, and the servers
    may go on meanwhile.
    """
    from commands.store import staff_store
    from kb.contacts.audit import Broken, audit
    from kb.contacts.seals import Seals
    from kb.contacts.stores import seals_of

    own = seals_of(place.var)
    seals = [own, *(Seals(file) for file in files)]
    with staff_store(place) as store:
        try:
            if not store.there:
                _say_missing(str(store), [seal for one in seals for seal in one.read()])
                return
            with Steps() as steps:
                found = audit(store, seals, lambda done, total: steps("verifying", done, total))
        except Broken as broken:
            fail(f"the chain is broken: {broken}\n{WHAT_TO_DO.format(seals=own.file)}", 1)
        except OSError as error:
            fail(f"the seals cannot be read: {error}", 1)
    _say(found, own.file)


def _say_missing(store: str, sealed: list[Seal]) -> None:
    """Say that there is no database; end with 1 where there was one."""
    if sealed:
        last = max(seal.seq for seal in sealed)
        fail(f"the database is gone: {store} is not there, and its row {last:,} was sealed", 1)
    out.print("There are no records of contacts yet.")


def _say(found: Verified, own: Path) -> None:
    """Say what was verified; end with 1 where there is nothing to compare it with."""
    if found.first is None or found.last is None:
        out.print("There are no records of contacts yet.")
        return
    if not found.sealed:
        fail(
            f"there is nothing outside of the database to compare with: {own} is missing or empty; "
            "bring it back, or name a copy with --seals",
            1,
        )
    out.print(
        f"{counted(found.rows, 'row')} verified, numbers {found.purged + 1:,} to {found.seq:,}, "
        f"from {found.first:%Y-%m-%d %H:%M} to {found.last:%Y-%m-%d %H:%M} UTC"
    )
    erased = f"the texts of {found.erased:,} erased, as erasures say"
    out.print(f"{found.purged:,} purged before them; {erased}")
    out.print(f"Last hash: {found.hash}")
    if found.sealed < found.seq:
        err.print(
            f"{counted(found.seq - found.sealed, 'row')} after number {found.sealed:,} not sealed "
            "on this machine: if others serve the staff site too, name their seals with --seals"
        )
