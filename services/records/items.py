"""Record registered items and parcels."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ForeignKey, Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from services.records.base import Key, Record


class Item(Record):
    """An item handed over under an operational ID (ITM-2); weight in grams, price in euro cents without VAT.

    `item_type` is `registered`, `rp`, `judicial` or `parcel`; `with_ar` asks for an acknowledgement of
    receipt (REC-6).
    """

    __tablename__ = "items"
    __table_args__ = (
        # Searches narrow by the first two columns; the others let them count by type, within the wall of each
        # company, from the index alone.
        Index(None, "operational_id_id", "handed_over_on", "item_type", "company_id"),
        Index(None, "company_id", "handed_over_on", "item_type"),
    )

    id: Mapped[Key]
    barcode: Mapped[str] = mapped_column(String(40), unique=True)
    company_id: Mapped[int] = mapped_column(ForeignKey("companies.id"))
    operational_id_id: Mapped[int] = mapped_column(ForeignKey("operational_ids.id"))
    handed_over_on: Mapped[date]
    item_type: Mapped[str] = mapped_column(String(12))
    with_ar: Mapped[bool] = mapped_column(default=False)
    postcode: Mapped[str] = mapped_column(String(10))
    addressee: Mapped[str] = mapped_column(default="")
    weight_grams: Mapped[int] = mapped_column(Integer)
    price_cents: Mapped[int] = mapped_column(Integer)
