"""Record conversations so that nothing of them is lost: what came in, what was decided, what goes out."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, Integer, String, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from services.records.base import Json, Key, Record


class ChatAccount(Record):
    """An account of a chat platform, linked to a portal user or not (ACC-8).

    `language` was chosen by the person, `last_language` was last written in (GEN-1).
    """

    __tablename__ = "chat_accounts"
    __table_args__ = (UniqueConstraint("channel", "account_key"),)

    id: Mapped[Key]
    channel: Mapped[str] = mapped_column(String(20))
    account_key: Mapped[str] = mapped_column(String(200))
    user_id: Mapped[int | None] = mapped_column(ForeignKey("portal_users.id"), index=True)
    language: Mapped[str | None] = mapped_column(String(2))
    last_language: Mapped[str | None] = mapped_column(String(2))


class Conversation(Record):
    """What one account says in one place, with its state between turns.

    `state` holds the open forms and what a follow-up may refer to; `last_sequence` numbers the replies, so that a
    reader who has seen number n misses none before it. `unreachable_since` is when the platform last refused to carry
    anything there; what the person says after that opens it again.
    """

    __tablename__ = "conversations"
    __table_args__ = (UniqueConstraint("account_id", "place_key"),)

    id: Mapped[Key]
    account_id: Mapped[int] = mapped_column(ForeignKey("chat_accounts.id"))
    place_key: Mapped[str] = mapped_column(String(200))
    private: Mapped[bool] = mapped_column(default=True)
    state: Mapped[Json] = mapped_column(default=dict)
    last_sequence: Mapped[int] = mapped_column(default=0)
    unreachable_since: Mapped[datetime | None]


class InboxMessage(Record):
    """An event that came in, once: unique by the platform's identity of the message (architecture, durability).

    `due_at` is when its turn may run: later than `received_at` for somebody who writes very fast.
    """

    __tablename__ = "inbox"
    __table_args__ = (
        UniqueConstraint("conversation_id", "event_id"),
        Index(None, "conversation_id", "due_at"),
    )

    id: Mapped[Key]
    conversation_id: Mapped[int] = mapped_column(ForeignKey("conversations.id", ondelete="CASCADE"))
    event_id: Mapped[str] = mapped_column(String(200))
    content: Mapped[Json]
    received_at: Mapped[datetime]
    due_at: Mapped[datetime]
    done_at: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(Integer, default=0)


class OutboxMessage(Record):
    """A reply, drawn in its language, numbered within its conversation; `thread` names the ticket it belongs to."""

    __tablename__ = "outbox"
    __table_args__ = (UniqueConstraint("conversation_id", "sequence"),)

    id: Mapped[Key]
    conversation_id: Mapped[int] = mapped_column(ForeignKey("conversations.id", ondelete="CASCADE"))
    sequence: Mapped[int]
    inbox_id: Mapped[int | None] = mapped_column(ForeignKey("inbox.id", ondelete="CASCADE"), index=True)
    follow_up_id: Mapped[int | None] = mapped_column(ForeignKey("follow_ups.id", ondelete="CASCADE"))
    language: Mapped[str] = mapped_column(String(2))
    blocks: Mapped[list[Any]] = mapped_column(JSONB)
    created_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
    platform_ids: Mapped[list[Any]] = mapped_column(JSONB, default=list)
    thread: Mapped[str | None] = mapped_column(String(20))


class FollowUp(Record):
    """Long work promised in a turn: done once, whatever dies in between."""

    __tablename__ = "follow_ups"

    id: Mapped[Key]
    conversation_id: Mapped[int] = mapped_column(
        ForeignKey("conversations.id", ondelete="CASCADE"), index=True
    )
    kind: Mapped[str] = mapped_column(String(60))
    arguments: Mapped[Json]
    language: Mapped[str] = mapped_column(String(2))
    created_at: Mapped[datetime]
    done_at: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(Integer, default=0)


class Button(Record):
    """What a button means, kept here because platforms carry a short token only."""

    __tablename__ = "buttons"

    token: Mapped[str] = mapped_column(String(32), primary_key=True)
    conversation_id: Mapped[int] = mapped_column(
        ForeignKey("conversations.id", ondelete="CASCADE"), index=True
    )
    action: Mapped[Json]
    label: Mapped[str]
    repeatable: Mapped[bool]
    created_at: Mapped[datetime]
    presses: Mapped[int] = mapped_column(Integer, default=0)
    pressed_at: Mapped[datetime | None]


class Miss(Record):
    """A message that was not understood or not surely, without personal data, for the designers to learn from."""

    __tablename__ = "misses"
    __table_args__ = (UniqueConstraint("text", "outcome"),)

    id: Mapped[Key]
    day: Mapped[date]
    text: Mapped[str] = mapped_column(String(500))
    language: Mapped[str | None] = mapped_column(String(2))
    outcome: Mapped[str] = mapped_column(String(12))
    intent: Mapped[str] = mapped_column(String(60))
    chosen: Mapped[str | None] = mapped_column(String(60))
    count: Mapped[int] = mapped_column(Integer, default=1)
