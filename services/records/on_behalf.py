"""Record when agents worked on a customer's behalf, why, and what they did (ACC-10)."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, Index, String, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from services.records.base import Key, Record


class OnBehalfSession(Record):
    """An agent's work for a person or, without `customer_id`, for a company; one at a time in a chat account."""

    __tablename__ = "on_behalf_sessions"
    __table_args__ = (
        Index(
            "ix_on_behalf_sessions_going_on",
            "account_id",
            unique=True,
            postgresql_where=text("ended_at IS NULL"),
        ),
    )

    id: Mapped[Key]
    agent_id: Mapped[int] = mapped_column(ForeignKey("portal_users.id"))
    account_id: Mapped[int] = mapped_column(ForeignKey("chat_accounts.id"))
    customer_id: Mapped[int | None] = mapped_column(ForeignKey("portal_users.id"), index=True)
    company_ids: Mapped[list[int]] = mapped_column(ARRAY(BigInteger))
    reason: Mapped[str] = mapped_column(String(300))
    started_at: Mapped[datetime]
    last_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class OnBehalfAction(Record):
    """What was asked for in such a session, by its intent."""

    __tablename__ = "on_behalf_actions"

    id: Mapped[Key]
    session_id: Mapped[int] = mapped_column(
        ForeignKey("on_behalf_sessions.id", ondelete="CASCADE"), index=True
    )
    intent: Mapped[str] = mapped_column(String(60))
    at: Mapped[datetime]
