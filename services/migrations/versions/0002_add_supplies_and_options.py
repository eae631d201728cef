"""Add supplies with their orders, and options with their requests."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


ROLE = "guichet_app"
OF_A_COMPANY = ("supply_orders", "supply_order_lines", "option_requests")
TABLES = ("supply_products", "options", *OF_A_COMPANY)
COMPANIES = "(SELECT NULLIF(current_setting('app.companies', true), ''))::bigint[]"
DUTY = "(SELECT current_setting('app.duty', true)) IN ('import', 'retention', 'agent')"

# The five of the manual (OPT-1); those with next-day receipts are told by REC-2. The names are brands, the same in
# every language. From here on they are data.
OPTIONS = (
    ("registered_pack", "RegisteredP@ck", False, True),
    ("registered_paper_pack", "Registered Paper Pack", False, True),
    ("one_day_early_collect", "One Day Early Collect", False, False),
    ("secure_pick_up", "Secure Pick Up", False, False),
    ("temporary_stop_holidays", "Temporary Stop Holidays", True, False),
)


def upgrade() -> None:
    lay_out_supplies()
    lay_out_options()
    guard_rows()


def guard_rows() -> None:
    """Grant the application's role its work, and only the companies of its transaction (GEN-3)."""
    names = ", ".join(TABLES)
    op.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON {names} TO {ROLE}")
    op.execute(f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {ROLE}")
    for table in OF_A_COMPANY:
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        op.execute(
            f"CREATE POLICY scope ON {table} TO {ROLE} USING (company_id = ANY ({COMPANIES}) OR {DUTY})"
        )


def lay_out_supplies() -> None:
    op.create_table(
        "supply_products",
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("family", sa.String(length=40), nullable=True),
        sa.Column("name_fr", sa.String(), nullable=False),
        sa.Column("name_nl", sa.String(), nullable=False),
        sa.Column("name_en", sa.String(), nullable=False),
        sa.Column("name_de", sa.String(), nullable=False),
        sa.Column("unit", sa.String(length=12), nullable=False),
        sa.Column("minimum", sa.Integer(), nullable=False),
        sa.Column("maximum", sa.Integer(), nullable=False),
        sa.Column("picture", sa.String(), nullable=False),
        sa.Column("from_collector", sa.Boolean(), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("is_demo", sa.Boolean(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.CheckConstraint("1 <= minimum AND minimum <= maximum", name=op.f("ck_supply_products_bounds")),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_supply_products")),
    )
    op.create_table(
        "supply_orders",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("number", sa.String(length=14), nullable=False),
        sa.Column("company_id", sa.BigInteger(), nullable=False),
        sa.Column("operational_id_id", sa.BigInteger(), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("contact_person", sa.String(length=200), nullable=False),
        sa.Column("address", sa.String(length=400), nullable=False),
        sa.Column("ordered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("posted_by", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["company_id"], ["companies.id"], name=op.f("fk_supply_orders_company_id")),
        sa.ForeignKeyConstraint(
            ["operational_id_id"], ["operational_ids.id"], name=op.f("fk_supply_orders_operational_id_id")
        ),
        sa.ForeignKeyConstraint(["user_id"], ["portal_users.id"], name=op.f("fk_supply_orders_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_supply_orders")),
        sa.UniqueConstraint("number", name=op.f("uq_supply_orders_number")),
    )
    op.create_index(
        op.f("ix_supply_orders_company_id_ordered_at"),
        "supply_orders",
        ["company_id", "ordered_at"],
        unique=False,
    )
    op.create_table(
        "supply_order_lines",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("company_id", sa.BigInteger(), nullable=False),
        sa.Column("order_id", sa.BigInteger(), nullable=False),
        sa.Column("product_code", sa.String(length=40), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["company_id"], ["companies.id"], name=op.f("fk_supply_order_lines_company_id")
        ),
        sa.ForeignKeyConstraint(
            ["order_id"],
            ["supply_orders.id"],
            name=op.f("fk_supply_order_lines_order_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["product_code"], ["supply_products.code"], name=op.f("fk_supply_order_lines_product_code")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_supply_order_lines")),
        sa.UniqueConstraint(
            "order_id", "product_code", name=op.f("uq_supply_order_lines_order_id_product_code")
        ),
    )


def lay_out_options() -> None:
    options = op.create_table(
        "options",
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("has_last_day", sa.Boolean(), nullable=False),
        sa.Column("next_day_receipts", sa.Boolean(), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_options")),
    )
    op.bulk_insert(
        options,
        [
            {
                "code": code,
                "name": name,
                "has_last_day": has_last_day,
                "next_day_receipts": next_day_receipts,
                "is_active": True,
                "position": position,
            }
            for position, (code, name, has_last_day, next_day_receipts) in enumerate(OPTIONS, 1)
        ],
    )
    op.create_table(
        "option_requests",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("company_id", sa.BigInteger(), nullable=False),
        sa.Column("operational_id_id", sa.BigInteger(), nullable=False),
        sa.Column("option_code", sa.String(length=40), nullable=False),
        sa.Column("first_on", sa.Date(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=True),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=True),
        sa.Column("ticket_number", sa.String(length=14), nullable=True),
        sa.Column("requested_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by", sa.BigInteger(), nullable=True),
        sa.CheckConstraint("first_on <= last_on", name=op.f("ck_option_requests_days")),
        sa.CheckConstraint(
            "state IN ('requested', 'active', 'refused')", name=op.f("ck_option_requests_state")
        ),
        sa.ForeignKeyConstraint(["company_id"], ["companies.id"], name=op.f("fk_option_requests_company_id")),
        sa.ForeignKeyConstraint(
            ["operational_id_id"], ["operational_ids.id"], name=op.f("fk_option_requests_operational_id_id")
        ),
        sa.ForeignKeyConstraint(
            ["option_code"], ["options.code"], name=op.f("fk_option_requests_option_code")
        ),
        sa.ForeignKeyConstraint(["user_id"], ["portal_users.id"], name=op.f("fk_option_requests_user_id")),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["portal_users.id"], name=op.f("fk_option_requests_decided_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_option_requests")),
    )
    op.create_index(
        op.f("ix_option_requests_operational_id_id_option_code"),
        "option_requests",
        ["operational_id_id", "option_code"],
        unique=False,
    )
    op.create_index(op.f("ix_option_requests_company_id"), "option_requests", ["company_id"], unique=False)


def downgrade() -> None:
    op.drop_table("option_requests")
    op.drop_table("options")
    op.drop_table("supply_order_lines")
    op.drop_table("supply_orders")
    op.drop_table("supply_products")
