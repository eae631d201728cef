"""Read what agents see beside a ticket: how many wait, which colleagues there are, who the customer is (TIC-2).

Each function reads within an agent's transaction at work (`TicketQueue.at_work`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from services.records import (
    ChatAccount,
    Company,
    Conversation,
    InboxMessage,
    Membership,
    PortalUser,
    Ticket,
)
from services.ticket_queue import QueuedTicket
from services.ticket_states import AT_WORK, OPEN, STATES

LATEST = 8


@dataclass(frozen=True, slots=True)
class Colleague:
    """An agent at work, to whom a ticket can be handed over."""

    name: str
    email: str


@dataclass(frozen=True, slots=True)
class CompanyRights:
    """A company of a customer with the rights held there (ACC-6)."""

    name: str
    rights: frozenset[str]


@dataclass(frozen=True, slots=True)
class OtherTicket:
    """Another ticket of the same customer."""

    number: str
    state: str
    subject: str
    summary: str
    opened_at: datetime


@dataclass(frozen=True, slots=True)
class CustomerCard:
    """Who the customer of a ticket is; `name` and `email` are None for somebody whom nobody knows (ACC-8).

    `has_left` tells that the person is no portal user any more: nothing of any company may be told to them.
    """

    name: str | None
    email: str | None
    language: str
    has_left: bool
    companies: tuple[CompanyRights, ...]
    channel: str
    wrote_at: datetime | None
    others: tuple[OtherTicket, ...]


async def count_queue(session: AsyncSession, agent_id: int, now: datetime) -> Mapping[str, int]:
    """Count the tickets: by state, and under `open`, `mine` and `overdue`."""
    columns: dict[str, Any] = {state: Ticket.state == state for state in STATES}
    columns["open"] = Ticket.state.in_(OPEN)
    columns["mine"] = Ticket.state.in_(OPEN) & (Ticket.assignee_id == agent_id)
    columns["overdue"] = Ticket.state.in_(AT_WORK) & (Ticket.due_at < now)
    row = (
        await session.execute(
            select(
                *(func.count().filter(condition).label(name) for name, condition in columns.items())
            ).select_from(Ticket)
        )
    ).one()
    return dict(row._mapping)


async def list_colleagues(session: AsyncSession, agent_id: int) -> tuple[Colleague, ...]:
    """List the other agents at work."""
    rows = await session.execute(
        select(PortalUser.name, PortalUser.email)
        .where(PortalUser.is_agent, PortalUser.left_at.is_(None), PortalUser.id != agent_id)
        .order_by(PortalUser.name)
    )
    return tuple(Colleague(name, email) for name, email in rows)


async def read_card(session: AsyncSession, ticket: QueuedTicket) -> CustomerCard:
    """Read who the customer of a ticket is."""
    account_id, conversation_id, channel = (
        await session.execute(
            select(ChatAccount.id, Conversation.id, ChatAccount.channel)
            .join(Conversation, Conversation.account_id == ChatAccount.id)
            .join(Ticket, Ticket.conversation_id == Conversation.id)
            .where(Ticket.id == ticket.id)
        )
    ).one()
    wrote_at = await session.scalar(
        select(func.max(InboxMessage.received_at))
        .join(Conversation, Conversation.id == InboxMessage.conversation_id)
        .where(Conversation.account_id == account_id)
    )
    person = None if ticket.customer_id is None else await session.get(PortalUser, ticket.customer_id)
    return CustomerCard(
        person.name if person else None,
        person.email if person else None,
        (person.language if person else None) or ticket.language,
        person is not None and person.left_at is not None,
        await _companies(session, ticket.customer_id),
        channel,
        wrote_at,
        await _others(session, ticket, conversation_id),
    )


async def _companies(session: AsyncSession, user_id: int | None) -> tuple[CompanyRights, ...]:
    if user_id is None:
        return ()
    rows = await session.execute(
        select(Company.name, Membership.rights)
        .join(Membership, Membership.company_id == Company.id)
        .where(Membership.user_id == user_id)
        .order_by(Company.name)
    )
    return tuple(CompanyRights(name, frozenset(rights)) for name, rights in rows)


async def _others(
    session: AsyncSession, ticket: QueuedTicket, conversation_id: int
) -> tuple[OtherTicket, ...]:
    """List the customer's other tickets; of a stranger those of the same chat, which may be of several people."""
    same = (
        (Ticket.conversation_id == conversation_id) & Ticket.user_id.is_(None)
        if ticket.customer_id is None
        else Ticket.user_id == ticket.customer_id
    )
    rows = await session.scalars(
        select(Ticket)
        .where(same, Ticket.id != ticket.id, Ticket.merged_into_id.is_(None))
        .order_by(Ticket.opened_at.desc(), Ticket.id.desc())
        .limit(LATEST)
    )
    return tuple(OtherTicket(row.number, row.state, row.subject, row.summary, row.opened_at) for row in rows)
