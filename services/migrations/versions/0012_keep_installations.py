"""Keep the workspaces that installed us, each with its sealed token."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    """Lay out the installations."""
    op.create_table(
        "installations",
        sa.Column("channel", sa.String(length=20), nullable=False),
        sa.Column("workspace", sa.String(length=80), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("installed_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("channel", "workspace", name=op.f("pk_installations")),
    )
    op.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON installations TO guichet_app")


def downgrade() -> None:
    """Take the change back."""
    op.drop_table("installations")
