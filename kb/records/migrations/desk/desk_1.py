"""Who is to deal with feedback, and what is left of purged searches."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision = "desk_1"
down_revision: str | None = None
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    """Make the two tables."""
    op.create_table(
        "routings",
        sa.Column("feedback", sa.Uuid, nullable=False),
        sa.Column("owner", sa.Text),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("feedback", name="pk_routings"),
    )
    op.create_table(
        "search_days",
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("edition", sa.String(16), nullable=False),
        sa.Column("surface", sa.String(16), nullable=False),
        sa.Column("searches", sa.Integer, nullable=False),
        sa.Column("without_result", sa.Integer, nullable=False),
        sa.Column("unsure", sa.Integer, nullable=False),
        sa.Column("openings", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("day", "edition", "surface", name="pk_search_days"),
    )
