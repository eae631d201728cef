"""Tell which tickets a room of agents has not heard of yet as they stand now (TIC-3)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from services.records import OutboxMessage, PortalUser, Ticket
from services.ticket_states import OPEN, TicketState

MOST_AT_ONCE = 20


@dataclass(frozen=True, slots=True)
class RoomTicket:
    """A ticket as a room hears of it: nothing of what its customer said."""

    number: str
    subject: str
    language: str
    state: TicketState
    due_at: datetime
    is_overdue: bool
    agent_name: str | None

    @property
    def standing(self) -> str:
        """Name how it stands, as the room's messages keep it."""
        return f"{self.state}:{self.agent_name or ''}:{'overdue' if self.is_overdue else ''}"


async def untold(session: AsyncSession, conversation_id: int, now: datetime) -> tuple[RoomTicket, ...]:
    """List the tickets that stand otherwise than a room was told last; the transaction is that of the agents' duty."""
    told = (
        select(OutboxMessage.blocks[0]["standing"].astext)
        .where(OutboxMessage.conversation_id == conversation_id, OutboxMessage.thread == Ticket.number)
        .order_by(OutboxMessage.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    rows = await session.execute(
        select(Ticket, PortalUser.name, told)
        .outerjoin(PortalUser, PortalUser.id == Ticket.assignee_id)
        .where(or_(Ticket.state.in_(OPEN), told.is_not(None)))
        .order_by(Ticket.due_at, Ticket.id)
    )
    found = ((_shown(ticket, name, now), last) for ticket, name, last in rows)
    return tuple(ticket for ticket, last in found if ticket.standing != last)[:MOST_AT_ONCE]


def _shown(ticket: Ticket, agent_name: str | None, now: datetime) -> RoomTicket:
    state: TicketState = ticket.state  # type: ignore[assignment]  # the check constraint names them
    return RoomTicket(
        ticket.number,
        ticket.subject,
        ticket.language,
        state,
        ticket.due_at,
        state in OPEN and ticket.due_at <= now,
        agent_name,
    )
