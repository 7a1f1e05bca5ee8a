"""The outbox, its deliveries and attempts, and leases."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision = "desk_5"
down_revision: str | None = "desk_4"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

_MOMENT = sa.DateTime(timezone=True)
_NUMBER = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    """Make the four tables."""
    op.create_table(
        "outbox",
        sa.Column("seq", _NUMBER, sa.Identity(), nullable=False),
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("event", sa.String(32), nullable=False),
        sa.Column("subject", sa.Uuid, nullable=False),
        sa.Column("spread", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint("seq", name="pk_outbox"),
        sa.UniqueConstraint("id", name="uq_outbox_id"),
    )
    for column in ("at", "spread"):
        op.create_index(f"ix_outbox_{column}", "outbox", [column])
    op.create_table(
        "outbox_deliveries",
        sa.Column("event", _NUMBER, nullable=False),
        sa.Column("target", sa.String(64), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("since", _MOMENT, nullable=False),
        sa.Column("next_at", _MOMENT, nullable=False),
        sa.Column("refused", sa.Boolean, nullable=False),
        sa.Column("settled_at", _MOMENT),
        sa.PrimaryKeyConstraint("event", "target", name="pk_outbox_deliveries"),
        sa.ForeignKeyConstraint(["event"], ["outbox.seq"], ondelete="CASCADE"),
    )
    op.create_index(
        "ix_outbox_deliveries_target_state_event",
        "outbox_deliveries",
        ["target", "state", "event"],
    )
    op.create_table(
        "outbox_attempts",
        sa.Column("seq", _NUMBER, sa.Identity(), nullable=False),
        sa.Column("event", _NUMBER, nullable=False),
        sa.Column("target", sa.String(64), nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("ms", sa.Integer, nullable=False),
        sa.Column("status", sa.SmallInteger),
        sa.Column("problem", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("seq", name="pk_outbox_attempts"),
        sa.ForeignKeyConstraint(["event"], ["outbox.seq"], ondelete="CASCADE"),
    )
    op.create_index("ix_outbox_attempts_event", "outbox_attempts", ["event"])
    op.create_table(
        "leases",
        sa.Column("name", sa.String(32), nullable=False),
        sa.Column("holder", sa.Uuid, nullable=False),
        sa.Column("until", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_leases"),
    )
