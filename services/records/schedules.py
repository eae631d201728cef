"""Record what a customer wants sent regularly (REP-3)."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from services.records.base import Key, Record


class Schedule(Record):
    """A regular sending to one person in one conversation.

    `subject` is `report` or `receipts`; `recurrence` an RRULE counted from `starts_on`; `span` the period that each
    sending covers, told from its day ("last_week"). Empty lists of operational IDs and types mean all. `next_at` is
    empty unless the state is `active`; `sent_for` is the time of the last sending that went out.
    """

    __tablename__ = "schedules"
    __table_args__ = (
        CheckConstraint("subject IN ('report', 'receipts')", name="subject"),
        CheckConstraint("state IN ('active', 'paused', 'stopped')", name="state"),
        CheckConstraint("(state = 'active') = (next_at IS NOT NULL)", name="next_at"),
        Index("ix_schedules_due", "next_at", postgresql_where=text("state = 'active'")),
    )

    id: Mapped[Key]
    company_id: Mapped[int] = mapped_column(ForeignKey("companies.id"), index=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("portal_users.id"), index=True)
    conversation_id: Mapped[int] = mapped_column(ForeignKey("conversations.id", ondelete="CASCADE"))
    subject: Mapped[str] = mapped_column(String(10))
    recurrence: Mapped[str] = mapped_column(String(200))
    span: Mapped[str] = mapped_column(String(20))
    operational_ids: Mapped[list[str]] = mapped_column(ARRAY(String(14)))
    item_types: Mapped[list[str]] = mapped_column(ARRAY(String(12)))
    language: Mapped[str] = mapped_column(String(2))
    state: Mapped[str] = mapped_column(String(8), default="active")
    starts_on: Mapped[date]
    next_at: Mapped[datetime | None]
    sent_for: Mapped[datetime | None]
    created_at: Mapped[datetime]
