"""The table of pinned notices, in the desk line."""

from sqlalchemy import JSON, BigInteger, Column, Date, Identity, Integer, Table, Text, Uuid

from kb.records.tables import METADATA, Line, Moment
from kb.records.worded import Worded

_NUMBER = BigInteger().with_variant(Integer, "sqlite")

pins = Table(
    "pins",
    METADATA[Line.DESK],
    Column("seq", _NUMBER, Identity(), primary_key=True),
    Column("at", Moment, nullable=False),
    Column("account", Uuid, nullable=False),
    Column("text", Text, nullable=False),
    Column("services", JSON, nullable=False),
    Column("queries", JSON, nullable=False),
    Column("until", Date, nullable=False, index=True),
    Column("unpinned_at", Moment),
    Column("unpinned_by", Uuid),
)
"""What was pinned, by whom, until which day; and who took it down before."""

PINS = Worded(pins, "pinned notice", "pinned notices", ("text", "queries"), goes=True)
