"""The table of requests, in the desk line."""

from sqlalchemy import Column, Float, String, Table, Text, Uuid

from kb.records.tables import METADATA, Line, Moment
from kb.records.worded import Worded

requests = Table(
    "requests",
    METADATA[Line.DESK],
    Column("id", Uuid, primary_key=True),
    Column("at", Moment, nullable=False, index=True),
    Column("account", Uuid, nullable=False),
    Column("contact", Uuid),
    Column("article", Text, nullable=False),
    Column("service_code", Text, nullable=False),
    Column("description", Text),
    Column("address", Text),
    Column("address_id", Text),
    Column("lat", Float),
    Column("long", Float),
    Column("taken_at", Moment),
    Column("reference", String(200)),
    Column("token", String(200)),
)
"""What was asked for and where, until it is taken; then what came back."""

REQUESTS = Worded(
    requests, "request", "requests", ("description", "address", "address_id"), goes=True
)
"""Whoever goes there needs the words: without them there is no request."""
