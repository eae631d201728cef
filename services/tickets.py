"""Open tickets for people to take up (TIC-1)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from services.calendar import BRUSSELS, BusinessCalendar
from services.records import Ticket

# One counter a year: held while the next number is chosen, so that two tickets never share one.
NUMBER_LOCK = 0x7469_636B


@dataclass(frozen=True, slots=True)
class OpenedTicket:
    """What the customer is told: the number and by when somebody answers."""

    number: str
    due_at: datetime


class Tickets:
    """The desk's way to a person, within one transaction."""

    def __init__(self, session: AsyncSession, calendar: BusinessCalendar, answer_hours: float = 8) -> None:
        self._session = session
        self._calendar = calendar
        self._answer_hours = answer_hours

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
    ) -> OpenedTicket:
        """Open a ticket with a number of its own, due in business hours."""
        number = await self._next_number(now.astimezone(BRUSSELS).year)
        due_at = self._calendar.add_business_hours(now, self._answer_hours)
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
                opened_at=now,
                due_at=due_at,
            )
        )
        await self._session.flush()
        return OpenedTicket(number, due_at)

    async def _next_number(self, year: int) -> str:
        await self._session.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": NUMBER_LOCK})
        last = await self._session.scalar(
            select(func.max(Ticket.number)).where(Ticket.number.startswith(f"GC-{year}-"))
        )
        return f"GC-{year}-{int(last[-6:]) + 1 if last else 1:06d}"
