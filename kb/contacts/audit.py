"""The audit: walks the whole chain, and names the first row that is not as it was written."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Connection, func, select

from kb.contacts.days import days_digest
from kb.contacts.exact import NotAsWritten, exact_rows
from kb.contacts.link import GENESIS, TEXTS, LinkKind, Row, link_hash, texts_digest
from kb.contacts.seals import Seal, Seals
from kb.contacts.tables import contact_days, contacts
from kb.records.database import Database

_STEP = 1000

Progress = Callable[[int, int], None]
"""Called with rows done and rows in all."""


class Broken(Exception):
    """The chain is not as it was written; the message names the first row and what is wrong."""


@dataclass(frozen=True)
class Verified:
    """A chain that is as it was written."""

    rows: int
    first: datetime | None
    """When the first row that is there was added; None where there is none."""
    last: datetime | None
    seq: int
    """The number of the last row; all those before the first were purged."""
    hash: str
    """Of the last row."""
    purged: int
    erased: int
    """Rows whose texts are erased."""
    sealed: int
    """The number of the last row that the seals know."""


def audit(database: Database, seals: Iterable[Seals], progress: Progress | None = None) -> Verified:
    """Verify the chain in a store as it is at this moment, while others may go on writing.

    Args:
        database: the staff store.
        seals: the files of all that write to it.
        progress: told now and then.

    Raises:
        Broken: as `verify` does.
        RecordsAway, WrongAddress: if the store cannot be read.
        OSError: if a file of seals cannot be read.
    """
    noted = [seal for file in seals for seal in file.read()]  # first: the chain may grow meanwhile
    with database.snapshot() as connection:
        return verify(connection, noted, progress)


def verify(
    connection: Connection,
    seals: Iterable[Seal],
    progress: Progress | None = None,
    to: int | None = None,
) -> Verified:
    """Walk the chain from its first row to its last.

    Args:
        connection: a transaction that sees it as it was at one moment.
        seals: what was noted outside of the database, before that moment.
        progress: told now and then.
        to: the number of the last row that is looked at; without one, of all.

    Raises:
        Broken: if a row was changed, taken away, put in or moved, or the end was cut off.
    """
    return _Walk(connection, seals, to).walk(progress)


class _Walk:
    def __init__(self, connection: Connection, seals: Iterable[Seal], to: int | None) -> None:
        self._connection = connection
        self._to = to
        self._part = (contacts.c.seq <= to,) if to is not None else ()
        self._seals: dict[int, Seal] = {}
        for seal in seals:
            known = self._seals.setdefault(seal.seq, seal)
            if known.hash != seal.hash:
                raise Broken(
                    f"row {seal.seq} was sealed twice, at {known.at} and at {seal.at}, as two "
                    "different rows: the chain was cut there and went on anew"
                )
        self._erased: dict[UUID, int] = {}
        self._seq = 0
        self._previous = GENESIS

    def walk(self, progress: Progress | None) -> Verified:
        try:
            return self._walk(progress)
        except NotAsWritten as wrong:
            raise Broken(f"row {wrong.key} {wrong}") from wrong

    def _walk(self, progress: Progress | None) -> Verified:
        counting = select(func.count()).select_from(contacts).where(*self._part)
        total = self._connection.scalar(counting) or 0
        purge = self._read_ahead()
        purged, blank, first, last = self._seq, 0, None, None
        with exact_rows(self._connection, contacts, *self._part) as rows:
            for done, row in enumerate(rows, 1):
                self._check(row)
                first, last = first or row["at"], row["at"]
                blank += row["texts"] is not None and row["salt"] is None
                if progress and (done % _STEP == 0 or done == total):
                    progress(done, total)
        sealed = max(self._seals, default=0)
        if sealed > self._seq and self._to is None:
            raise _broken(
                self._seq + 1,
                f"is missing, and so are all up to row {sealed} at least, which was sealed at "
                f"{self._seals[sealed].at}: the end of the chain was cut off",
            )
        if days_digest(self._connection) != (purge["days"] if purge else days_digest()):
            raise Broken(f"the table {contact_days.name} is not as the last purge left it")
        return Verified(total, first, last, self._seq, self._previous, purged, blank, sealed)

    def _read_ahead(self) -> Row | None:
        """See what was erased and where the chain begins; the last purge, if there was one."""
        purge: Row | None = None
        ahead = contacts.c.kind.in_((LinkKind.ERASURE.value, LinkKind.PURGE.value))
        with exact_rows(self._connection, contacts, ahead) as rows:
            for row in rows:
                if row["kind"] == LinkKind.ERASURE:
                    self._erased[row["contact"]] = row["seq"]
                    continue
                purge = row
                self._seq, self._previous = row["purged_to"], row["purged_hash"]
                if self._seq is None or self._previous is None:
                    raise _broken(row["seq"], "says that it is a purge, and not of what")
        if purge is not None:
            self._compare_seal()
        return purge

    def _check(self, row: Row) -> None:
        wanted = self._seq + 1
        if row["seq"] != wanted:
            raise _broken(wanted, f"is missing; the next that is there is row {row['seq']}")
        try:
            if link_hash(self._previous, row) != row["hash"]:
                raise _broken(wanted, "does not say what it said when it was written")
            self._check_texts(row)
        except TypeError as error:
            raise _broken(wanted, f"has a value that is never written: {error}") from error
        self._seq, self._previous = wanted, row["hash"]
        self._compare_seal()

    def _check_texts(self, row: Row) -> None:
        seq = row["seq"]
        if row["texts"] is None:
            if any(row[name] is not None for name in (*TEXTS, "salt")):
                raise _broken(seq, "has texts, which no row of its kind has")
            return
        erased = seq < self._erased.get(row["contact"], 0)
        if row["salt"] is None:
            if any(row[name] is not None for name in TEXTS):
                raise _broken(seq, "has texts and no salt")
            if not erased:
                raise _broken(seq, "has lost its texts, and no erasure says so")
        elif erased:
            raise _broken(seq, "has texts again that were erased")
        elif texts_digest(row) != row["texts"]:
            raise _broken(seq, "has other texts than when it was written")

    def _compare_seal(self) -> None:
        seal = self._seals.get(self._seq)
        if seal is not None and seal.hash != self._previous:
            raise _broken(
                self._seq,
                f"is not the one that was sealed at {seal.at}: it or one before it was changed, "
                "and the hashes from there on were made anew",
            )


def _broken(seq: int, what: str) -> Broken:
    return Broken(f"row {seq} {what}")
