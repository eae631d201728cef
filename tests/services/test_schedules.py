"""Keep regular sendings and take what is due, on a real database (REP-3)."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import datetime, time, timedelta

import pytest
from sqlalchemy import func, select

from locales.words import BRUSSELS
from services.calendar import BusinessCalendar
from services.database import Database, Scope, Transaction
from services.errors import NotARecurrence
from services.people import People, find_account, find_conversation
from services.records import Company, Schedule
from services.schedules import NewSchedule, Schedules, begin_sending, end_sending, take_due
from tests.conftest import NOON

EIGHT = time(8)
CALENDAR = BusinessCalendar()
CLAIRE, JORIS = "claire.dubois@lambert.example", "joris.peeters@vandamme.example"


@pytest.fixture
async def database(address: str) -> AsyncIterator[Database]:
    database = Database(address)
    yield database
    await database.close()


async def wish_of(session: Transaction, email: str, city: str, **changes: object) -> NewSchedule:
    """Describe a weekly report of a person."""
    user = await People(session).user_by_email(email)
    company_id = await session.scalar(select(Company.id).where(Company.city == city))
    assert user is not None
    assert company_id is not None
    account = await find_account(session, "test", email)
    wish = NewSchedule(
        company_id=company_id,
        user_id=user.id,
        conversation_id=await find_conversation(session, account, "here", private=True),
        subject="report",
        recurrence="FREQ=WEEKLY;BYDAY=MO",
        span="last_week",
        operational_ids=(),
        item_types=(),
        language="fr",
    )
    return replace(wish, **changes)  # type: ignore[arg-type]


def own(session: Transaction, wish: NewSchedule) -> Schedules:
    return Schedules(session, wish.user_id, (wish.company_id,), EIGHT, CALENDAR)


@pytest.mark.rule("REP-3")
async def test_schedule_is_listed_paused_resumed_and_stopped(database: Database) -> None:
    async with database.transaction(Scope(duty="agent")) as session:
        wish = await wish_of(session, CLAIRE, "Liège")
        schedules = own(session, wish)
        begun = await schedules.add(wish, NOON)
        assert begun.wish == wish
        assert begun.next_at == datetime(2026, 11, 23, 8, tzinfo=BRUSSELS)
        assert await schedules.list_all() == (begun,)
        paused = await schedules.change(begun.id, "paused", NOON)
        assert paused is not None
        assert (paused.state, paused.next_at) == ("paused", None)
        resumed = await schedules.change(begun.id, "active", NOON + timedelta(days=15))
        assert resumed is not None
        assert resumed.next_at == datetime(2026, 12, 14, 8, tzinfo=BRUSSELS)
        stopped = await schedules.change(begun.id, "stopped", NOON)
        assert stopped is not None
        assert stopped.state == "stopped"
        assert await schedules.list_all() == ()
        assert await schedules.change(begun.id, "active", NOON) is None


@pytest.mark.rule("REP-3", "GEN-3")
async def test_nobody_else_sees_or_changes_a_schedule(database: Database) -> None:
    async with database.transaction(Scope(duty="agent")) as session:
        wish = await wish_of(session, CLAIRE, "Liège")
        begun = await own(session, wish).add(wish, NOON)
        theirs = await wish_of(session, JORIS, "Gent")
        # The wall is down for this duty: what holds here are the filters of the queries.
        for other in (
            own(session, theirs),
            Schedules(session, theirs.user_id, (wish.company_id,), EIGHT, CALENDAR),
            Schedules(session, wish.user_id, (theirs.company_id,), EIGHT, CALENDAR),
            Schedules(session, None, (wish.company_id,), EIGHT, CALENDAR),
        ):
            assert await other.list_all() == ()
            assert await other.change(begun.id, "stopped", NOON) is None
        await end_sending(session, begun.id)
    async with database.transaction(Scope(theirs.user_id, (theirs.company_id,))) as session:
        assert await session.scalar(select(func.count()).select_from(Schedule)) == 0


@pytest.mark.rule("REP-3")
async def test_downtime_is_followed_by_one_sending_for_all_missed(database: Database) -> None:
    async with database.transaction(Scope(duty="agent")) as session:
        wish = await wish_of(session, CLAIRE, "Liège")
        begun = await own(session, wish).add(wish, NOON)
        back = datetime(2026, 12, 23, 15, tzinfo=BRUSSELS)
        before = await take_due(session, datetime(2026, 11, 23, 7, 59, tzinfo=BRUSSELS), EIGHT, CALENDAR)
        assert before == ()
        (due,) = await take_due(session, back, EIGHT, CALENDAR)
        assert due.schedule_id == begun.id
        assert due.due_at == datetime(2026, 12, 21, 8, tzinfo=BRUSSELS)
        assert due.missed == 4
        assert await take_due(session, back, EIGHT, CALENDAR) == ()
        (after,) = await own(session, wish).list_all()
        assert after.next_at == datetime(2026, 12, 28, 8, tzinfo=BRUSSELS)
        await end_sending(session, begun.id)


@pytest.mark.rule("REP-3")
async def test_sending_begins_once_and_not_after_a_pause(database: Database) -> None:
    async with database.transaction(Scope(duty="agent")) as session:
        wish = await wish_of(session, CLAIRE, "Liège")
        schedules = own(session, wish)
        begun = await schedules.add(wish, NOON)
        due_at = datetime(2026, 11, 23, 8, tzinfo=BRUSSELS)
        assert await begin_sending(session, begun.id, due_at) is not None
        assert await begin_sending(session, begun.id, due_at) is None
        assert await begin_sending(session, begun.id, due_at - timedelta(days=7)) is None
        await schedules.change(begun.id, "paused", NOON)
        assert await begin_sending(session, begun.id, due_at + timedelta(days=7)) is None
        await end_sending(session, begun.id)
        assert await begin_sending(session, 10**9, due_at) is None


async def test_schedule_without_a_recurrence_is_refused(database: Database) -> None:
    async with database.transaction(Scope(duty="agent")) as session:
        wish = await wish_of(session, CLAIRE, "Liège", recurrence="FREQ=SECONDLY")
        with pytest.raises(NotARecurrence):
            await own(session, wish).add(wish, NOON)
