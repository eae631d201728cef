"""Record the audit log: what was done for whom, and the chain that shows when something of it is missing."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Boolean, CheckConstraint, Index, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from services.records.base import Json, Key, Record


class AuditEntry(Record):
    """One entry of the audit log (ACC-9): pseudonyms only, inserted and read, never changed.

    `actor` did it, `person` is the other person concerned, `subject` the company; empty where there is none.
    """

    __tablename__ = "audit"
    __table_args__ = (
        Index(None, "subject", "at"),
        Index(None, "actor", "at"),
        Index(None, "person", "at"),
    )

    id: Mapped[Key]
    at: Mapped[datetime]
    actor: Mapped[str] = mapped_column(String(32))
    person: Mapped[str] = mapped_column(String(32), default="")
    subject: Mapped[str] = mapped_column(String(32))
    action: Mapped[str] = mapped_column(String(40))
    channel: Mapped[str] = mapped_column(String(20))
    detail: Mapped[Json]


class AuditLink(Record):
    """The place of an entry in the chain; the database appends it when the entry is committed."""

    __tablename__ = "audit_chain"

    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    entry_id: Mapped[int] = mapped_column(unique=True)
    digest: Mapped[bytes] = mapped_column(LargeBinary)


class AuditHead(Record):
    """The last link of the chain, one row: who commits an entry holds it for that moment."""

    __tablename__ = "audit_head"
    __table_args__ = (CheckConstraint("single", name="single"),)

    single: Mapped[bool] = mapped_column(Boolean, primary_key=True, default=True)
    position: Mapped[int]
    digest: Mapped[bytes] = mapped_column(LargeBinary)


class Pseudonym(Record):
    """The name under which a person or a company stands in the log; without its row nobody knows whose it was."""

    __tablename__ = "pseudonyms"
    __table_args__ = (
        UniqueConstraint("kind", "key"),
        CheckConstraint("kind IN ('user', 'company')", name="kind"),
    )

    pseudonym: Mapped[str] = mapped_column(String(32), primary_key=True)
    kind: Mapped[str] = mapped_column(String(8))
    key: Mapped[int]
