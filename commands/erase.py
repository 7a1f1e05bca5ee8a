"""`kb records erase`: what people said is taken out of the records."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import TYPE_CHECKING
from uuid import UUID

import click
from rich.markup import escape

from commands.place import Place, fail
from kb.terminal import counted, err, out

if TYPE_CHECKING:  # imported where used, so that `kb --help` answers at once
    from kb.contacts.erasure import Texts as ContactTexts
    from kb.records.database import Database
    from kb.records.worded import Texts


@click.command()
@click.option("--contact", type=click.UUID, help="The contact with this id, and its corrections.")
@click.option("--case", help="Contacts about the case with this reference.")
@click.option("--words", help="All records in which this is said.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.pass_obj
def erase(
    place: Place, contact: UUID | None, case: str | None, words: str | None, yes: bool
) -> None:
    """Erase what people said from the records.

    The notes, searches and case of some contacts go, with all their corrections and the requests
    made in them that are not taken yet. Words are looked for in searches, feedback, flags and
    decisions on them, requests and pinned notices too. Shows all and asks first. That there was a
    contact, of what kind and when, stays on record, and so does that it was erased. Backups and
    exports keep what they have.
    """
    from commands.store import staff_store
    from kb.contacts.erasure import erase as erase_contacts
    from kb.contacts.stores import chain_of
    from kb.records.worded import erase as erase_others

    if sum(map(bool, (contact, case, words))) != 1:
        fail("say which records, with one of --contact, --case and --words")
    _name_waiting(place)
    with staff_store(place) as store:
        contacts, others = _found(place, store, contact, case, words)
        if not contacts and not others:
            fail("there is no such record, or its texts are erased already", 1)
        for row in contacts:
            _show_contact(row)
        for one in others:
            _show(one)
        meant = {row.contact for row in contacts}
        if not yes:
            said = f"Erase these texts of {_counted(len(meant), others)} for good?"
            click.confirm(said, abort=True, err=True)
        rows = erase_contacts(chain_of(store, place.var), meant) if meant else 0
        with store.writing() as connection:
            rows += erase_others(connection, others)
    out.print(f"The texts of {counted(rows, 'row')} are erased.")


def _found(
    place: Place, store: Database, contact: UUID | None, case: str | None, words: str | None
) -> tuple[list[ContactTexts], list[Texts]]:
    """The contacts that are meant, and what else."""
    from kb.article import Edition
    from kb.contacts.erasure import find
    from kb.records.collect import collect
    from kb.records.said import ALL
    from kb.records.stores import store_of
    from kb.records.worded import find as find_words
    from kb.records.worded import find_where
    from kb.requests.tables import REQUESTS, requests

    if words:  # what residents said stands in the public store until then
        public = store_of(Edition.PUBLIC, place.settings, place.var)
        try:
            collect(public, store)
        finally:
            public.close()
    if not store.there:
        return [], []
    with store.reading() as connection:
        contacts = find(connection, contact, case, words)
        if words:
            others = [one for worded in ALL for one in find_words(connection, worded, words)]
        else:
            ids = {row.contact for row in contacts} | ({contact} if contact else set())
            others = find_where(connection, REQUESTS, requests.c.contact.in_(ids))
    return contacts, others


def _name_waiting(place: Place) -> None:
    from kb.article import Edition
    from kb.contacts.stores import spool_of_contacts
    from kb.flags.intake import spool_of_flags
    from kb.records.stores import spool_of

    waiting = spool_of_contacts(place.var).waiting() + spool_of_flags(place.var).waiting()
    waiting += sum(spool_of(edition, place.var).waiting() for edition in Edition)
    if waiting:
        err.print(
            f"{counted(waiting, 'record')} on disk and not in the database yet: not looked at. "
            "Erase again when kb records status says that none waits."
        )


def _counted(contacts: int, others: list[Texts]) -> str:
    """As "2 contacts, 1 flag"."""
    found = Counter((one.worded.noun, one.worded.nouns) for one in others)
    said = [counted(contacts, "contact")] if contacts or not others else []
    said += [
        f"{number:,} {noun if number == 1 else nouns}" for (noun, nouns), number in found.items()
    ]
    return ", ".join(said)


def _show_contact(one: ContactTexts) -> None:
    out.print(f"Row {one.seq:,}, {one.started_at:%Y-%m-%d}, contact {one.contact}")
    _show_texts({"case": one.case, "searches": "; ".join(one.searches), "notes": one.notes})


def _show(one: Texts) -> None:
    whole = ", which goes as a whole" if one.worded.goes else ""
    out.print(f"{one.worded.noun.capitalize()} {one.key}, {one.at:%Y-%m-%d}{whole}")
    _show_texts(one.said)


def _show_texts(texts: Mapping[str, str | None]) -> None:
    for name, text in texts.items():
        if text:
            out.print(f"  {name}: {escape(text)}")
