"""Grow tickets: who has them, what was said, notes that stay inside, canned answers; and work on behalf of others."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0006"
down_revision = "0005"


ROLE = "guichet_app"
COMPANIES = "(SELECT NULLIF(current_setting('app.companies', true), ''))::bigint[]"
PERSON = "(SELECT NULLIF(current_setting('app.person', true), '')::bigint)"
CONVERSATION = "(SELECT NULLIF(current_setting('app.conversation', true), '')::bigint)"
DUTY = "(SELECT current_setting('app.duty', true)) IN ('import', 'retention', 'agent')"
INSIDE = "(SELECT current_setting('app.duty', true)) IN ('retention', 'agent')"
# Who may see the rows of a table: a ticket is its person's, or its conversation's where nobody is known (ACC-8).
RULES = {
    "tickets": f"user_id = {PERSON} OR conversation_id = {CONVERSATION} OR {DUTY}",
    # The tickets that the sub-query sees are those that the rule above leaves.
    "ticket_messages": f"EXISTS (SELECT FROM tickets t WHERE t.id = ticket_id) OR {DUTY}",
    "ticket_notes": INSIDE,
    "canned_answers": INSIDE,
    "on_behalf_sessions": (
        f"company_ids && {COMPANIES} OR customer_id = {PERSON} OR agent_id = {PERSON} OR {DUTY}"
    ),
    "on_behalf_actions": f"EXISTS (SELECT FROM on_behalf_sessions s WHERE s.id = session_id) OR {DUTY}",
}
STATES = "state IN ('new', 'taken', 'waiting', 'solved', 'closed')"


def upgrade() -> None:
    extend_tickets()
    lay_out_words()
    lay_out_work_on_behalf()
    op.execute(
        "INSERT INTO ticket_numbers (year, last) SELECT substr(number, 4, 4)::integer, max(right(number, 6)::integer)"
        " FROM tickets GROUP BY 1"
    )
    # Where no company is concerned, a file is its person's alone: the figures of the team leader.
    op.alter_column("files", "company_id", nullable=True)
    op.execute(f"CREATE POLICY own ON files TO {ROLE} USING (company_id IS NULL AND user_id = {PERSON})")
    op.add_column("outbox", sa.Column("thread", sa.String(length=20), nullable=True))
    op.execute(f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {ROLE}")
    op.execute(f"GRANT SELECT, INSERT, UPDATE ON ticket_numbers TO {ROLE}")
    for table, rule in RULES.items():
        op.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON {table} TO {ROLE}")
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY scope ON {table} TO {ROLE} USING ({rule})")


def extend_tickets() -> None:
    for column in ("assignee_id", "agent_conversation_id", "merged_into_id"):
        op.add_column("tickets", sa.Column(column, sa.BigInteger(), nullable=True))
    for column in ("first_answer_at", "solved_at", "closed_at", "due_soon_told_at", "overdue_told_at"):
        op.add_column("tickets", sa.Column(column, sa.DateTime(timezone=True), nullable=True))
    op.add_column("tickets", sa.Column("rating", sa.Integer(), nullable=True))
    for column, target in (
        ("assignee_id", "portal_users"),
        ("agent_conversation_id", "conversations"),
        ("merged_into_id", "tickets"),
    ):
        op.create_foreign_key(op.f(f"fk_tickets_{column}"), "tickets", target, [column], ["id"])
    op.create_check_constraint(op.f("ck_tickets_state"), "tickets", STATES)
    op.create_check_constraint(op.f("ck_tickets_rating"), "tickets", "rating BETWEEN 1 AND 5")
    op.create_index(
        "ix_tickets_open", "tickets", ["due_at"], postgresql_where=sa.text("state IN ('new', 'taken')")
    )
    op.create_index(op.f("ix_tickets_user_id"), "tickets", ["user_id"])


def lay_out_words() -> None:
    op.create_table(
        "ticket_numbers",
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("year", name=op.f("pk_ticket_numbers")),
    )
    op.create_table(
        "ticket_messages",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("ticket_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("to_customer", sa.Boolean(), nullable=False),
        sa.Column("author_id", sa.BigInteger(), nullable=True),
        sa.Column("recipient_id", sa.BigInteger(), nullable=True),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("delivered_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["ticket_id"], ["tickets.id"], name=op.f("fk_ticket_messages_ticket_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["author_id"], ["portal_users.id"], name=op.f("fk_ticket_messages_author_id")
        ),
        sa.ForeignKeyConstraint(
            ["recipient_id"], ["portal_users.id"], name=op.f("fk_ticket_messages_recipient_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ticket_messages")),
    )
    op.create_index(op.f("ix_ticket_messages_ticket_id"), "ticket_messages", ["ticket_id"])
    op.create_table(
        "ticket_notes",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("ticket_id", sa.BigInteger(), nullable=False),
        sa.Column("author_id", sa.BigInteger(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["ticket_id"], ["tickets.id"], name=op.f("fk_ticket_notes_ticket_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["author_id"], ["portal_users.id"], name=op.f("fk_ticket_notes_author_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ticket_notes")),
    )
    op.create_index(op.f("ix_ticket_notes_ticket_id"), "ticket_notes", ["ticket_id"])
    op.create_table(
        "canned_answers",
        sa.Column("code", sa.String(length=30), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("code", "language", name=op.f("pk_canned_answers")),
    )


def lay_out_work_on_behalf() -> None:
    op.create_table(
        "on_behalf_sessions",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("agent_id", sa.BigInteger(), nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("customer_id", sa.BigInteger(), nullable=True),
        sa.Column("company_ids", postgresql.ARRAY(sa.BigInteger()), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["agent_id"], ["portal_users.id"], name=op.f("fk_on_behalf_sessions_agent_id")
        ),
        sa.ForeignKeyConstraint(
            ["account_id"], ["chat_accounts.id"], name=op.f("fk_on_behalf_sessions_account_id")
        ),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["portal_users.id"], name=op.f("fk_on_behalf_sessions_customer_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_on_behalf_sessions")),
    )
    # Of an account at most one is going on, however many processes begin one.
    op.create_index(
        "ix_on_behalf_sessions_going_on",
        "on_behalf_sessions",
        ["account_id"],
        unique=True,
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.create_index(op.f("ix_on_behalf_sessions_customer_id"), "on_behalf_sessions", ["customer_id"])
    op.create_table(
        "on_behalf_actions",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("session_id", sa.BigInteger(), nullable=False),
        sa.Column("intent", sa.String(length=60), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["session_id"],
            ["on_behalf_sessions.id"],
            name=op.f("fk_on_behalf_actions_session_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_on_behalf_actions")),
    )
    op.create_index(op.f("ix_on_behalf_actions_session_id"), "on_behalf_actions", ["session_id"])


def downgrade() -> None:
    op.drop_column("outbox", "thread")
    op.execute("DROP POLICY own ON files")
    op.execute("DELETE FROM files WHERE company_id IS NULL")
    op.alter_column("files", "company_id", nullable=False)
    for table in (
        "on_behalf_actions",
        "on_behalf_sessions",
        "canned_answers",
        "ticket_notes",
        "ticket_messages",
        "ticket_numbers",
    ):
        op.drop_table(table)
    op.execute("DROP POLICY scope ON tickets")
    op.execute("ALTER TABLE tickets DISABLE ROW LEVEL SECURITY")
    op.drop_index("ix_tickets_user_id", table_name="tickets")
    op.drop_index("ix_tickets_open", table_name="tickets")
    for column in (
        "assignee_id",
        "agent_conversation_id",
        "merged_into_id",
        "first_answer_at",
        "solved_at",
        "closed_at",
        "due_soon_told_at",
        "overdue_told_at",
        "rating",
    ):
        op.drop_column("tickets", column)
    op.drop_constraint("ck_tickets_state", "tickets")
