"""The tables of contacts, in the desk line: the chain, and what is left of what was purged."""

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Date,
    Integer,
    String,
    Table,
    Text,
    Uuid,
)
from sqlalchemy.dialects.postgresql import JSONB

from kb.records.tables import METADATA, Line, Moment

_NUMBER = BigInteger().with_variant(Integer, "sqlite")
_LIST = JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")

contacts = Table(
    "contacts",
    METADATA[Line.DESK],
    Column("seq", _NUMBER, primary_key=True, autoincrement=False),
    Column("kind", String(16), nullable=False),
    Column("id", Uuid, nullable=False, unique=True),
    Column("contact", Uuid, index=True),
    Column("at", Moment, nullable=False),
    Column("account", Uuid),
    Column("team", Text),
    Column("started_at", Moment, index=True),
    Column("ended_at", Moment),
    Column("channel", String(16)),
    Column("outcome", String(32)),
    Column("first", Boolean),
    Column("avoidable", Text),
    Column("handed_to", Text),
    Column("call_back_by", Moment),
    Column("service", Text),
    Column("answered_by", Text),
    Column("opened", _LIST),
    Column("path", _LIST),
    Column("purged", _NUMBER),
    Column("purged_to", _NUMBER),
    Column("purged_hash", String(64)),
    Column("days", String(64)),
    Column("texts", String(64)),
    Column("salt", String(32)),
    Column("searches", _LIST),
    Column("case", Text),
    Column("notes", Text),
    Column("hash", String(64), nullable=False),
)
"""The chain: a row for each contact, correction, erasure and purge, numbered without a gap.

`contact` is the contact that a row is about, by the id of its first row. `at` is when the row was
taken in. `searches`, `case` and `notes` are the texts, `texts` is their digest, made with `salt`.
A purge took away so many rows (`purged`) up to number `purged_to`, whose hash was `purged_hash`;
`days` is the digest of `contact_days` after it. `hash` covers the row before, and of this row all
but the texts and their salt.
"""

contact_days = Table(
    "contact_days",
    METADATA[Line.DESK],
    Column("day", Date, primary_key=True),
    Column("service", Text, primary_key=True),
    Column("team", Text, primary_key=True),
    Column("channel", String(16), primary_key=True),
    Column("outcome", String(32), primary_key=True),
    Column("first", Boolean, primary_key=True),
    Column("avoidable", Text, primary_key=True),
    Column("contacts", Integer, nullable=False),
    Column("seconds", BigInteger, nullable=False),
)
"""How many contacts of a kind began on a day and how long they took in all, once they are purged.

Empty texts stand for none.
"""
