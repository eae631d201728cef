"""Show that tickets have numbers of their own and are due in business hours (TIC-1)."""

import asyncio
from collections.abc import AsyncIterator
from datetime import date, datetime, time

import pytest
from sqlalchemy import func, select

from locales.words import BRUSSELS
from services.calendar import BusinessCalendar
from services.database import Database, Scope
from services.people import find_account, find_conversation
from services.records import Ticket
from services.tickets import OpenedTicket, Tickets
from tests.conftest import NOON


@pytest.fixture
async def database(address: str) -> AsyncIterator[Database]:
    database = Database(address)
    yield database
    await database.close()


async def open_ticket(database: Database, now: datetime, hours: float = 8) -> OpenedTicket:
    async with database.transaction() as session:
        account_id = await find_account(session, "test", "somebody")
        conversation_id = await find_conversation(session, account_id, "dm", private=True)
        return await Tickets(session, BusinessCalendar(), hours).open(
            conversation_id=conversation_id,
            user_id=None,
            company_id=None,
            language="fr",
            subject="question",
            summary='L\'été, «ça» "coûte" 100 % 😀',
            transcript=["customer: bonjour"],
            now=now,
        )


@pytest.mark.rule("TIC-1")
async def test_tickets_opened_at_once_have_numbers_without_gap_or_twin(database: Database) -> None:
    opened = await asyncio.gather(*(open_ticket(database, NOON) for _ in range(25)))
    numbers = sorted(ticket.number for ticket in opened)
    first = int(numbers[0][-6:])
    assert numbers == [f"GC-2026-{first + n:06d}" for n in range(25)]


@pytest.mark.rule("TIC-1")
async def test_numbers_begin_anew_each_year_in_brussels(database: Database) -> None:
    new_year = datetime(2028, 1, 1, 0, 0, 1, tzinfo=BRUSSELS)
    assert (await open_ticket(database, new_year)).number == "GC-2028-000001"
    assert (await open_ticket(database, new_year)).number == "GC-2028-000002"
    before = datetime(2027, 12, 31, 23, 59, 59, tzinfo=BRUSSELS)
    assert (await open_ticket(database, before)).number == "GC-2027-000001"


async def test_ticket_of_a_failed_transaction_leaves_no_trace(database: Database) -> None:
    async with database.transaction(Scope(duty="agent")) as session:
        before = await session.scalar(select(func.count()).select_from(Ticket))

    class Broken(Exception):
        pass

    async def break_off() -> None:
        async with database.transaction() as session:
            account_id = await find_account(session, "test", "somebody")
            conversation_id = await find_conversation(session, account_id, "dm", private=True)
            await Tickets(session, BusinessCalendar()).open(
                conversation_id=conversation_id,
                user_id=None,
                company_id=None,
                language="nl",
                subject="question",
                summary="x",
                transcript=[],
                now=NOON,
            )
            raise Broken

    with pytest.raises(Broken):
        await break_off()
    async with database.transaction(Scope(duty="agent")) as session:
        assert await session.scalar(select(func.count()).select_from(Ticket)) == before


@pytest.mark.rule("TIC-1", "GEN-2")
@pytest.mark.parametrize(
    ("asked", "hours", "due"),
    [
        ("2026-11-22 12:00", 8, "2026-11-23 16:30"),
        ("2026-11-20 16:00", 8, "2026-11-23 15:30"),
        ("2026-11-20 08:30", 8.5, "2026-11-20 17:00"),
        ("2026-12-24 16:30", 1, "2026-12-28 09:00"),
        ("2026-11-10 17:00", 0.5, "2026-11-12 09:00"),
    ],
)
async def test_ticket_is_due_in_opening_hours(database: Database, asked: str, hours: float, due: str) -> None:
    moment = datetime.fromisoformat(asked).replace(tzinfo=BRUSSELS)
    opened = await open_ticket(database, moment, hours)
    assert opened.due_at == datetime.fromisoformat(due).replace(tzinfo=BRUSSELS)


@pytest.mark.rule("GEN-2")
def test_clock_change_costs_no_opening_hour() -> None:
    friday = datetime(2026, 10, 23, 16, 0, tzinfo=BRUSSELS)
    assert BusinessCalendar().add_business_hours(friday, 2) == datetime(2026, 10, 26, 9, 30, tzinfo=BRUSSELS)


def test_house_closed_on_a_day_of_its_own_answers_the_next() -> None:
    calendar = BusinessCalendar(time(9), time(12), frozenset([date(2026, 11, 23)]))
    sunday = datetime(2026, 11, 22, 12, tzinfo=BRUSSELS)
    assert calendar.add_business_hours(sunday, 1) == datetime(2026, 11, 24, 10, tzinfo=BRUSSELS)
