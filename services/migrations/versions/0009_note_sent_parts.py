"""Keep the platform's number of each part of a reply that was sent."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Change the outbox."""
    op.drop_column("outbox", "platform_id")
    op.add_column(
        "outbox",
        sa.Column("platform_ids", postgresql.JSONB(), nullable=False, server_default=sa.text("'[]'")),
    )


def downgrade() -> None:
    """Take the change back."""
    op.drop_column("outbox", "platform_ids")
    op.add_column("outbox", sa.Column("platform_id", sa.String(200)))
