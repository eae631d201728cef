"""Carry what a ticket has to tell to whom it concerns, once (TIC-2, TIC-3)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from services.calendar import BRUSSELS, BusinessCalendar
from services.people import find_conversation
from services.records import (
    ChatAccount,
    Conversation,
    InboxMessage,
    PortalUser,
    Ticket,
    TicketMessage,
)
from services.ticket_states import AT_WORK
from services.tickets import TicketTimes, ToDeliver

Author = aliased(PortalUser)
Customer = aliased(PortalUser)


@dataclass(frozen=True, slots=True)
class Message:
    """A message of a ticket on its way; an internal note is no message and never becomes one.

    `conversation_id` is where it goes; None where nobody can be reached any more.
    """

    ticket_number: str
    subject: str
    summary: str
    kind: str
    to_customer: bool
    text: str
    author_name: str | None
    customer_name: str | None
    due_at: datetime
    conversation_id: int | None
    language: str


async def take_message(
    session: AsyncSession, message_id: int, now: datetime, *, direct: str
) -> Message | None:
    """Take a message to be delivered in this very transaction; None where it has been.

    The transaction is that of an agent at work. `direct` names the place of a private talk (GEN-4).
    """
    row = (
        await session.execute(
            select(TicketMessage, Ticket, Author.name, Customer.name)
            .join(Ticket, Ticket.id == TicketMessage.ticket_id)
            .outerjoin(Author, Author.id == TicketMessage.author_id)
            .outerjoin(Customer, Customer.id == Ticket.user_id)
            .where(TicketMessage.id == message_id, TicketMessage.delivered_at.is_(None))
            .with_for_update(of=TicketMessage)
        )
    ).first()
    if row is None:
        return None
    message, ticket, author_name, customer_name = row
    message.delivered_at = now
    if message.to_customer:
        conversation_id, language = await _customers_place(session, ticket, direct)
    else:
        recipient_id = message.recipient_id or ticket.assignee_id
        conversation_id, language = await _agents_place(session, ticket, recipient_id)
    await session.flush()
    return Message(
        ticket.number,
        ticket.subject,
        ticket.summary,
        message.kind,
        message.to_customer,
        message.text,
        author_name,
        customer_name,
        ticket.due_at,
        conversation_id,
        language,
    )


async def _customers_place(session: AsyncSession, ticket: Ticket, direct: str) -> tuple[int | None, str]:
    """Find where the customer reads: where the ticket was opened, or the private talk if others read along there."""
    conversation = await session.get_one(Conversation, ticket.conversation_id)
    account = await session.get_one(ChatAccount, conversation.account_id)
    language = account.language or ticket.language
    if ticket.user_id is not None and account.user_id != ticket.user_id:
        # The chat is somebody else's by now, or nobody's: nothing of the ticket may be told there.
        return None, language
    if conversation.private:
        return conversation.id, language
    return await find_conversation(session, account.id, direct, private=True), language


async def _agents_place(
    session: AsyncSession, ticket: Ticket, recipient_id: int | None
) -> tuple[int | None, str]:
    """Find where an agent reads: where he took the ticket, or where he wrote last."""
    if recipient_id is None:
        return None, ticket.language
    last = (
        select(func.max(InboxMessage.id))
        .where(InboxMessage.conversation_id == Conversation.id)
        .scalar_subquery()
    )
    here = Conversation.id == (ticket.agent_conversation_id if recipient_id == ticket.assignee_id else None)
    row = (
        await session.execute(
            select(Conversation.id, ChatAccount.language, ChatAccount.last_language, PortalUser.language)
            .join(ChatAccount, ChatAccount.id == Conversation.account_id)
            .join(PortalUser, PortalUser.id == ChatAccount.user_id)
            .where(
                ChatAccount.user_id == recipient_id,
                PortalUser.is_agent,
                PortalUser.left_at.is_(None),
                Conversation.private,
                or_(here, last.is_not(None)),
            )
            .order_by(here.desc().nulls_last(), last.desc().nulls_last())
            .limit(1)
        )
    ).first()
    if row is None:
        return None, ticket.language
    conversation_id, chosen, said, usual = row
    return conversation_id, chosen or said or usual or ticket.language


async def announce_due(
    session: AsyncSession, calendar: BusinessCalendar, times: TicketTimes, now: datetime
) -> tuple[ToDeliver, ...]:
    """Note, once each, what is due soon and what is overdue, for whoever has it or for all agents (TIC-3)."""
    soon = calendar.add_business_hours(now, times.due_soon_hours)
    waiting = await session.scalars(
        select(Ticket)
        .where(
            Ticket.state.in_(AT_WORK),
            or_(
                (Ticket.due_at <= now) & Ticket.overdue_told_at.is_(None),
                (Ticket.due_at <= soon)
                & Ticket.due_soon_told_at.is_(None)
                & Ticket.overdue_told_at.is_(None),
            ),
        )
        .order_by(Ticket.due_at, Ticket.id)
        .with_for_update(skip_locked=True)
    )
    agents = tuple(
        await session.scalars(select(PortalUser.id).where(PortalUser.is_agent, PortalUser.left_at.is_(None)))
    )
    messages: list[TicketMessage] = []
    for ticket in waiting:
        kind = "overdue" if ticket.due_at <= now else "due_soon"
        if kind == "overdue":
            ticket.overdue_told_at = now
        else:
            ticket.due_soon_told_at = now
        recipients = agents if ticket.assignee_id is None else (ticket.assignee_id,)
        messages += [
            TicketMessage(ticket_id=ticket.id, kind=kind, to_customer=False, recipient_id=agent, at=now)
            for agent in recipients
        ]
    session.add_all(messages)
    await session.flush()
    return tuple(ToDeliver(message.id, message.ticket_id) for message in messages)


async def close_solved(
    session: AsyncSession, calendar: BusinessCalendar, times: TicketTimes, now: datetime
) -> tuple[ToDeliver, ...]:
    """Close what was solved some business days ago and nobody objected to."""
    solved = await session.scalars(
        select(Ticket)
        .where(Ticket.state == "solved", Ticket.solved_at < now - timedelta(days=times.close_after_days))
        .with_for_update(skip_locked=True)
    )
    messages: list[TicketMessage] = []
    for ticket in solved:
        assert ticket.solved_at is not None
        solved_on = ticket.solved_at.astimezone(BRUSSELS).date()
        if calendar.add_business_days(solved_on, times.close_after_days) >= now.astimezone(BRUSSELS).date():
            continue
        ticket.state, ticket.closed_at = "closed", now
        messages.append(
            TicketMessage(
                ticket_id=ticket.id, kind="closed", to_customer=True, author_id=ticket.assignee_id, at=now
            )
        )
    session.add_all(messages)
    await session.flush()
    return tuple(ToDeliver(message.id, message.ticket_id) for message in messages)
