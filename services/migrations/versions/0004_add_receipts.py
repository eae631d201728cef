"""Add reports of receipts, those waited for, warnings before they go, and files dropped into a chat."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


ROLE = "guichet_app"
COMPANIES = "(SELECT NULLIF(current_setting('app.companies', true), ''))::bigint[]"
DUTY = "(SELECT current_setting('app.duty', true)) IN ('import', 'retention', 'agent')"
OF_A_COMPANY = ("receipt_reports", "awaited_receipts", "receipt_warnings")


def upgrade() -> None:
    lay_out_reports()
    lay_out_awaited()
    lay_out_warnings()
    lay_out_uploads()
    for table in (*OF_A_COMPANY, "uploads"):
        op.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON {table} TO {ROLE}")
    op.execute(f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {ROLE}")
    for table in OF_A_COMPANY:
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        op.execute(
            f"CREATE POLICY scope ON {table} TO {ROLE} USING (company_id = ANY ({COMPANIES}) OR {DUTY})"
        )


def lay_out_reports() -> None:
    op.create_table(
        "receipt_reports",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("company_id", sa.BigInteger(), nullable=False),
        sa.Column("operational_id_id", sa.BigInteger(), nullable=False),
        sa.Column("handed_over_on", sa.Date(), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("per_page", sa.SmallInteger(), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("receipts", sa.Integer(), nullable=False),
        sa.Column("generated_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.CheckConstraint("state IN ('wanted', 'made')", name=op.f("ck_receipt_reports_state")),
        sa.CheckConstraint(
            "(state = 'made') = (generated_at IS NOT NULL AND content IS NOT NULL)",
            name=op.f("ck_receipt_reports_is_made"),
        ),
        sa.CheckConstraint("per_page IN (1, 4)", name=op.f("ck_receipt_reports_per_page")),
        sa.ForeignKeyConstraint(["company_id"], ["companies.id"], name=op.f("fk_receipt_reports_company_id")),
        sa.ForeignKeyConstraint(
            ["operational_id_id"], ["operational_ids.id"], name=op.f("fk_receipt_reports_operational_id_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_receipt_reports")),
        sa.UniqueConstraint(
            "operational_id_id",
            "handed_over_on",
            name=op.f("uq_receipt_reports_operational_id_id_handed_over_on"),
        ),
    )
    for column in ("company_id", "handed_over_on"):
        op.create_index(op.f(f"ix_receipt_reports_{column}"), "receipt_reports", [column], unique=False)
    # A signed PDF is packed already: packing it again would only take time.
    op.execute("ALTER TABLE receipt_reports ALTER COLUMN content SET STORAGE EXTERNAL")


def lay_out_awaited() -> None:
    op.create_table(
        "awaited_receipts",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        *wish_columns(),
        sa.Column("operational_id_id", sa.BigInteger(), nullable=False),
        sa.Column("first_on", sa.Date(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=False),
        sa.Column("barcode", sa.String(length=40), nullable=False),
        sa.Column("per_page", sa.SmallInteger(), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        *wish_keys("awaited_receipts"),
        sa.ForeignKeyConstraint(
            ["operational_id_id"], ["operational_ids.id"], name=op.f("fk_awaited_receipts_operational_id_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_awaited_receipts")),
        sa.UniqueConstraint(
            "conversation_id",
            "operational_id_id",
            "first_on",
            "last_on",
            "barcode",
            name=op.f("uq_awaited_receipts_wish"),
        ),
    )
    for column in ("company_id", "last_on"):
        op.create_index(op.f(f"ix_awaited_receipts_{column}"), "awaited_receipts", [column], unique=False)


def lay_out_warnings() -> None:
    op.create_table(
        "receipt_warnings",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        *wish_columns(),
        sa.Column("warned_until", sa.Date(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        *wish_keys("receipt_warnings"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_receipt_warnings")),
        sa.UniqueConstraint(
            "conversation_id", "company_id", name=op.f("uq_receipt_warnings_conversation_id_company_id")
        ),
    )
    op.create_index(op.f("ix_receipt_warnings_company_id"), "receipt_warnings", ["company_id"], unique=False)


def wish_columns() -> tuple[sa.Column[int], ...]:
    names = ("conversation_id", "user_id", "company_id")
    return tuple(sa.Column(name, sa.BigInteger(), nullable=False) for name in names)


def wish_keys(table: str) -> tuple[sa.ForeignKeyConstraint, ...]:
    return (
        sa.ForeignKeyConstraint(["company_id"], ["companies.id"], name=op.f(f"fk_{table}_company_id")),
        sa.ForeignKeyConstraint(["user_id"], ["portal_users.id"], name=op.f(f"fk_{table}_user_id")),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversations.id"],
            name=op.f(f"fk_{table}_conversation_id"),
            ondelete="CASCADE",
        ),
    )


def lay_out_uploads() -> None:
    op.create_table(
        "uploads",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("conversation_id", sa.BigInteger(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversations.id"],
            name=op.f("fk_uploads_conversation_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_uploads")),
    )
    for column in ("conversation_id", "received_at"):
        op.create_index(op.f(f"ix_uploads_{column}"), "uploads", [column], unique=False)


def downgrade() -> None:
    for table in ("uploads", *reversed(OF_A_COMPANY)):
        op.drop_table(table)
