"""Chain the audit log, and keep the pseudonyms of those who stand in it apart (ACC-9)."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


ROLE = "guichet_app"
COMPANIES = "(SELECT NULLIF(current_setting('app.companies', true), ''))::bigint[]"
AGENT = "(SELECT current_setting('app.duty', true)) = 'agent'"
# The digest of an entry covers each of its parts with its length before it, so that no two entries read alike.
APPEND = """
CREATE FUNCTION audit_append(entry audit) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    said text;
    place bigint;
    sealed bytea;
BEGIN
    SELECT string_agg(octet_length(part) || ':' || part, '' ORDER BY n) INTO said
        FROM unnest(ARRAY[
            entry.id::text, to_char(entry.at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US'), entry.actor,
            entry.person, entry.subject, entry.action, entry.channel, entry.detail::text
        ]) WITH ORDINALITY AS parts (part, n);
    UPDATE audit_head AS head SET position = head.position + 1,
        digest = sha256(head.digest || convert_to((head.position + 1)::text || ' ' || said, 'UTF8'))
        RETURNING head.position, head.digest INTO place, sealed;
    INSERT INTO audit_chain (position, entry_id, digest) VALUES (place, entry.id, sealed);
END $$
"""
APPENDED = """
CREATE FUNCTION audit_appended() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM audit_append(NEW);
    RETURN NULL;
END $$
"""


def upgrade() -> None:
    op.add_column("audit", sa.Column("person", sa.String(length=32), nullable=False, server_default=""))
    op.alter_column("audit", "person", server_default=None)
    for column in ("subject", "actor", "person"):
        op.create_index(op.f(f"ix_audit_{column}_at"), "audit", [column, "at"])
    lay_out_tables()
    chain_entries()
    guard()


def lay_out_tables() -> None:
    op.create_table(
        "pseudonyms",
        sa.Column("pseudonym", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("key", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("kind IN ('user', 'company')", name=op.f("ck_pseudonyms_kind")),
        sa.PrimaryKeyConstraint("pseudonym", name=op.f("pk_pseudonyms")),
        sa.UniqueConstraint("kind", "key", name=op.f("uq_pseudonyms_kind_key")),
    )
    op.create_table(
        "audit_chain",
        sa.Column("position", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("entry_id", sa.BigInteger(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("position", name=op.f("pk_audit_chain")),
        sa.UniqueConstraint("entry_id", name=op.f("uq_audit_chain_entry_id")),
    )
    op.create_table(
        "audit_head",
        sa.Column("single", sa.Boolean(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("single", name=op.f("ck_audit_head_single")),
        sa.PrimaryKeyConstraint("single", name=op.f("pk_audit_head")),
    )
    op.execute("INSERT INTO audit_head (single, position, digest) VALUES (true, 0, '')")


def chain_entries() -> None:
    """Let each commit chain its entries, last of all it does: nobody waits for a turn that is still thinking."""
    op.execute(APPEND)
    op.execute(APPENDED)
    op.execute("SELECT audit_append(a) FROM (SELECT * FROM audit ORDER BY id) AS a")
    op.execute(
        "CREATE CONSTRAINT TRIGGER chained AFTER INSERT ON audit DEFERRABLE INITIALLY DEFERRED"
        " FOR EACH ROW EXECUTE FUNCTION audit_appended()"
    )
    op.execute("REVOKE ALL ON FUNCTION audit_append(audit), audit_appended() FROM PUBLIC")


def guard() -> None:
    """Let the application append and read; only the trigger, which acts for the owner, writes the chain."""
    op.execute(f"GRANT SELECT ON audit_chain, audit_head TO {ROLE}")
    op.execute(f"GRANT SELECT, INSERT, DELETE ON pseudonyms TO {ROLE}")
    op.execute("ALTER TABLE audit ENABLE ROW LEVEL SECURITY")
    # Nothing here but constants of this file.
    own = f"SELECT p.pseudonym FROM pseudonyms p WHERE p.kind = 'company' AND p.key = ANY ({COMPANIES})"  # noqa: S608
    op.execute(f"CREATE POLICY reading ON audit FOR SELECT TO {ROLE} USING (subject IN ({own}) OR {AGENT})")
    op.execute(f"CREATE POLICY appending ON audit FOR INSERT TO {ROLE} WITH CHECK (true)")


def downgrade() -> None:
    op.execute("DROP POLICY reading ON audit")
    op.execute("DROP POLICY appending ON audit")
    op.execute("ALTER TABLE audit DISABLE ROW LEVEL SECURITY")
    op.execute("DROP TRIGGER chained ON audit")
    op.execute("DROP FUNCTION audit_appended()")
    op.execute("DROP FUNCTION audit_append(audit)")
    op.drop_table("audit_head")
    op.drop_table("audit_chain")
    op.drop_table("pseudonyms")
    for column in ("subject", "actor", "person"):
        op.drop_index(op.f(f"ix_audit_{column}_at"), table_name="audit")
    op.drop_column("audit", "person")
