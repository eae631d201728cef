"""Record invoices and their lines per day and type."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, Integer, SmallInteger, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from services.records.base import Key, Record


class Invoice(Record):
    """One cost centre's invoice for one month (INV-3); amounts in euro cents.

    `month` is the first day of the billing period; visible from `sent_on`, the day the paper invoice was sent (INV-8).
    """

    __tablename__ = "invoices"
    __table_args__ = (
        UniqueConstraint("cost_centre_id", "month"),
        Index(None, "company_id", "month"),
        Index("ix_invoices_number_beginning", "number", postgresql_ops={"number": "text_pattern_ops"}),
    )

    id: Mapped[Key]
    number: Mapped[str] = mapped_column(String(10), unique=True)
    company_id: Mapped[int] = mapped_column(ForeignKey("companies.id"))
    cost_centre_id: Mapped[int] = mapped_column(ForeignKey("cost_centres.id"))
    month: Mapped[date]
    sent_on: Mapped[date]
    net_cents: Mapped[int]
    vat_cents: Mapped[int]


class InvoiceLine(Record):
    """The items of one type handed over on one day: the annex's rows (INV-6).

    `unit_cents` is the franking price of one item, `handling_cents` the handling cost of one item; `vat_percent`
    is the rate of the type.
    """

    __tablename__ = "invoice_lines"
    __table_args__ = (UniqueConstraint("invoice_id", "day", "item_type"),)

    id: Mapped[Key]
    company_id: Mapped[int] = mapped_column(ForeignKey("companies.id"))
    invoice_id: Mapped[int] = mapped_column(ForeignKey("invoices.id"))
    day: Mapped[date]
    item_type: Mapped[str] = mapped_column(String(40))
    quantity: Mapped[int] = mapped_column(Integer)
    unit_cents: Mapped[int] = mapped_column(Integer)
    handling_cents: Mapped[int] = mapped_column(Integer)
    vat_percent: Mapped[int] = mapped_column(SmallInteger)


class AwaitedInvoice(Record):
    """A wish to be sent the annex of a month when it appears (INV-8)."""

    __tablename__ = "awaited_invoices"
    __table_args__ = (UniqueConstraint("conversation_id", "company_id", "month"),)

    id: Mapped[Key]
    conversation_id: Mapped[int] = mapped_column(ForeignKey("conversations.id", ondelete="CASCADE"))
    user_id: Mapped[int] = mapped_column(ForeignKey("portal_users.id"))
    company_id: Mapped[int] = mapped_column(ForeignKey("companies.id"))
    month: Mapped[date]
    asked_at: Mapped[datetime]
