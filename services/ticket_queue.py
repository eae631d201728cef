"""Let agents see the queue, take tickets, answer, note, hand over, close and merge (TIC-2).

An agent's transaction is widened to all customers for the length of each call, and narrowed again after it.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NoReturn

from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from services.database import Scope, enter
from services.errors import GuichetError
from services.records import (
    ChatAccount,
    Company,
    Conversation,
    OptionRequest,
    PortalUser,
    Ticket,
    TicketMessage,
    TicketNote,
)
from services.ticket_states import OPEN, TicketEvent, TicketState, after
from services.tickets import ToDeliver, UnknownTicket

Assignee = aliased(PortalUser)
Customer = aliased(PortalUser)


@dataclass(frozen=True, slots=True)
class QueueFilter:
    """Which tickets of the queue; nothing set means all that are open."""

    state: TicketState | None = None
    subject: str | None = None
    language: str | None = None
    mine: bool = False
    overdue: bool = False


@dataclass(frozen=True, slots=True)
class QueuedTicket:
    """A ticket as agents see it; names are None for a stranger, no company, nobody."""

    id: int
    number: str
    state: TicketState
    subject: str
    language: str
    summary: str
    opened_at: datetime
    due_at: datetime
    customer_id: int | None
    customer_name: str | None
    company_id: int | None
    company_name: str | None
    assignee_id: int | None
    assignee_name: str | None


@dataclass(frozen=True, slots=True)
class TicketLine:
    """One line of a ticket's history; an internal note is of another type, so that none is ever taken for one."""

    author_name: str | None
    to_customer: bool
    kind: str
    text: str
    at: datetime


@dataclass(frozen=True, slots=True)
class InternalNote:
    """What an agent wrote for colleagues: nothing carries it to a customer."""

    author_name: str
    text: str
    at: datetime


@dataclass(frozen=True, slots=True)
class TicketFile:
    """Everything about a ticket, for agents."""

    ticket: QueuedTicket
    transcript: tuple[str, ...]
    lines: tuple[TicketLine, ...]
    notes: tuple[InternalNote, ...]
    option_request_id: int | None


@dataclass
class HadBySomebodyElse(GuichetError):
    """Another agent has the ticket, or nobody has."""

    number: str
    agent_name: str | None


@dataclass
class NotOfTheSameCustomer(GuichetError):
    """Two tickets are of different customers, so that one is no duplicate of the other (GEN-3)."""

    number: str
    other: str


@dataclass
class CustomerGone(GuichetError):
    """The chat that a ticket came from is not its customer's any more: nothing may be written there."""

    number: str


@dataclass
class NoSuchAgent(GuichetError):
    """An address is not that of an agent at work."""

    email: str


