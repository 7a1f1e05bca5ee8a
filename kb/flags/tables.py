"""The tables of flags, in the desk line. Both are only added to, but for words that are erased."""

from sqlalchemy import (
    JSON,
    BigInteger,
    Column,
    ForeignKey,
    Identity,
    Integer,
    String,
    Table,
    Text,
    Uuid,
)

from kb.records.tables import METADATA, Line, Moment
from kb.records.worded import Worded

_NUMBER = BigInteger().with_variant(Integer, "sqlite")

flags = Table(
    "flags",
    METADATA[Line.DESK],
    Column("seq", _NUMBER, Identity(), primary_key=True),
    Column("id", Uuid, nullable=False, unique=True),
    Column("at", Moment, nullable=False, index=True),
    Column("account", Uuid, nullable=False),
    Column("kind", String(32), nullable=False),
    Column("article", Text, index=True),
    Column("query", Text, nullable=False),
    Column("trail", JSON, nullable=False),
    Column("comment", Text, nullable=False),
)

flag_decisions = Table(
    "flag_decisions",
    METADATA[Line.DESK],
    Column("seq", _NUMBER, Identity(), primary_key=True),
    Column(
        "flag", _NUMBER, ForeignKey("flags.seq", ondelete="CASCADE"), nullable=False, index=True
    ),
    Column("at", Moment, nullable=False),
    Column("account", Uuid, nullable=False),
    Column("state", String(16), nullable=False),
    Column("note", Text, nullable=False),
)
"""What editors decided; the last of a flag is how it stands, and without one it is open."""

FLAGS = Worded(flags, "flag", "flags", ("query", "trail", "comment"))
DECISIONS = Worded(flag_decisions, "decision on a flag", "decisions on flags", ("note",))
