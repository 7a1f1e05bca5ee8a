"""Contacts: their chain, and what is left of those that were purged."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "desk_2"
down_revision: str | None = "desk_1"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

_MOMENT = sa.DateTime(timezone=True)
_NUMBER = sa.BigInteger().with_variant(sa.Integer, "sqlite")
_LIST = sa.JSON().with_variant(JSONB, "postgresql")


def upgrade() -> None:
    """Make the two tables."""
    op.create_table(
        "contacts",
        sa.Column("seq", _NUMBER, nullable=False, autoincrement=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("contact", sa.Uuid),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("account", sa.Uuid),
        sa.Column("team", sa.Text),
        sa.Column("started_at", _MOMENT),
        sa.Column("ended_at", _MOMENT),
        sa.Column("channel", sa.String(16)),
        sa.Column("outcome", sa.String(32)),
        sa.Column("first", sa.Boolean),
        sa.Column("avoidable", sa.Text),
        sa.Column("handed_to", sa.Text),
        sa.Column("call_back_by", _MOMENT),
        sa.Column("service", sa.Text),
        sa.Column("answered_by", sa.Text),
        sa.Column("opened", _LIST),
        sa.Column("path", _LIST),
        sa.Column("purged", _NUMBER),
        sa.Column("purged_to", _NUMBER),
        sa.Column("purged_hash", sa.String(64)),
        sa.Column("days", sa.String(64)),
        sa.Column("texts", sa.String(64)),
        sa.Column("salt", sa.String(32)),
        sa.Column("searches", _LIST),
        sa.Column("case", sa.Text),
        sa.Column("notes", sa.Text),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("seq", name="pk_contacts"),
        sa.UniqueConstraint("id", name="uq_contacts_id"),
    )
    op.create_index("ix_contacts_contact", "contacts", ["contact"])
    op.create_index("ix_contacts_started_at", "contacts", ["started_at"])
    op.create_table(
        "contact_days",
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("service", sa.Text, nullable=False),
        sa.Column("team", sa.Text, nullable=False),
        sa.Column("channel", sa.String(16), nullable=False),
        sa.Column("outcome", sa.String(32), nullable=False),
        sa.Column("first", sa.Boolean, nullable=False),
        sa.Column("avoidable", sa.Text, nullable=False),
        sa.Column("contacts", sa.Integer, nullable=False),
        sa.Column("seconds", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint(
            "day",
            "service",
            "team",
            "channel",
            "outcome",
            "first",
            "avoidable",
            name="pk_contact_days",
        ),
    )
