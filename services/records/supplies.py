"""Record what can be ordered to prepare items, and who ordered it."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from services.records.base import Key, Record


class SupplyProduct(Record):
    """A product of the Service Centre's list (SUP-4): data that it edits, not code.

    `family` is what people say for any of a kind ("labels"); `minimum` and `maximum` bound the quantity of one order
    (SUP-1); `unit` is `piece`, `roll`, `sheet` or `pack`; `picture` is the web address of an image, or empty. What
    is handed out `from_collector`, not by the form, is among them too (SUP-3).
    """

    __tablename__ = "supply_products"
    __table_args__ = (CheckConstraint("1 <= minimum AND minimum <= maximum", name="bounds"),)

    code: Mapped[str] = mapped_column(String(40), primary_key=True)
    family: Mapped[str | None] = mapped_column(String(40))
    name_fr: Mapped[str]
    name_nl: Mapped[str]
    name_en: Mapped[str]
    name_de: Mapped[str]
    unit: Mapped[str] = mapped_column(String(12), default="piece")
    minimum: Mapped[int] = mapped_column(Integer)
    maximum: Mapped[int] = mapped_column(Integer)
    picture: Mapped[str] = mapped_column(default="")
    from_collector: Mapped[bool] = mapped_column(default=False)
    is_active: Mapped[bool] = mapped_column(default=True)
    is_demo: Mapped[bool] = mapped_column(default=False)
    position: Mapped[int] = mapped_column(Integer, default=0)


class SupplyOrder(Record):
    """An order of supplies for one operational ID; `posted_by` is the latest day it is posted on (SUP-2)."""

    __tablename__ = "supply_orders"
    __table_args__ = (Index(None, "company_id", "ordered_at"),)

    id: Mapped[Key]
    number: Mapped[str] = mapped_column(String(14), unique=True)
    company_id: Mapped[int] = mapped_column(ForeignKey("companies.id"))
    operational_id_id: Mapped[int] = mapped_column(ForeignKey("operational_ids.id"))
    user_id: Mapped[int] = mapped_column(ForeignKey("portal_users.id"))
    contact_person: Mapped[str] = mapped_column(String(200))
    address: Mapped[str] = mapped_column(String(400), default="")
    ordered_at: Mapped[datetime]
    posted_by: Mapped[date]


class SupplyOrderLine(Record):
    """How many of one product an order asks for."""

    __tablename__ = "supply_order_lines"
    __table_args__ = (UniqueConstraint("order_id", "product_code"),)

    id: Mapped[Key]
    company_id: Mapped[int] = mapped_column(ForeignKey("companies.id"))
    order_id: Mapped[int] = mapped_column(ForeignKey("supply_orders.id", ondelete="CASCADE"))
    product_code: Mapped[str] = mapped_column(ForeignKey("supply_products.code"))
    quantity: Mapped[int] = mapped_column(Integer)
