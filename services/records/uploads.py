"""Record a file that somebody dropped into a chat, until it has been looked at."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from services.records.base import Record


class Upload(Record):
    """A file as it came in; it is removed when it has been checked, a day later at the latest."""

    __tablename__ = "uploads"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    conversation_id: Mapped[int] = mapped_column(
        ForeignKey("conversations.id", ondelete="CASCADE"), index=True
    )
    content: Mapped[bytes]
    received_at: Mapped[datetime] = mapped_column(index=True)