class TicketQueue:
    """What an agent does with tickets, within one transaction; `own` is the agent's scope outside of it."""

    def __init__(self, session: AsyncSession, agent_id: int, conversation_id: int, own: Scope) -> None:
        self._session = session
        self._agent_id = agent_id
        self._conversation_id = conversation_id
        self._own = own

    async def list_queue(
        self, wanted: QueueFilter, now: datetime, limit: int = 20
    ) -> tuple[QueuedTicket, ...]:
        """List tickets, those due first in front."""
        statement = _queued().order_by(Ticket.due_at, Ticket.id).limit(limit)
        if wanted.state is not None:
            statement = statement.where(Ticket.state == wanted.state)
        else:
            statement = statement.where(Ticket.state.in_(OPEN))
        if wanted.subject is not None:
            statement = statement.where(Ticket.subject == wanted.subject)
        if wanted.language is not None:
            statement = statement.where(Ticket.language == wanted.language)
        if wanted.mine:
            statement = statement.where(Ticket.assignee_id == self._agent_id)
        if wanted.overdue:
            statement = statement.where(Ticket.state.in_(("new", "taken")), Ticket.due_at < now)
        async with self._at_work():
            return tuple(_queued_ticket(row) for row in await self._session.execute(statement))

    async def find(self, number: str) -> QueuedTicket:
        """Find a ticket; raises UnknownTicket."""
        async with self._at_work():
            return await self._read(number)

    async def open_file(self, number: str) -> TicketFile:
        """Read all about a ticket, what is only for agents too; raises UnknownTicket."""
        async with self._at_work():
            ticket = await self._read(number)
            row = await self._session.get_one(Ticket, ticket.id)
            lines = await self._session.execute(
                select(PortalUser.name, TicketMessage)
                .outerjoin(PortalUser, PortalUser.id == TicketMessage.author_id)
                .where(TicketMessage.ticket_id == ticket.id, TicketMessage.recipient_id.is_(None))
                .order_by(TicketMessage.id)
            )
            notes = await self._session.execute(
                select(PortalUser.name, TicketNote)
                .join(PortalUser, PortalUser.id == TicketNote.author_id)
                .where(TicketNote.ticket_id == ticket.id)
                .order_by(TicketNote.id)
            )
            option = await self._session.scalar(
                select(OptionRequest.id).where(
                    OptionRequest.ticket_number == number, OptionRequest.state == "requested"
                )
            )
            return TicketFile(
                ticket,
                tuple(map(str, row.transcript)),
                tuple(TicketLine(name, m.to_customer, m.kind, m.text, m.at) for name, m in lines),
                tuple(InternalNote(name, note.text, note.at) for name, note in notes),
                option,
            )

    async def take(self, number: str, now: datetime) -> tuple[QueuedTicket, ToDeliver]:
        """Take a ticket that nobody has: of two agents at once one gets it, the other HadBySomebodyElse."""
        async with self._at_work():
            ticket = await self._hold(number)
            if ticket.state != "new" and ticket.assignee_id is not None:
                await self._refuse(ticket)
            self._change(ticket, "take")
            ticket.assignee_id, ticket.agent_conversation_id = self._agent_id, self._conversation_id
            return await self._told(ticket, "taken", now)

    async def take_next(self, now: datetime) -> tuple[QueuedTicket, ToDeliver] | None:
        """Take the ticket due first that nobody has and nobody is just taking; None where there is none."""
        async with self._at_work():
            number = await self._session.scalar(
                select(Ticket.number)
                .where(Ticket.state == "new")
                .order_by(Ticket.due_at, Ticket.id)
                .limit(1)
                .with_for_update(skip_locked=True)
            )
        return None if number is None else await self.take(number, now)

    async def answer(self, number: str, words: str, now: datetime) -> tuple[QueuedTicket, ToDeliver]:
        """Answer the customer; a ticket that nobody has is taken with it.

        Raises UnknownTicket, HadBySomebodyElse, NotInThisState or CustomerGone.
        """
        async with self._at_work():
            ticket = await self._hold(number)
            if ticket.state == "new":
                self._change(ticket, "take")
                ticket.assignee_id = self._agent_id
            await self._must_have(ticket)
            await self._must_be_reachable(ticket)
            self._change(ticket, "answer")
            ticket.agent_conversation_id = self._conversation_id
            ticket.first_answer_at = ticket.first_answer_at or now
            return await self._told(ticket, "words", now, words)

    async def note(self, number: str, words: str, now: datetime) -> QueuedTicket:
        """Note something for colleagues only; raises UnknownTicket."""
        async with self._at_work():
            ticket = await self._hold(number)
            self._session.add(TicketNote(ticket_id=ticket.id, author_id=self._agent_id, text=words, at=now))
            await self._session.flush()
            return await self._read(number)

    async def put_back(self, number: str) -> QueuedTicket:
        """Put a ticket back into the queue; raises UnknownTicket or NotInThisState."""
        async with self._at_work():
            ticket = await self._hold(number)
            self._change(ticket, "put_back")
            ticket.assignee_id = ticket.agent_conversation_id = None
            return await self._read(number)

    async def hand_over(self, number: str, email: str, now: datetime) -> tuple[QueuedTicket, ToDeliver]:
        """Give a ticket to another agent; raises UnknownTicket, NotInThisState or NoSuchAgent."""
        async with self._at_work():
            ticket = await self._hold(number)
            receiver = await self._agent(email)
            if ticket.state == "new":
                self._change(ticket, "take")
            else:
                self._change(ticket, "hand_over")
            ticket.assignee_id, ticket.agent_conversation_id = receiver, None
            return await self._told(ticket, "handed_over", now, to_customer=False)

    async def solve(self, number: str, now: datetime) -> tuple[QueuedTicket, ToDeliver]:
        """Say that a ticket is solved: the customer may still object before it is closed."""
        async with self._at_work():
            ticket = await self._hold(number)
            await self._must_have(ticket)
            self._change(ticket, "solve")
            ticket.solved_at = now
            return await self._told(ticket, "solved", now)

    async def close(self, number: str, now: datetime) -> tuple[QueuedTicket, ToDeliver]:
        """Close a ticket; the customer is asked how content they are."""
        async with self._at_work():
            ticket = await self._hold(number)
            if ticket.assignee_id is not None:
                await self._must_have(ticket)
            self._change(ticket, "close")
            ticket.solved_at, ticket.closed_at = ticket.solved_at or now, now
            return await self._told(ticket, "closed", now)

    async def reopen(self, number: str, due_at: datetime, now: datetime) -> tuple[QueuedTicket, ToDeliver]:
        """Take a ticket up again that was solved or closed, with a new promise."""
        async with self._at_work():
            ticket = await self._hold(number)
            if ticket.merged_into_id is not None:
                raise UnknownTicket(number)
            self._change(ticket, "reopen")
            ticket.assignee_id, ticket.agent_conversation_id = self._agent_id, self._conversation_id
            ticket.solved_at = ticket.closed_at = None
            ticket.due_at, ticket.due_soon_told_at, ticket.overdue_told_at = due_at, None, None
            return await self._told(ticket, "taken", now)

    async def merge(self, number: str, into: str, now: datetime) -> tuple[QueuedTicket, ToDeliver]:
        """Close a duplicate in favour of another ticket of the same customer, to which its words go on.

        Raises UnknownTicket, NotInThisState or NotOfTheSameCustomer.
        """
        async with self._at_work():
            # In the order of their numbers, so that two merges at once do not wait for each other for ever.
            held = {one: await self._hold(one) for one in sorted({number, into})}
            ticket, target = held[number], held[into]
            same_person = ticket.user_id is not None and ticket.user_id == target.user_id
            same_chat = ticket.conversation_id == target.conversation_id and ticket.user_id == target.user_id
            if ticket is target or not (same_person or same_chat) or target.merged_into_id is not None:
                raise NotOfTheSameCustomer(number, into)
            self._change(ticket, "merge")
            ticket.merged_into_id, ticket.closed_at = target.id, now
            return await self._told(ticket, "merged", now, into)

    async def names_of(self, number: str) -> dict[str, str]:
        """Give what the places of a canned answer stand for in a ticket."""
        async with self._at_work():
            ticket = await self._read(number)
            agent = await self._session.get_one(PortalUser, self._agent_id)
        return {
            "customer": ticket.customer_name or "",
            "company": ticket.company_name or "",
            "number": ticket.number,
            "agent": agent.name,
        }

    @asynccontextmanager
    async def at_work(self) -> AsyncIterator[AsyncSession]:
        """Open the records of all customers for an agent's own business: options, canned answers, figures."""
        async with self._at_work():
            yield self._session

    @asynccontextmanager
    async def _at_work(self) -> AsyncIterator[None]:
        await enter(self._session, Scope(self._agent_id, duty="agent"))
        try:
            yield
        finally:
            await enter(self._session, self._own)

    async def _read(self, number: str) -> QueuedTicket:
        await self._session.flush()
        row = (await self._session.execute(_queued().where(Ticket.number == number))).first()
        if row is None:
            raise UnknownTicket(number)
        return _queued_ticket(row)

    async def _hold(self, number: str) -> Ticket:
        ticket = await self._session.scalar(
            select(Ticket)
            .where(Ticket.number == number)
            .with_for_update()
            .execution_options(populate_existing=True)
        )
        if ticket is None:
            raise UnknownTicket(number)
        return ticket

    def _change(self, ticket: Ticket, event: TicketEvent) -> None:
        ticket.state = after(ticket.number, ticket.state, event)  # type: ignore[arg-type]  # as the constraint says

    async def _must_have(self, ticket: Ticket) -> None:
        if ticket.assignee_id != self._agent_id:
            await self._refuse(ticket)

    async def _refuse(self, ticket: Ticket) -> NoReturn:
        name = await self._session.scalar(select(PortalUser.name).where(PortalUser.id == ticket.assignee_id))
        raise HadBySomebodyElse(ticket.number, name)

    async def _must_be_reachable(self, ticket: Ticket) -> None:
        account_user = await self._session.scalar(
            select(ChatAccount.user_id)
            .join(Conversation, Conversation.account_id == ChatAccount.id)
            .where(Conversation.id == ticket.conversation_id)
        )
        if ticket.user_id is not None and account_user != ticket.user_id:
            raise CustomerGone(ticket.number)

    async def _agent(self, email: str) -> int:
        agent_id = await self._session.scalar(
            select(PortalUser.id).where(
                PortalUser.email == email.strip().lower(), PortalUser.is_agent, PortalUser.left_at.is_(None)
            )
        )
        if agent_id is None:
            raise NoSuchAgent(email)
        return agent_id

    async def _told(
        self, ticket: Ticket, kind: str, now: datetime, words: str = "", *, to_customer: bool = True
    ) -> tuple[QueuedTicket, ToDeliver]:
        message = TicketMessage(
            ticket_id=ticket.id,
            kind=kind,
            to_customer=to_customer,
            author_id=self._agent_id,
            text=words,
            at=now,
        )
        self._session.add(message)
        queued = await self._read(ticket.number)
        return queued, ToDeliver(message.id, ticket.id)


def _queued() -> Select[Ticket, str, str, str]:
    return (
        select(Ticket, Customer.name, Company.name, Assignee.name)
        .outerjoin(Customer, Customer.id == Ticket.user_id)
        .outerjoin(Company, Company.id == Ticket.company_id)
        .outerjoin(Assignee, Assignee.id == Ticket.assignee_id)
    )


def _queued_ticket(row: Any) -> QueuedTicket:
    ticket, customer, company, assignee = row
    return QueuedTicket(
        ticket.id,
        ticket.number,
        ticket.state,
        ticket.subject,
        ticket.language,
        ticket.summary,
        ticket.opened_at,
        ticket.due_at,
        ticket.user_id,
        customer,
        ticket.company_id,
        company,
        ticket.assignee_id,
        assignee,
    )
