"""The tables of the outbox, in the desk line."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Identity,
    Index,
    Integer,
    SmallInteger,
    String,
    Table,
    Text,
    Uuid,
)

from kb.records.tables import METADATA, Line, Moment

_NUMBER = BigInteger().with_variant(Integer, "sqlite")

outbox = Table(
    "outbox",
    METADATA[Line.DESK],
    Column("seq", _NUMBER, Identity(), primary_key=True),
    Column("id", Uuid, nullable=False, unique=True),
    Column("at", Moment, nullable=False, index=True),
    Column("event", String(32), nullable=False),
    Column("subject", Uuid, nullable=False),
    Column("spread", Boolean, nullable=False, index=True),
)
"""What happened. `subject` is the id of the contact's row or of the flag: its words are read from
there when it is delivered, so that there is no second copy to erase. `spread`: whether it was given
to each of those who want to know."""

outbox_deliveries = Table(
    "outbox_deliveries",
    METADATA[Line.DESK],
    Column("event", _NUMBER, ForeignKey("outbox.seq", ondelete="CASCADE"), primary_key=True),
    Column("target", String(64), primary_key=True),
    Column("state", String(16), nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("since", Moment, nullable=False),
    Column("next_at", Moment, nullable=False),
    Column("refused", Boolean, nullable=False),
    Column("settled_at", Moment),
    Index("ix_outbox_deliveries_target_state_event", "target", "state", "event"),
)
"""Who is to be told what, and how that stands. `refused`: the receiver answered that it does not
want it as it is, so that others need not wait behind it."""

outbox_attempts = Table(
    "outbox_attempts",
    METADATA[Line.DESK],
    Column("seq", _NUMBER, Identity(), primary_key=True),
    Column(
        "event", _NUMBER, ForeignKey("outbox.seq", ondelete="CASCADE"), nullable=False, index=True
    ),
    Column("target", String(64), nullable=False),
    Column("at", Moment, nullable=False),
    Column("ms", Integer, nullable=False),
    Column("status", SmallInteger),
    Column("problem", Text, nullable=False),
)
"""Every attempt: the status that came back, or null and why none did."""

leases = Table(
    "leases",
    METADATA[Line.DESK],
    Column("name", String(32), primary_key=True),
    Column("holder", Uuid, nullable=False),
    Column("until", Moment, nullable=False),
)
"""Who alone does something now, among all processes on all machines."""
