"""What an application takes contacts in with, and who may do what with them."""

import contextlib
import logging
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from flask import Flask, current_app

from kb.accounts.roles import Permission
from kb.contacts.chain import Taken
from kb.contacts.contact import Contact, Report
from kb.contacts.drafts import Drafts
from kb.contacts.intake import Intake
from kb.contacts.stores import drafts_of, intake_for
from kb.records.database import Database
from search_api.access import account, caller
from search_api.reading import reading

_EXTENSION = "firstline-contacts"
_LOG = logging.getLogger(__name__)


class UnknownReason(Exception):
    """A contact names a reason that is not on the list."""


@dataclass(frozen=True)
class _Keeping:
    intake: Intake
    drafts: Drafts


def register(app: Flask, store: Database, var: Path) -> Intake:
    """Let an application take contacts in.

    Args:
        app: the staff application.
        store: the staff store.
        var: the folder in which contacts wait, and drafts are.
    """
    keeping = _Keeping(intake_for(store, var), drafts_of(var))
    app.extensions[_EXTENSION] = keeping
    return keeping.intake


def intake() -> Intake:
    """What this application takes contacts in with."""
    return _keeping().intake


def drafts() -> Drafts:
    """Where this application keeps unfinished contacts."""
    return _keeping().drafts


def take(contact: Contact, corrects: UUID | None = None) -> Taken | None:
    """Keep a contact, or a correction, of whoever sent it; the draft of it has done its duty.

    Returns:
        Its place in the chain; None where it waits for the store to be back.

    Raises:
        UnknownReason: if it is avoidable for a reason that is not on the list.
        OtherContact, NoSuchContact, Refused, OSError: as `Intake.take` does.
    """
    with reading() as searcher:
        known = [reason.id for reason in searcher.generation.setting.authority.avoidable]
    if contact.avoidable is not None and contact.avoidable not in known:
        raise UnknownReason(
            f"there is no reason {contact.avoidable}; known are {', '.join(known) or 'none'}"
        )
    who = account()
    report = Report(
        contact=contact,
        account=who.id,
        team=who.team,
        corrects=corrects,
        of_anyone=own_alone() is None,
    )
    taken = intake().take(report)
    with contextlib.suppress(OSError):  # it will expire
        draft = drafts().get(who.id)
        if draft is not None and draft.id == contact.id:
            drafts().drop(who.id)
    return taken


def own_alone() -> UUID | None:
    """The account whose contacts are all that the caller may see; None where it is everybody's.

    Agents see what they took themselves; managers, and programs with the scope for it, all.
    """
    who = caller()
    everybody = who.account.role is None or who.has(Permission.MANAGE)
    return None if everybody else who.account.id


def _keeping() -> _Keeping:
    keeping: _Keeping = current_app.extensions[_EXTENSION]
    return keeping
