"""Searches, openings and feedback."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision = "journal_1"
down_revision: str | None = None
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    """Make the three tables."""
    _entries(
        "searches",
        sa.Column("kind", sa.String(16)),
        sa.Column("total", sa.Integer, nullable=False),
        sa.Column("unsure", sa.Boolean, nullable=False),
        sa.Column("results", sa.JSON, nullable=False),
    )
    _entries("openings", sa.Column("article", sa.Text, nullable=False))
    op.create_index("ix_openings_article", "openings", ["article"])
    _entries(
        "feedback",
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("article", sa.Text),
        sa.Column("version", sa.Text),
        sa.Column("answered", sa.Boolean),
        sa.Column("score", sa.SmallInteger),
        sa.Column("reason", sa.String(16)),
        sa.Column("comment", sa.Text, nullable=False),
        sa.Column("reply_by", sa.Date),
    )
    op.create_index("ix_feedback_article", "feedback", ["article"])


def _entries(name: str, *columns: sa.Column[object]) -> None:
    number = sa.BigInteger().with_variant(sa.Integer, "sqlite")
    op.create_table(
        name,
        sa.Column("seq", number, sa.Identity(), nullable=False),
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("edition", sa.String(16), nullable=False),
        sa.Column("generation", sa.Text, nullable=False),
        sa.Column("surface", sa.String(16), nullable=False),
        sa.Column("language", sa.String(3), nullable=False),
        sa.Column("query", sa.Text, nullable=False),
        *columns,
        sa.PrimaryKeyConstraint("seq", name=f"pk_{name}"),
        sa.UniqueConstraint("id", name=f"uq_{name}_id"),
    )
    op.create_index(f"ix_{name}_at", name, ["at"])
