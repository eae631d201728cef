"""Open tickets for people to take up, and let customers follow and continue theirs (TIC-1, TIC-2)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, and_, func, or_, select, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from services.calendar import BRUSSELS, BusinessCalendar
from services.errors import GuichetError
from services.people import last_conversation
from services.records import PortalUser, Ticket, TicketMessage, TicketNumber
from services.ticket_states import OPEN, TicketEvent, TicketState, after

# Requests that are work to be done: a colleague who takes one of these up talks with the customer only once he has
# answered. All others are talks that he takes over at once.
WORK_ORDERS = ("option", "supplies")


@dataclass(frozen=True, slots=True)
class TicketTimes:
    """What the Service Centre promises, in its opening hours, and when a solved ticket is closed by itself.

    `due_soon_hours` before the promised time the agents are reminded; `close_after_days` are business days.
    """

    answer_hours: float = 8
    solve_hours: float = 24
    due_soon_hours: float = 1
    close_after_days: int = 5


@dataclass(frozen=True, slots=True)
class OpenedTicket:
    """What the customer is told: the number and by when somebody answers."""

    number: str
    due_at: datetime


@dataclass(frozen=True, slots=True)
class OwnTicket:
    """A ticket as its customer may see it; what agents write for each other is no part of it."""

    id: int
    number: str
    state: TicketState
    subject: str
    summary: str
    opened_at: datetime
    due_at: datetime
    agent_name: str | None
    last_answer: str | None


@dataclass(frozen=True, slots=True)
class TakenOver:
    """The ticket under which a person talks with the customer of a conversation."""

    number: str
    agent_name: str


@dataclass(frozen=True, slots=True)
class ToDeliver:
    """A message of a ticket that is to be carried to somebody, after this transaction."""

    message_id: int
    ticket_id: int


@dataclass
class UnknownTicket(GuichetError):
    """A number is none of the tickets in scope: somebody else's and none at all alike (GEN-3)."""

    number: str


