"""The chain of contacts in the staff store: rows are added at its end, one writer at a time."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Connection, insert, select, text

from kb import clock
from kb.contacts.contact import Contact, Report
from kb.contacts.link import GENESIS, TEXTS, LinkKind, Row, link_hash, new_salt, texts_digest
from kb.contacts.seals import Seal, Seals
from kb.contacts.tables import contacts
from kb.handover.events import EventType
from kb.handover.outbox import Happened, note
from kb.records.database import Database, Refused

_LOCK = 0x4B43  # of PostgreSQL's advisory locks: one row is the last, so one writer at a time
_OF_CONTACT = (*Contact.model_fields,)
_NONE = dict.fromkeys(contacts.columns.keys())


class OtherContact(Refused):
    """The id stands for something else already."""


class NoSuchContact(Refused):
    """There is no contact to be corrected, or only one that another person took."""


@dataclass(frozen=True)
class Taken:
    """A report that the chain has."""

    seq: int
    new: bool
    """False where it had come before."""


class Chain:
    """Adds to the chain; safe to use from several threads and processes."""

    def __init__(self, database: Database, seals: Seals) -> None:
        """Nothing is opened yet.

        Args:
            database: the staff store.
            seals: where the end of the chain is noted outside of it.
        """
        self.database = database
        self.seals = seals

    def take_in(self, reports: Sequence[Report]) -> list[Taken]:
        """Add contacts and corrections, all or none; one that has come before is left as it is.

        Raises:
            RecordsAway, WrongAddress: if the store cannot be used now.
            OtherContact, NoSuchContact, Refused: if it will never take one of them.
        """
        with self.adding() as end:
            return [end.take_in(report) for report in reports]

    @contextmanager
    def adding(self) -> Iterator["End"]:
        """A transaction in which the end of the chain is ours alone; then it is sealed.

        Raises:
            RecordsAway, WrongAddress, Refused: as `Database.writing` does.
        """
        with self.database.writing() as connection:
            if connection.dialect.name == "postgresql":
                connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
            end = End(connection)
            yield end
        if end.seal is not None:
            self.seals.add(end.seal)


class End:
    """The end of the chain, within the transaction of one writer."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.seal: Seal | None = None
        """Of the last row that was added; None before the first."""
        newest = select(contacts.c.seq, contacts.c.hash).order_by(contacts.c.seq.desc()).limit(1)
        row = connection.execute(newest).first()
        self.seq: int = row.seq if row else 0
        self.hash: str = row.hash if row else GENESIS

    def take_in(self, report: Report) -> Taken:
        """Add a contact or a correction, if it has not come before.

        Raises:
            OtherContact, NoSuchContact: as `Chain.take_in` does.
        """
        known = self._row(report.id)
        if known is not None:
            if report_of(known) != _as_kept(report, known):
                raise OtherContact(f"the id {report.id} stands for another contact already")
            return Taken(known["seq"], new=False)
        first = report.corrects or report.id
        if report.corrects is not None:
            corrected = self._row(report.corrects)
            if corrected is None or not _may_correct(report, corrected):
                raise NoSuchContact(f"there is no contact {report.corrects} to be corrected")
        kind, values = _written(report, first)
        note(self.connection, *self._news(report))
        return self.add(kind, values)

    def _news(self, report: Report) -> Iterator[Happened]:
        """What other systems are told of a report; before it is added."""
        recorded, to = EventType.CONTACT_RECORDED, report.contact.handed_to
        if report.corrects is not None:
            recorded = EventType.CONTACT_CORRECTED
            before = select(contacts.c.handed_to).where(contacts.c.contact == report.corrects)
            newest = before.order_by(contacts.c.seq.desc()).limit(1)
            to = None if self.connection.scalar(newest) == to else to
        yield Happened(recorded, report.id)
        if to is not None:
            yield Happened(EventType.CONTACT_HANDED_OVER, report.id)

    def take_in_new(self, reports: Iterable[Report]) -> None:
        """Add contacts whose ids are known to be new: many at once, and none is looked for."""
        self._insert([self._linked(*_written(report, report.id)) for report in reports])

    def add(self, kind: LinkKind, values: Mapping[str, Any]) -> Taken:
        """Add a row of some kind; what is not said of it, it does not have."""
        self._insert([self._linked(kind, values)])
        return Taken(self.seq, new=True)

    def _linked(self, kind: LinkKind, values: Mapping[str, Any]) -> Row:
        """A row that is the end from now on."""
        common = {"seq": self.seq + 1, "kind": kind.value, "id": uuid4(), "at": clock.now()}
        row = {**_NONE, **common, **values}
        row["hash"] = link_hash(self.hash, row)
        self.seq, self.hash = row["seq"], row["hash"]
        return row

    def _insert(self, rows: Sequence[Row]) -> None:
        if rows:
            self.connection.execute(insert(contacts), rows)
            self.seal = Seal(self.seq, self.hash, rows[-1]["at"])

    def _row(self, id_: UUID) -> Row | None:
        found = self.connection.execute(select(contacts).where(contacts.c.id == id_)).first()
        return found._asdict() if found is not None else None


def contact_of(row: Row) -> Contact:
    """The contact that a row holds; without texts where they are erased.

    Raises:
        ValidationError: if it holds none.
    """
    texts = {name: row[name] for name in TEXTS if row[name] is not None}
    fields = {name: row[name] for name in _OF_CONTACT if name not in TEXTS}
    return Contact.model_validate({**fields, **texts})


def _written(report: Report, first: UUID) -> tuple[LinkKind, Row]:
    """What a row says of a report; `first` is the contact that it is about."""
    values = report.contact.model_dump(mode="json", include={"opened", "path", "searches"})
    others = {name: getattr(report.contact, name) for name in _OF_CONTACT if name not in values}
    salted = {**others, **values, "salt": new_salt()}
    return LinkKind.CORRECTION if report.corrects else LinkKind.CONTACT, {
        **salted,
        "contact": first,
        "account": report.account,
        "team": report.team,
        "channel": report.contact.channel.value,
        "outcome": report.contact.outcome.value,
        "texts": texts_digest(salted),
    }


def report_of(row: Row) -> Report | None:
    """What was handed in; None where the row holds nothing of the kind."""
    if row["kind"] not in (LinkKind.CONTACT, LinkKind.CORRECTION):
        return None
    corrects = row["contact"] if row["kind"] == LinkKind.CORRECTION else None
    return Report(
        contact=contact_of(row), account=row["account"], team=row["team"], corrects=corrects
    )


def _may_correct(report: Report, corrected: Row) -> bool:
    mine = corrected["account"] == report.account
    return corrected["kind"] == LinkKind.CONTACT and (mine or report.of_anyone)


def _as_kept(report: Report, row: Row) -> Report:
    """A report as it would be found in a row: the team may have changed, texts may be erased."""
    contact = report.contact if row["salt"] is not None else report.contact.without_texts()
    return report.model_copy(update={"contact": contact, "team": row["team"], "of_anyone": False})
