"""Record what a page has sent, by the page's own identity of it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from services.records.base import Record


class PageAct(Record):
    """Something done from the agents' page: sent again under the same key, it is known."""

    __tablename__ = "page_acts"

    account_id: Mapped[int] = mapped_column(
        ForeignKey("chat_accounts.id", ondelete="CASCADE"), primary_key=True
    )
    key: Mapped[str] = mapped_column(String(80), primary_key=True)
    at: Mapped[datetime]
