"""Pinned notices."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision = "desk_6"
down_revision: str | None = "desk_5"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

_MOMENT = sa.DateTime(timezone=True)
_NUMBER = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "pins",
        sa.Column("seq", _NUMBER, sa.Identity(), nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("account", sa.Uuid, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("services", sa.JSON, nullable=False),
        sa.Column("queries", sa.JSON, nullable=False),
        sa.Column("until", sa.Date, nullable=False),
        sa.Column("unpinned_at", _MOMENT),
        sa.Column("unpinned_by", sa.Uuid),
        sa.PrimaryKeyConstraint("seq", name="pk_pins"),
    )
    op.create_index("ix_pins_until", "pins", ["until"])
