"""Tell whether somebody still belongs to a company, without telling which: row-level security hides the others'."""

from alembic import op

revision = "0008"
down_revision = "0007"


ROLE = "guichet_app"


def upgrade() -> None:
    op.execute(
        "CREATE FUNCTION has_companies(person bigint) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER"
        " SET search_path = pg_catalog, public, pg_temp"
        " AS 'SELECT EXISTS (SELECT FROM memberships WHERE user_id = person)'"
    )
    op.execute("REVOKE ALL ON FUNCTION has_companies(bigint) FROM PUBLIC")
    op.execute(f"GRANT EXECUTE ON FUNCTION has_companies(bigint) TO {ROLE}")


def downgrade() -> None:
    op.execute("DROP FUNCTION has_companies(bigint)")
