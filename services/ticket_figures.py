"""Count what became of tickets: how many, how soon answered, solved in time, by subject and language (TIC-2)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from statistics import median

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.calendar import BRUSSELS, BusinessCalendar
from services.records import Ticket
from services.tickets import TicketTimes


@dataclass(frozen=True, slots=True)
class TicketFigures:
    """The figures of one subject in one language.

    `first_answer_hours` is the median in opening hours, None where nothing was answered; `solved_in_time` counts those
    solved within the promised hours, of `solved`; `rating` is the mean of what customers said.
    """

    subject: str
    language: str
    count: int
    answered: int
    first_answer_hours: float | None
    solved: int
    solved_in_time: int
    rating: float | None


async def ticket_figures(
    session: AsyncSession, calendar: BusinessCalendar, times: TicketTimes, start: date, end: date
) -> tuple[TicketFigures, ...]:
    """Count the tickets opened in a period, both days included; duplicates count once.

    The transaction is that of an agent at work.
    """
    first = datetime.combine(start, time.min, BRUSSELS)
    after = datetime.combine(end + timedelta(days=1), time.min, BRUSSELS)
    tickets = await session.scalars(
        select(Ticket)
        .where(Ticket.opened_at >= first, Ticket.opened_at < after, Ticket.merged_into_id.is_(None))
        .order_by(Ticket.subject, Ticket.language)
    )
    groups: dict[tuple[str, str], list[Ticket]] = {}
    for ticket in tickets:
        groups.setdefault((ticket.subject, ticket.language), []).append(ticket)
    return tuple(_figures(*key, group, calendar, times) for key, group in groups.items())


def _figures(
    subject: str, language: str, tickets: list[Ticket], calendar: BusinessCalendar, times: TicketTimes
) -> TicketFigures:
    answers = [
        calendar.business_hours_between(ticket.opened_at, ticket.first_answer_at)
        for ticket in tickets
        if ticket.first_answer_at is not None
    ]
    solved = [ticket for ticket in tickets if ticket.solved_at is not None]
    return TicketFigures(
        subject,
        language,
        len(tickets),
        len(answers),
        round(median(answers), 1) if answers else None,
        len(solved),
        sum(_in_time(ticket, calendar, times) for ticket in solved),
        _mean(ticket.rating for ticket in tickets),
    )


def _in_time(ticket: Ticket, calendar: BusinessCalendar, times: TicketTimes) -> bool:
    assert ticket.solved_at is not None
    return ticket.solved_at <= calendar.add_business_hours(ticket.opened_at, times.solve_hours)


def _mean(ratings: Iterable[int | None]) -> float | None:
    given = [rating for rating in ratings if rating is not None]
    return round(sum(given) / len(given), 1) if given else None
