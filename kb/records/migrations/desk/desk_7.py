"""Requests to another system."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision = "desk_7"
down_revision: str | None = "desk_6"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "requests",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("account", sa.Uuid, nullable=False),
        sa.Column("contact", sa.Uuid),
        sa.Column("article", sa.Text, nullable=False),
        sa.Column("service_code", sa.Text, nullable=False),
        sa.Column("description", sa.Text),
        sa.Column("address", sa.Text),
        sa.Column("address_id", sa.Text),
        sa.Column("lat", sa.Float),
        sa.Column("long", sa.Float),
        sa.Column("taken_at", _MOMENT),
        sa.Column("reference", sa.String(200)),
        sa.Column("token", sa.String(200)),
        sa.PrimaryKeyConstraint("id", name="pk_requests"),
    )
    op.create_index("ix_requests_at", "requests", ["at"])
