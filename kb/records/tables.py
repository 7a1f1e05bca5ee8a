"""The tables. Two lines of them, each with migrations of its own:

- the *journal*, what was searched for and said: in the public store and in the staff store;
- the *desk*, what only staff keep: in the staff store alone.
"""

from datetime import UTC, datetime
from enum import StrEnum

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    Dialect,
    ForeignKey,
    Identity,
    Integer,
    MetaData,
    SmallInteger,
    String,
    Table,
    Text,
    TypeDecorator,
    Uuid,
)

from kb.records.entries import Entry, Feedback, Opening, Search


class Line(StrEnum):
    """A line of tables."""

    JOURNAL = "journal"
    DESK = "desk"


class Moment(TypeDecorator[datetime]):
    """A point in time, in UTC; SQLite keeps no zone."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """What is written: UTC."""
        if value is None:
            return None
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(
        self,
        value: datetime | None,
        dialect: Dialect,  # noqa: ARG002
    ) -> datetime | None:
        """What is read, with its zone."""
        if value is None or value.tzinfo is not None:
            return value
        return value.replace(tzinfo=UTC)


NAMES = {
    "ix": "ix_%(column_0_N_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}
METADATA = {line: MetaData(naming_convention=NAMES) for line in Line}


def _entries(name: str, *columns: Column[object]) -> Table:
    """A table of entries: those columns, and what every entry has."""
    number = BigInteger().with_variant(Integer, "sqlite")
    return Table(
        name,
        METADATA[Line.JOURNAL],
        Column("seq", number, Identity(), primary_key=True),
        Column("id", Uuid, nullable=False, unique=True),
        Column("at", Moment, nullable=False, index=True),
        Column("edition", String(16), nullable=False),
        Column("generation", Text, nullable=False),
        Column("surface", String(16), nullable=False),
        Column("language", String(3), nullable=False),
        Column("query", Text, nullable=False),
        *columns,
    )


searches = _entries(
    "searches",
    Column("kind", String(16)),
    Column("total", Integer, nullable=False),
    Column("unsure", Boolean, nullable=False),
    Column("results", JSON, nullable=False),
)

openings = _entries("openings", Column("article", Text, nullable=False, index=True))

feedback = _entries(
    "feedback",
    Column("kind", String(16), nullable=False),
    Column("article", Text, index=True),
    Column("version", Text),
    Column("answered", Boolean),
    Column("score", SmallInteger),
    Column("reason", String(16)),
    Column("comment", Text, nullable=False),
    Column("reply_by", Date),
)

ENTRY_TABLES: dict[type[Entry], Table] = {Search: searches, Opening: openings, Feedback: feedback}

routings = Table(
    "routings",
    METADATA[Line.DESK],
    Column("feedback", Uuid, primary_key=True),
    Column("owner", Text),
    Column("at", Moment, nullable=False),
)
"""Who is to deal with a piece of feedback, by directory id; null for the contact centre."""

search_days = Table(
    "search_days",
    METADATA[Line.DESK],
    Column("day", Date, primary_key=True),
    Column("edition", String(16), primary_key=True),
    Column("surface", String(16), primary_key=True),
    Column("searches", Integer, nullable=False),
    Column("without_result", Integer, nullable=False),
    Column("unsure", Integer, nullable=False),
    Column("openings", Integer, nullable=False),
)
"""What is left of searches once they are purged: how many there were on a day."""

accounts = Table(
    "accounts",
    METADATA[Line.DESK],
    Column("id", Uuid, primary_key=True),
    Column("name", String(64), nullable=False, unique=True),
    Column("role", String(16), nullable=False),
    Column("team", Text),
    Column("password", Text),
    Column("demo", Boolean, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("disabled_at", Moment),
    Column("signed_in_at", Moment),
)
"""Who may use the staff site. Of a password the argon2 hash is kept; null where there is none."""

sessions = Table(
    "sessions",
    METADATA[Line.DESK],
    Column("digest", String(64), primary_key=True),
    Column(
        "account", Uuid, ForeignKey("accounts.id", ondelete="CASCADE"), nullable=False, index=True
    ),
    Column("method", String(16), nullable=False),
    Column("started_at", Moment, nullable=False, index=True),
    Column("seen_at", Moment, nullable=False, index=True),
)
"""Who is signed in. Of the id, which the browser has, a digest is kept."""

tokens = Table(
    "tokens",
    METADATA[Line.DESK],
    Column("id", Uuid, primary_key=True),
    Column("name", String(64), nullable=False, unique=True),
    Column("digest", String(64), nullable=False, unique=True),
    Column("scopes", JSON, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False),
)
"""Which programs may use the staff API. Of the token a digest is kept."""

failures = Table(
    "failures",
    METADATA[Line.DESK],
    Column("digest", String(64), primary_key=True),
    Column("times", Integer, nullable=False),
    Column("at", Moment, nullable=False, index=True),
)
"""Failed attempts to sign in, by a digest of the name or the address."""
