"""Record tickets for people to take up."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, String, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from services.records.base import Key, Record


class Ticket(Record):
    """What the bot cannot or may not do itself (TIC-1).

    `conversation_id` is where the customer wrote, `agent_conversation_id` where the agent who has it took it. A
    duplicate is closed with the ticket it was merged into.
    """

    __tablename__ = "tickets"
    __table_args__ = (
        CheckConstraint("state IN ('new', 'taken', 'waiting', 'solved', 'closed')", name="state"),
        CheckConstraint("rating BETWEEN 1 AND 5", name="rating"),
        Index("ix_tickets_open", "due_at", postgresql_where=text("state IN ('new', 'taken')")),
    )

    id: Mapped[Key]
    number: Mapped[str] = mapped_column(String(14), unique=True)
    conversation_id: Mapped[int] = mapped_column(ForeignKey("conversations.id"), index=True)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("portal_users.id"), index=True)
    company_id: Mapped[int | None] = mapped_column(ForeignKey("companies.id"))
    language: Mapped[str] = mapped_column(String(2))
    subject: Mapped[str] = mapped_column(String(60))
    summary: Mapped[str]
    transcript: Mapped[list[Any]] = mapped_column(JSONB)
    state: Mapped[str] = mapped_column(String(10), default="new")
    opened_at: Mapped[datetime]
    due_at: Mapped[datetime]
    assignee_id: Mapped[int | None] = mapped_column(ForeignKey("portal_users.id"))
    agent_conversation_id: Mapped[int | None] = mapped_column(ForeignKey("conversations.id"))
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("tickets.id"))
    first_answer_at: Mapped[datetime | None]
    solved_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    due_soon_told_at: Mapped[datetime | None]
    overdue_told_at: Mapped[datetime | None]
    rating: Mapped[int | None] = mapped_column(Integer)


class TicketNumber(Record):
    """The last number given out in a year: held while the next one is chosen, so that two tickets never share one."""

    __tablename__ = "ticket_numbers"

    year: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    last: Mapped[int] = mapped_column(Integer)


class TicketMessage(Record):
    """What a ticket has to tell somebody: words from one side to the other, or that its state changed.

    With `to_customer` it goes to the conversation that the ticket came from, else to `recipient_id`, or to the agent
    who has it. `delivered_at` is set in the transaction that posts it.
    """

    __tablename__ = "ticket_messages"

    id: Mapped[Key]
    ticket_id: Mapped[int] = mapped_column(ForeignKey("tickets.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str] = mapped_column(String(12))
    to_customer: Mapped[bool]
    author_id: Mapped[int | None] = mapped_column(ForeignKey("portal_users.id"))
    recipient_id: Mapped[int | None] = mapped_column(ForeignKey("portal_users.id"))
    text: Mapped[str] = mapped_column(default="")
    at: Mapped[datetime]
    delivered_at: Mapped[datetime | None]


class TicketNote(Record):
    """What agents write for each other: a record of its own, which no customer's transaction can read."""

    __tablename__ = "ticket_notes"

    id: Mapped[Key]
    ticket_id: Mapped[int] = mapped_column(ForeignKey("tickets.id", ondelete="CASCADE"), index=True)
    author_id: Mapped[int] = mapped_column(ForeignKey("portal_users.id"))
    text: Mapped[str]
    at: Mapped[datetime]


class CannedAnswer(Record):
    """An answer that is given often, in one language, with places for names: data the Service Centre edits."""

    __tablename__ = "canned_answers"

    code: Mapped[str] = mapped_column(String(30), primary_key=True)
    language: Mapped[str] = mapped_column(String(2), primary_key=True)
    text: Mapped[str]
