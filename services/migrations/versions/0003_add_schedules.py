"""Add regular sendings, and indexes that count items by day and type without reading the items."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0003"
down_revision = "0002"


ROLE = "guichet_app"
COMPANIES = "(SELECT NULLIF(current_setting('app.companies', true), ''))::bigint[]"
DUTY = "(SELECT current_setting('app.duty', true)) IN ('import', 'retention', 'agent')"
# The columns of each index of items: those that a search narrows by, then those that it counts or is guarded by.
BEFORE = (("operational_id_id", "handed_over_on"), ("company_id", "handed_over_on"))
AFTER = (
    ("operational_id_id", "handed_over_on", "item_type", "company_id"),
    ("company_id", "handed_over_on", "item_type"),
)


def upgrade() -> None:
    replace_indexes(BEFORE, AFTER)
    lay_out_schedules()
    op.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON schedules TO {ROLE}")
    op.execute(f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {ROLE}")
    op.execute("ALTER TABLE schedules ENABLE ROW LEVEL SECURITY")
    op.execute(f"CREATE POLICY scope ON schedules TO {ROLE} USING (company_id = ANY ({COMPANIES}) OR {DUTY})")


def replace_indexes(old: tuple[tuple[str, ...], ...], new: tuple[tuple[str, ...], ...]) -> None:
    for columns in old:
        op.drop_index(f"ix_items_{'_'.join(columns)}", table_name="items")
    for columns in new:
        op.create_index(f"ix_items_{'_'.join(columns)}", "items", list(columns), unique=False)


def lay_out_schedules() -> None:
    op.create_table(
        "schedules",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("company_id", sa.BigInteger(), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("conversation_id", sa.BigInteger(), nullable=False),
        sa.Column("subject", sa.String(length=10), nullable=False),
        sa.Column("recurrence", sa.String(length=200), nullable=False),
        sa.Column("span", sa.String(length=20), nullable=False),
        sa.Column("operational_ids", postgresql.ARRAY(sa.String(length=14)), nullable=False),
        sa.Column("item_types", postgresql.ARRAY(sa.String(length=12)), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sent_for", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("subject IN ('report', 'receipts')", name=op.f("ck_schedules_subject")),
        sa.CheckConstraint("state IN ('active', 'paused', 'stopped')", name=op.f("ck_schedules_state")),
        sa.CheckConstraint("(state = 'active') = (next_at IS NOT NULL)", name=op.f("ck_schedules_next_at")),
        sa.ForeignKeyConstraint(["company_id"], ["companies.id"], name=op.f("fk_schedules_company_id")),
        sa.ForeignKeyConstraint(["user_id"], ["portal_users.id"], name=op.f("fk_schedules_user_id")),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversations.id"],
            name=op.f("fk_schedules_conversation_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_schedules")),
    )
    for column in ("company_id", "user_id"):
        op.create_index(op.f(f"ix_schedules_{column}"), "schedules", [column], unique=False)
    op.create_index(
        "ix_schedules_due",
        "schedules",
        ["next_at"],
        unique=False,
        postgresql_where=sa.text("state = 'active'"),
    )


def downgrade() -> None:
    op.drop_table("schedules")
    replace_indexes(AFTER, BEFORE)
