"""Tell readers at once that a ticket has changed, and note what a page has sent so that it has its effect once."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"

ROLE = "guichet_app"
TABLES = ("tickets", "ticket_messages", "ticket_notes")


def upgrade() -> None:
    """Lay the notes out and have the tables of tickets speak."""
    op.create_table(
        "page_acts",
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["chat_accounts.id"], name=op.f("fk_page_acts_account_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("account_id", "key", name=op.f("pk_page_acts")),
    )
    op.execute(f"GRANT SELECT, INSERT, DELETE ON page_acts TO {ROLE}")
    # No conversation has the number 0: under it whoever reads the queue is woken, at the commit, by whatever changed
    # it. Nothing of the ticket itself is told.
    op.execute(
        "CREATE FUNCTION tell_of_tickets() RETURNS trigger LANGUAGE plpgsql AS"
        " $$ BEGIN PERFORM pg_notify('guichet_news', '0'); RETURN NULL; END $$"
    )
    for table in TABLES:
        op.execute(
            f"CREATE TRIGGER tell_of_tickets AFTER INSERT OR UPDATE OR DELETE ON {table}"
            " FOR EACH STATEMENT EXECUTE FUNCTION tell_of_tickets()"
        )


def downgrade() -> None:
    """Take both back."""
    for table in TABLES:
        op.execute(f"DROP TRIGGER tell_of_tickets ON {table}")
    op.execute("DROP FUNCTION tell_of_tickets()")
    op.drop_table("page_acts")
