"""Keep since when a platform takes no replies for a place: the person has blocked the bot, or never let it in."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """Change the conversations."""
    op.add_column("conversations", sa.Column("unreachable_since", sa.DateTime(timezone=True)))


def downgrade() -> None:
    """Take the change back."""
    op.drop_column("conversations", "unreachable_since")
