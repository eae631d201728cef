"""Record reports of receipts, who waits for some, who wants to be warned before they go (REC-2, REC-3, REC-5)."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Integer, SmallInteger, String, UniqueConstraint
from sqlalchemy.orm import Mapped, deferred, mapped_column

from services.records.base import Key, Record


class ReceiptReport(Record):
    """The signed receipts of one operational ID and day of hand-over; made again, it is the same row.

    `state` is `wanted` until it has been made for the first time; `content` is the signed PDF.
    """

    __tablename__ = "receipt_reports"
    __table_args__ = (
        UniqueConstraint("operational_id_id", "handed_over_on"),
        CheckConstraint("state IN ('wanted', 'made')", name="state"),
        CheckConstraint(
            "(state = 'made') = (generated_at IS NOT NULL AND content IS NOT NULL)", name="is_made"
        ),
        CheckConstraint("per_page IN (1, 4)", name="per_page"),
    )

    id: Mapped[Key]
    company_id: Mapped[int] = mapped_column(ForeignKey("companies.id"), index=True)
    operational_id_id: Mapped[int] = mapped_column(ForeignKey("operational_ids.id"))
    handed_over_on: Mapped[date] = mapped_column(index=True)
    state: Mapped[str] = mapped_column(String(8))
    per_page: Mapped[int] = mapped_column(SmallInteger)
    language: Mapped[str] = mapped_column(String(2))
    receipts: Mapped[int] = mapped_column(Integer, default=0)
    generated_at: Mapped[datetime | None]
    content: Mapped[bytes | None] = deferred(mapped_column())


class AwaitedReceipts(Record):
    """A wish to be sent receipts when they are there (REC-2); with a barcode, that item's only."""

    __tablename__ = "awaited_receipts"
    __table_args__ = (
        UniqueConstraint(
            "conversation_id",
            "operational_id_id",
            "first_on",
            "last_on",
            "barcode",
            # Named here: the usual name would be longer than PostgreSQL allows.
            name="uq_awaited_receipts_wish",
        ),
    )

    id: Mapped[Key]
    conversation_id: Mapped[int] = mapped_column(ForeignKey("conversations.id", ondelete="CASCADE"))
    user_id: Mapped[int] = mapped_column(ForeignKey("portal_users.id"))
    company_id: Mapped[int] = mapped_column(ForeignKey("companies.id"), index=True)
    operational_id_id: Mapped[int] = mapped_column(ForeignKey("operational_ids.id"))
    first_on: Mapped[date]
    last_on: Mapped[date] = mapped_column(index=True)
    barcode: Mapped[str] = mapped_column(String(40), default="")
    per_page: Mapped[int] = mapped_column(SmallInteger)
    language: Mapped[str] = mapped_column(String(2))
    asked_at: Mapped[datetime]


class ReceiptWarning(Record):
    """A wish to be warned a month before receipts are removed (REC-3); told of the days up to `warned_until`."""

    __tablename__ = "receipt_warnings"
    __table_args__ = (UniqueConstraint("conversation_id", "company_id"),)

    id: Mapped[Key]
    conversation_id: Mapped[int] = mapped_column(ForeignKey("conversations.id", ondelete="CASCADE"))
    user_id: Mapped[int] = mapped_column(ForeignKey("portal_users.id"))
    company_id: Mapped[int] = mapped_column(ForeignKey("companies.id"), index=True)
    warned_until: Mapped[date]
    asked_at: Mapped[datetime]
