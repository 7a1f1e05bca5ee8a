"""`kb records erase`: what callers said is taken out of the records of contacts."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

import click
from rich.markup import escape

from commands.place import Place, fail
from kb.terminal import counted, err, out

if TYPE_CHECKING:  # imported where used, so that `kb --help` answers at once
    from kb.contacts.erasure import Texts


@click.command()
@click.option("--contact", type=click.UUID, help="The contact with this id, and its corrections.")
@click.option("--case", help="Contacts about the case with this reference.")
@click.option("--words", help="Contacts in whose notes, searches or case this is said.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.pass_obj
def erase(
    place: Place, contact: UUID | None, case: str | None, words: str | None, yes: bool
) -> None:
    """Erase what callers said from the records of contacts.

    The notes, searches and case of some contacts go, with all their corrections. Shows them and
    asks first. That there was a contact, of what kind and when, stays on record, and so does that
    it was erased. Backups and exports keep what they have.
    """
    from commands.store import staff_store
    from kb.contacts.erasure import erase, find
    from kb.contacts.stores import chain_of, spool_of_contacts

    if sum(map(bool, (contact, case, words))) != 1:
        fail("say which contacts, with one of --contact, --case and --words")
    waiting = spool_of_contacts(place.var).waiting()
    if waiting:
        err.print(
            f"{counted(waiting, 'contact')} on disk and not in the database yet: not looked at. "
            "Erase again when kb records status says that none waits."
        )
    with staff_store(place) as store:
        if store.there:
            with store.reading() as connection:
                found = find(connection, contact, case, words)
        else:
            found = []
        if not found:
            fail("there is no such contact, or its texts are erased already", 1)
        for one in found:
            _show(one)
        meant = {one.contact for one in found}
        if not yes:
            said = f"Erase these texts of {counted(len(meant), 'contact')} for good?"
            click.confirm(said, abort=True, err=True)
        rows = erase(chain_of(store, place.var), meant)
    out.print(f"The texts of {counted(rows, 'row')} are erased.")


def _show(one: Texts) -> None:
    out.print(f"Row {one.seq:,}, {one.started_at:%Y-%m-%d}, contact {one.contact}")
    texts = {"case": one.case, "searches": "; ".join(one.searches), "notes": one.notes}
    for name, text in texts.items():
        if text:
            out.print(f"  {name}: {escape(text)}")
