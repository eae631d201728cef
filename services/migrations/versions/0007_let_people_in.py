"""Add what lets people in: codes that link a chat, requests for access, notices; and rights of agents (ACC)."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0007"
down_revision = "0006"


ROLE = "guichet_app"
COMPANIES = "(SELECT NULLIF(current_setting('app.companies', true), ''))::bigint[]"
DUTY = "(SELECT current_setting('app.duty', true)) IN ('retention', 'agent')"


def upgrade() -> None:
    op.add_column(
        "portal_users",
        sa.Column(
            "agent_rights", postgresql.ARRAY(sa.String(length=20)), nullable=False, server_default="{}"
        ),
    )
    lay_out_linking()
    lay_out_requests()
    lay_out_notices()
    op.execute(
        f"GRANT SELECT, INSERT, UPDATE, DELETE ON link_codes, link_locks, access_requests, notices TO {ROLE}"
    )
    op.execute(f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {ROLE}")
    op.execute("ALTER TABLE access_requests ENABLE ROW LEVEL SECURITY")
    op.execute(
        f"CREATE POLICY asking ON access_requests FOR INSERT TO {ROLE} WITH CHECK (company_id IS NULL)"
    )
    op.execute(
        f"CREATE POLICY scope ON access_requests TO {ROLE} USING (company_id = ANY ({COMPANIES}) OR {DUTY})"
    )


def lay_out_linking() -> None:
    op.create_table(
        "link_codes",
        sa.Column("account_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=True),
        sa.Column("address", sa.String(length=64), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"], ["chat_accounts.id"], name=op.f("fk_link_codes_account_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["user_id"], ["portal_users.id"], name=op.f("fk_link_codes_user_id")),
        sa.PrimaryKeyConstraint("account_id", name=op.f("pk_link_codes")),
    )
    op.create_table(
        "link_locks",
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("failed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("locked_until", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_link_locks")),
    )


def lay_out_requests() -> None:
    op.create_table(
        "access_requests",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("conversation_id", sa.BigInteger(), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=True),
        sa.Column("company_id", sa.BigInteger(), nullable=True),
        sa.Column("details", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "state IN ('new', 'asked', 'passed', 'approved', 'refused')",
            name=op.f("ck_access_requests_state"),
        ),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversations.id"],
            name=op.f("fk_access_requests_conversation_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["user_id"], ["portal_users.id"], name=op.f("fk_access_requests_user_id")),
        sa.ForeignKeyConstraint(["company_id"], ["companies.id"], name=op.f("fk_access_requests_company_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_access_requests")),
    )
    op.create_index(op.f("ix_access_requests_company_id"), "access_requests", ["company_id"], unique=False)


def lay_out_notices() -> None:
    op.create_table(
        "notices",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=True),
        sa.Column("conversation_id", sa.BigInteger(), nullable=True),
        sa.Column("address", sa.String(), nullable=True),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("arguments", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["user_id"], ["portal_users.id"], name=op.f("fk_notices_user_id")),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversations.id"],
            name=op.f("fk_notices_conversation_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notices")),
    )


def downgrade() -> None:
    for table in ("notices", "access_requests", "link_locks", "link_codes"):
        op.drop_table(table)
    op.drop_column("portal_users", "agent_rights")