class Tickets:
    """The desk's way to a person, for one customer, within one transaction.

    `person_id` is whose tickets these are; on that customer's behalf an agent writes in them, `agent_id`.
    """

    def __init__(
        self,
        session: AsyncSession,
        calendar: BusinessCalendar,
        answer_hours: float = 8,
        *,
        person_id: int | None = None,
        conversation_id: int | None = None,
        agent_id: int | None = None,
    ) -> None:
        self._session = session
        self._calendar = calendar
        self._answer_hours = answer_hours
        self._agent_id = agent_id
        self._person_id = person_id
        self._conversation_id = conversation_id

    async def open(
        self,
        *,
        conversation_id: int,
        user_id: int | None,
        company_id: int | None,
        language: str,
        subject: str,
        summary: str,
        transcript: Sequence[str],
        now: datetime,
        due_at: datetime | None = None,
    ) -> OpenedTicket:
        """Open a ticket with a number of its own, due in business hours or by a promise of its own.

        Opened on a customer's behalf it is the customer's: in their chat, where they have one, and in its language.
        """
        if self._agent_id is not None:
            user_id = self._person_id
            conversation_id, language = await self._customers_place(conversation_id, language)
        await enter_conversation(self._session, conversation_id)
        number = await self._next_number(now.astimezone(BRUSSELS).year)
        due_at = due_at or self._calendar.add_business_hours(now, self._answer_hours)
        self._session.add(
            Ticket(
                number=number,
                conversation_id=conversation_id,
                user_id=user_id,
                company_id=company_id,
                language=language,
                subject=subject,
                summary=summary,
                transcript=list(transcript),
                state="new",
                opened_at=now,
                due_at=due_at,
            )
        )
        await self._session.flush()
        return OpenedTicket(number, due_at)

    async def taken_over(self) -> TakenOver | None:
        """Tell whether a person talks with the customer of this conversation now."""
        await self._enter()
        talking = or_(Ticket.subject.not_in(WORK_ORDERS), Ticket.first_answer_at.is_not(None))
        row = (
            await self._session.execute(
                select(Ticket.number, PortalUser.name)
                .join(PortalUser, PortalUser.id == Ticket.assignee_id)
                .where(
                    Ticket.conversation_id == self._conversation_id,
                    Ticket.user_id.is_not_distinct_from(self._person_id),
                    Ticket.state.in_(("taken", "waiting")),
                    talking,
                )
                .order_by(Ticket.opened_at.desc())
                .limit(1)
            )
        ).first()
        return None if row is None else TakenOver(row.number, row.name)

    async def list_own(self, *, only_open: bool = True, limit: int = 10) -> tuple[OwnTicket, ...]:
        """List the customer's tickets, the newest first."""
        await self._enter()
        statement = self._own().order_by(Ticket.opened_at.desc(), Ticket.id.desc()).limit(limit)
        if only_open:
            statement = statement.where(Ticket.state.in_((*OPEN, "solved")))
        return tuple([await self._shown(row, name) for row, name in await self._session.execute(statement)])

    async def find(self, number: str) -> OwnTicket:
        """Find one of the customer's tickets; raises UnknownTicket."""
        ticket, name = await self._found(number)
        return await self._shown(ticket, name)

    async def write(self, number: str, words: str, now: datetime) -> tuple[OwnTicket, ToDeliver]:
        """Add the customer's words; a ticket that was solved or closed is open again. Raises UnknownTicket."""
        ticket, name = await self._found(number, hold=True)
        if ticket.merged_into_id is not None:
            target = await self._session.get_one(Ticket, ticket.merged_into_id)
            return await self.write(target.number, words, now)
        before = ticket.state
        self._change(ticket, "customer_writes")
        if before not in ("new", "taken"):
            # It is our turn again: the promise begins anew.
            ticket.due_at = self._calendar.add_business_hours(now, self._answer_hours)
            ticket.due_soon_told_at = ticket.overdue_told_at = None
            ticket.solved_at = ticket.closed_at = None
        message = TicketMessage(
            ticket_id=ticket.id,
            kind="words",
            to_customer=False,
            author_id=self._agent_id or self._person_id,
            text=words,
            at=now,
        )
        self._session.add(message)
        await self._session.flush()
        return await self._shown(ticket, name), ToDeliver(message.id, ticket.id)

    async def close(self, number: str, now: datetime) -> tuple[OwnTicket, ToDeliver]:
        """Close a ticket that the customer needs no more; raises UnknownTicket or NotInThisState."""
        ticket, name = await self._found(number, hold=True)
        self._change(ticket, "close")
        ticket.solved_at = ticket.solved_at or now
        ticket.closed_at = now
        message = TicketMessage(
            ticket_id=ticket.id,
            kind="closed",
            to_customer=False,
            author_id=self._agent_id or self._person_id,
            at=now,
        )
        self._session.add(message)
        await self._session.flush()
        return await self._shown(ticket, name), ToDeliver(message.id, ticket.id)

    async def rate(self, number: str, rating: int) -> None:
        """Note how content the customer was, from 1 to 5; raises UnknownTicket."""
        ticket, _name = await self._found(number, hold=True)
        ticket.rating = rating
        await self._session.flush()

    async def _customers_place(self, conversation_id: int, language: str) -> tuple[int, str]:
        """Find where the customer reads and in which language; where they have no chat, the agent's stands in."""
        user = await self._session.get(PortalUser, self._person_id or 0)
        if user is None:
            return conversation_id, language
        place = await last_conversation(self._session, user.id)
        if place is None:
            return conversation_id, user.language or language
        return place[0], place[2] or user.language or language

    def _change(self, ticket: Ticket, event: TicketEvent) -> None:
        state = after(ticket.number, ticket.state, event)  # type: ignore[arg-type]  # the check constraint names them
        # Open again, it goes back to whoever had it, or to the queue.
        ticket.state = "new" if state == "taken" and ticket.assignee_id is None else state

    def _own(self) -> Select[Ticket, str | None]:
        nobody = and_(Ticket.user_id.is_(None), Ticket.conversation_id == self._conversation_id)
        mine = nobody if self._person_id is None else or_(Ticket.user_id == self._person_id, nobody)
        if self._agent_id is not None:
            # What an agent's own chat opened for a company without a person is no other customer's.
            mine = Ticket.user_id == self._person_id
        return (
            select(Ticket, PortalUser.name)
            .outerjoin(PortalUser, PortalUser.id == Ticket.assignee_id)
            .where(mine)
        )

    async def _found(self, number: str, *, hold: bool = False) -> tuple[Ticket, str | None]:
        await self._enter()
        statement = self._own().where(Ticket.number == number)
        if hold:
            statement = statement.with_for_update(of=Ticket)
        row = (await self._session.execute(statement)).first()
        if row is None:
            raise UnknownTicket(number)
        return row[0], row[1]

    async def _shown(self, ticket: Ticket, agent_name: str | None) -> OwnTicket:
        answer = await self._session.scalar(
            select(TicketMessage.text)
            .where(
                TicketMessage.ticket_id == ticket.id,
                TicketMessage.to_customer,
                TicketMessage.kind == "words",
            )
            .order_by(TicketMessage.id.desc())
            .limit(1)
        )
        return OwnTicket(
            ticket.id,
            ticket.number,
            ticket.state,  # type: ignore[arg-type]  # the check constraint names them
            ticket.subject,
            ticket.summary,
            ticket.opened_at,
            ticket.due_at,
            agent_name,
            answer,
        )

    async def _enter(self) -> None:
        if self._conversation_id is not None:
            await enter_conversation(self._session, self._conversation_id)

    async def _next_number(self, year: int) -> str:
        last = await self._session.scalar(
            insert(TicketNumber)
            .values(year=year, last=1)
            .on_conflict_do_update(index_elements=["year"], set_={"last": TicketNumber.last + 1})
            .returning(TicketNumber.last)
        )
        return f"GC-{year}-{last:06d}"


async def enter_conversation(session: AsyncSession, conversation_id: int) -> None:
    """Let the transaction see the tickets of a conversation whose person nobody knows (ACC-8)."""
    await session.execute(
        text("SELECT set_config('app.conversation', :conversation, true)"),
        {"conversation": str(conversation_id)},
    )


async def count_open(session: AsyncSession) -> int:
    """Count the tickets in scope that wait for a colleague."""
    return (
        await session.scalar(
            select(func.count()).select_from(Ticket).where(Ticket.state.in_(("new", "taken")))
        )
        or 0
    )
