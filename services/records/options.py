"""Record the value-added options, and for which operational ID they are asked for or active."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from services.records.base import Key, Record


class Option(Record):
    """A value-added option (OPT-1).

    With `has_last_day` it is asked for a first and a last day (OPT-3); with `next_day_receipts` receipts are there the
    day after the hand-over while it is active (REC-2).
    """

    __tablename__ = "options"

    code: Mapped[str] = mapped_column(String(40), primary_key=True)
    name: Mapped[str] = mapped_column(String(80))
    has_last_day: Mapped[bool] = mapped_column(default=False)
    next_day_receipts: Mapped[bool] = mapped_column(default=False)
    is_active: Mapped[bool] = mapped_column(default=True)
    position: Mapped[int] = mapped_column(Integer, default=0)


class OptionRequest(Record):
    """A wish to have an option for an operational ID, both days included; without `last_on` it has no end.

    `state` is `requested` until an agent decides, then `active` or `refused`. An option that was active before this
    counter opened has neither a person nor a ticket.
    """

    __tablename__ = "option_requests"
    __table_args__ = (
        CheckConstraint("first_on <= last_on", name="days"),
        CheckConstraint("state IN ('requested', 'active', 'refused')", name="state"),
        Index(None, "operational_id_id", "option_code"),
    )

    id: Mapped[Key]
    company_id: Mapped[int] = mapped_column(ForeignKey("companies.id"), index=True)
    operational_id_id: Mapped[int] = mapped_column(ForeignKey("operational_ids.id"))
    option_code: Mapped[str] = mapped_column(ForeignKey("options.code"))
    first_on: Mapped[date]
    last_on: Mapped[date | None]
    state: Mapped[str] = mapped_column(String(10), default="requested")
    user_id: Mapped[int | None] = mapped_column(ForeignKey("portal_users.id"))
    ticket_number: Mapped[str | None] = mapped_column(String(14))
    requested_at: Mapped[datetime]
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("portal_users.id"))
