"""Record tickets for people to take up."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from services.records.base import Key, Record


class Ticket(Record):
    """What the bot cannot or may not do itself (TIC-1)."""

    __tablename__ = "tickets"

    id: Mapped[Key]
    number: Mapped[str] = mapped_column(String(14), unique=True)
    conversation_id: Mapped[int] = mapped_column(ForeignKey("conversations.id"), index=True)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("portal_users.id"))
    company_id: Mapped[int | None] = mapped_column(ForeignKey("companies.id"))
    language: Mapped[str] = mapped_column(String(2))
    subject: Mapped[str] = mapped_column(String(60))
    summary: Mapped[str]
    transcript: Mapped[list[Any]] = mapped_column(JSONB)
    state: Mapped[str] = mapped_column(String(10), default="new")
    opened_at: Mapped[datetime]
    due_at: Mapped[datetime]
