"""Record how people come in: codes that link a chat, requests for access, and what somebody is to be told."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Integer, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from services.records.base import Json, Key, Record


class LinkCode(Record):
    """A code asked for by a chat account (ACC-8), one at a time.

    `user_id` is empty where nobody has the address; no code is ever sent then, nothing else differs. Neither the code
    nor the address is kept: `digest` and `address` are keyed digests. `expires_at` counts from the sending.
    """

    __tablename__ = "link_codes"

    account_id: Mapped[int] = mapped_column(
        ForeignKey("chat_accounts.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    user_id: Mapped[int | None] = mapped_column(ForeignKey("portal_users.id"))
    address: Mapped[str] = mapped_column(String(64))
    digest: Mapped[bytes | None] = mapped_column(LargeBinary)
    asked_at: Mapped[datetime]
    expires_at: Mapped[datetime | None]


class LinkLock(Record):
    """Wrong codes of one chat account, or for one address: `key` is "account:12" or "address:" and its digest."""

    __tablename__ = "link_locks"

    key: Mapped[str] = mapped_column(String(80), primary_key=True)
    failures: Mapped[int] = mapped_column(Integer)
    failed_at: Mapped[datetime]
    locked_until: Mapped[datetime | None]


class AccessRequest(Record):
    """Somebody's request for access (ACC-1 to ACC-3); `company_id` is set where the company is one of ours."""

    __tablename__ = "access_requests"
    __table_args__ = (
        CheckConstraint("state IN ('new', 'asked', 'passed', 'approved', 'refused')", name="state"),
    )

    id: Mapped[str] = mapped_column(String(16), primary_key=True)
    conversation_id: Mapped[int] = mapped_column(ForeignKey("conversations.id", ondelete="CASCADE"))
    user_id: Mapped[int | None] = mapped_column(ForeignKey("portal_users.id"))
    company_id: Mapped[int | None] = mapped_column(ForeignKey("companies.id"), index=True)
    details: Mapped[Json]
    language: Mapped[str] = mapped_column(String(2))
    state: Mapped[str] = mapped_column(String(10), default="new")
    asked_at: Mapped[datetime]
    decided_at: Mapped[datetime | None]


class Notice(Record):
    """Something to tell a person (ACC-9) in the chat they last wrote in, else by mail; a conversation; or an address.

    `kind` and `arguments` are worded when it is told, in the reader's language.
    """

    __tablename__ = "notices"

    id: Mapped[Key]
    user_id: Mapped[int | None] = mapped_column(ForeignKey("portal_users.id"))
    conversation_id: Mapped[int | None] = mapped_column(ForeignKey("conversations.id", ondelete="CASCADE"))
    address: Mapped[str | None]
    kind: Mapped[str] = mapped_column(String(40))
    arguments: Mapped[Json]
    language: Mapped[str] = mapped_column(String(2))
    created_at: Mapped[datetime]
    done_at: Mapped[datetime | None]
