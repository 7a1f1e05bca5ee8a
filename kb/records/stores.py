"""The two stores as the operator has set them up: the public one, and that of the staff."""

from functools import partial
from pathlib import Path

from kb.article import Edition
from kb.records.database import Database, WrongAddress
from kb.records.entries import ENTRIES, AnyEntry
from kb.records.journal import write
from kb.records.recorder import Recorder
from kb.records.routing import OwnerOf
from kb.records.spool import Spool
from kb.records.tables import Line
from kb.records.upkeep import Upkeep
from kb.settings import FILE, Settings

_SETTINGS = {Edition.PUBLIC: "public_database_url", Edition.STAFF: "database_url"}
_LINES = {Edition.PUBLIC: (Line.JOURNAL,), Edition.STAFF: tuple(Line)}


def store_of(edition: Edition, settings: Settings, var: Path) -> Database:
    """The store that an edition's application records in.

    Raises:
        WrongAddress: if the setting is no address of a database.
    """
    name = _SETTINGS[edition]
    written: str = getattr(settings, name)
    try:
        return Database(written.replace("{var}", str(var)), _LINES[edition])
    except WrongAddress as problem:
        raise WrongAddress(f"KB_{name.upper()} or {name} in {FILE}: {problem}") from problem


def spool_of(edition: Edition, var: Path) -> Spool[AnyEntry]:
    """Where that application's entries wait."""
    return Spool(var / "records" / "spool" / edition.value, ENTRIES)


def recorder_for(edition: Edition, settings: Settings, var: Path) -> Recorder[AnyEntry]:
    """What an edition's application records with.

    Raises:
        WrongAddress: as `store_of` does.
    """
    database = store_of(edition, settings, var)
    return Recorder(database, spool_of(edition, var), partial(write, database))


def upkeep_for(settings: Settings, var: Path, owner_of: OwnerOf) -> Upkeep:
    """What the staff side does with both.

    Raises:
        WrongAddress: as `store_of` does.
    """
    public, staff = (store_of(edition, settings, var) for edition in Edition)
    return Upkeep(public, staff, settings, owner_of)
