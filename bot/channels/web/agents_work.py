"""Let only agents at work in, and lay their desk out for one request (ACC-10)."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime

from starlette.requests import Request

from bot.channels.web.front import CHANNEL, Front
from bot.channels.web.refusals import Refused
from bot.sessions import load_session
from handlers.desk import Desk
from handlers.session import Person, Session
from services.database import Transaction
from services.on_behalf import OnBehalf
from services.people import People
from services.ticket_queue import QueuedTicket, TicketQueue


@dataclass(frozen=True, slots=True)
class AtWork:
    """An agent's desk within the transaction of one request."""

    session: Transaction
    who: Session
    person: Person
    desk: Desk
    queue: TicketQueue
    now: datetime

    async def note(self, ticket: QueuedTicket, action: str) -> None:
        """Note in the audit log what the agent looked at (ACC-9)."""
        await self.desk.audit.note(
            actor=self.person.id,
            person=ticket.customer_id,
            subject=ticket.company_id,
            action=action,
            channel=CHANNEL,
            at=self.now,
            number=ticket.number,
        )


@asynccontextmanager
async def at_work(front: Front, request: Request) -> AsyncIterator[AtWork]:
    """Open a transaction for an agent at work; raises Refused for everybody else, without telling why.

    An agent who works for a customer in the chat has that customer's rights there, and none here until it ends.
    """
    place = await front.place(front.visitor(request))
    house = front.counter.house
    now = house.clock.now()
    async with front.counter.database.transaction() as session:
        known = await load_session(People(session), place.account_id, private=True)
        who = known.in_language(None)
        if who.person is None or not who.is_agent_at_work:
            raise Refused(403, "no_agent")
        if await OnBehalf(session).is_going_on(place.account_id, now):
            raise Refused(403, "on_behalf")
        desk = house.desk(session, place.conversation_id, who, now)
        assert desk.queue is not None
        yield AtWork(session, who, who.person, desk, desk.queue, now)
