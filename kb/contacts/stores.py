"""Where contacts are kept, as the operator has set it up."""

from pathlib import Path

from pydantic import TypeAdapter

from kb.contacts.chain import Chain
from kb.contacts.contact import Report
from kb.contacts.drafts import Drafts
from kb.contacts.intake import Intake
from kb.contacts.seals import Seals
from kb.contacts.upkeep import ContactsUpkeep
from kb.records.database import Database
from kb.records.recorder import Recorder
from kb.records.spool import Spool
from kb.settings import Settings


def chain_of(store: Database, var: Path) -> Chain:
    """The chain in the staff store."""
    return Chain(store, seals_of(var))


def seals_of(var: Path) -> Seals:
    """What this machine has noted of its end."""
    return Seals(var / "records" / "contacts.seals")


def spool_of_contacts(var: Path) -> Spool[Report]:
    """Where contacts wait."""
    return Spool(var / "records" / "spool" / "contacts", TypeAdapter(Report))


def drafts_of(var: Path) -> Drafts:
    """Where unfinished contacts are."""
    return Drafts(var / "records" / "drafts")


def intake_for(store: Database, var: Path) -> Intake:
    """What takes contacts in."""
    chain = chain_of(store, var)
    return Intake(chain, Recorder(store, spool_of_contacts(var), chain.take_in))


def contacts_upkeep(store: Database, settings: Settings, var: Path) -> ContactsUpkeep:
    """What is done with contacts once a day."""
    return ContactsUpkeep(chain_of(store, var), drafts_of(var), settings.keep_contacts)
