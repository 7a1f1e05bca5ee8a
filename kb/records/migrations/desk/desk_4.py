"""Flags, and what editors decided on them."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision = "desk_4"
down_revision: str | None = "desk_3"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

_MOMENT = sa.DateTime(timezone=True)
_NUMBER = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    """Make the two tables."""
    op.create_table(
        "flags",
        sa.Column("seq", _NUMBER, sa.Identity(), nullable=False),
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("account", sa.Uuid, nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("article", sa.Text),
        sa.Column("query", sa.Text, nullable=False),
        sa.Column("trail", sa.JSON, nullable=False),
        sa.Column("comment", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("seq", name="pk_flags"),
        sa.UniqueConstraint("id", name="uq_flags_id"),
    )
    op.create_index("ix_flags_at", "flags", ["at"])
    op.create_index("ix_flags_article", "flags", ["article"])
    op.create_table(
        "flag_decisions",
        sa.Column("seq", _NUMBER, sa.Identity(), nullable=False),
        sa.Column("flag", _NUMBER, nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("account", sa.Uuid, nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("note", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("seq", name="pk_flag_decisions"),
        sa.ForeignKeyConstraint(["flag"], ["flags.seq"], ondelete="CASCADE"),
    )
    op.create_index("ix_flag_decisions_flag", "flag_decisions", ["flag"])
