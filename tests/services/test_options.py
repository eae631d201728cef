"""Ask for options, activate them, and see receipts come earlier, exactly to the day (OPT-1 to OPT-3, REC-2)."""

from collections.abc import AsyncIterator, Callable
from datetime import date, timedelta

import pytest
from sqlalchemy import delete, func, select, update

from services.calendar import BusinessCalendar
from services.database import Database, Scope, Transaction
from services.errors import UnknownOperationalId
from services.options import (
    LastDayMissing,
    NotWaiting,
    Options,
    OptionSpan,
    TooSoon,
    UnknownOption,
    activate,
    refuse,
)
from services.people import People
from services.records import Company, Option, OptionRequest
from tests.conftest import NOON, TODAY

GENT_ID, LIEGE_ID, NEXT_DAY_ID = "CS900310000001", "CS400125000001", "CS400127000001"
FIRST = date(2026, 12, 7)


@pytest.fixture
async def database(address: str) -> AsyncIterator[Database]:
    """The module's database without the requests of the test before; what the demo holds stays."""
    database = Database(address)
    async with database.transaction(Scope(duty="agent")) as session:
        await session.execute(delete(OptionRequest).where(OptionRequest.ticket_number.is_not(None)))
    yield database
    await database.close()


async def company_of(database: Database, city: str) -> int:
    async with database.transaction(Scope(duty="agent")) as session:
        company = await session.scalar(select(Company.id).where(Company.city == city))
    assert company is not None
    return company


async def user_of(session: Transaction, email: str) -> int:
    user = await People(session).user_by_email(email)
    assert user is not None
    return user.id


async def ask(
    database: Database,
    option: str = "registered_pack",
    first: date = FIRST,
    last: date | None = None,
    code: str = GENT_ID,
    today: date = TODAY,
) -> OptionSpan:
    company = await company_of(database, "Gent")
    async with database.transaction(Scope(company_ids=(company,))) as session:
        return await Options(session, (company,), BusinessCalendar()).request(
            option=option,
            operational_id=code,
            first_on=first,
            last_on=last,
            user_id=await user_of(session, "joris.peeters@vandamme.example"),
            ticket_number="GC-2026-000001",
            now=NOON,
            today=today,
        )


async def decide(database: Database, span: OptionSpan, how: Callable[..., object] = activate) -> OptionSpan:
    async with database.transaction(Scope(duty="agent")) as session:
        agent = await user_of(session, "karim.benali@service-centre.example")
        return await how(session, span.id, agent_id=agent, now=NOON)  # type: ignore[misc, no-any-return]


async def receipts_on(database: Database, day: date, code: str = GENT_ID, city: str = "Gent") -> date:
    company = await company_of(database, city)
    async with database.transaction(Scope(company_ids=(company,))) as session:
        return await Options(session, (company,), BusinessCalendar()).receipts_available_on(code, day)


@pytest.mark.rule("OPT-1")
async def test_options_are_the_five_of_the_manual_and_data(database: Database) -> None:
    async with database.transaction() as session:
        options = Options(session, (), BusinessCalendar())
        assert [kind.name for kind in await options.kinds()] == [
            "RegisteredP@ck",
            "Registered Paper Pack",
            "One Day Early Collect",
            "Secure Pick Up",
            "Temporary Stop Holidays",
        ]
        assert [kind.code for kind in await options.kinds() if kind.has_last_day] == [
            "temporary_stop_holidays"
        ]
        await session.execute(update(Option).where(Option.code == "secure_pick_up").values(is_active=False))
        assert await options.kind("secure_pick_up") is None
        assert await options.kind("registered_pack") is not None
        await session.rollback()


@pytest.mark.rule("OPT-2")
@pytest.mark.parametrize(
    ("today", "first"),
    [
        # Sunday: Monday to Friday; Monday: Tuesday to the next Monday.
        (date(2026, 11, 22), date(2026, 11, 27)),
        (date(2026, 11, 23), date(2026, 11, 30)),
        # Christmas and New Year fall on Fridays: 23, 24, 28, 29 and 30 December.
        (date(2026, 12, 22), date(2026, 12, 30)),
        (date(2026, 12, 28), date(2027, 1, 5)),
        # Summer time begins on 28 March, and Easter Monday is 6 April.
        (date(2026, 3, 31), date(2026, 4, 8)),
        # A leap day counts: 24, 25, 28, 29 February, 1 March.
        (date(2028, 2, 23), date(2028, 3, 1)),
    ],
)
async def test_first_possible_day_is_five_business_days_ahead(
    database: Database, today: date, first: date
) -> None:
    async with database.transaction() as session:
        assert Options(session, (), BusinessCalendar()).first_possible_day(today) == first
    with pytest.raises(TooSoon) as fault:
        await ask(database, first=first - timedelta(days=1), today=today)
    assert fault.value.first_possible == first
    assert (await ask(database, first=first, today=today)).first_on == first


@pytest.mark.rule("OPT-3")
async def test_temporary_stop_needs_its_last_day(database: Database) -> None:
    with pytest.raises(LastDayMissing):
        await ask(database, "temporary_stop_holidays")
    span = await ask(database, "temporary_stop_holidays", last=date(2027, 1, 3))
    assert (span.first_on, span.last_on, span.state) == (FIRST, date(2027, 1, 3), "requested")


async def test_request_refuses_what_is_not_there(database: Database) -> None:
    with pytest.raises(UnknownOption):
        await ask(database, "free_lunch")
    for code in (LIEGE_ID, "CS999999999999"):
        with pytest.raises(UnknownOperationalId):
            await ask(database, code=code)


@pytest.mark.rule("REC-2")
@pytest.mark.parametrize(
    ("handed_over", "available"),
    [
        (date(2026, 11, 18), date(2026, 11, 21)),
        # Calendar days: a weekend, a legal holiday and New Year do not stop them.
        (date(2026, 11, 20), date(2026, 11, 23)),
        (date(2026, 12, 30), date(2027, 1, 2)),
        # Over both changes of the clock.
        (date(2026, 3, 28), date(2026, 3, 31)),
        (date(2026, 10, 24), date(2026, 10, 27)),
        # With and without a leap day between.
        (date(2028, 2, 27), date(2028, 3, 1)),
        (date(2027, 2, 27), date(2027, 3, 2)),
    ],
)
async def test_receipts_are_there_three_calendar_days_later(
    database: Database, handed_over: date, available: date
) -> None:
    assert await receipts_on(database, handed_over) == available


@pytest.mark.rule("REC-2", "OPT-3")
@pytest.mark.parametrize("option", ["registered_pack", "registered_paper_pack"])
async def test_activation_changes_receipts_from_its_first_day_on(database: Database, option: str) -> None:
    asked = await ask(database, option)
    # Asked for is not active yet.
    assert await receipts_on(database, FIRST) == date(2026, 12, 10)
    assert (await decide(database, asked)).state == "active"
    assert await receipts_on(database, FIRST - timedelta(days=1)) == date(2026, 12, 9)
    assert await receipts_on(database, FIRST) == date(2026, 12, 8)
    assert await receipts_on(database, date(2026, 12, 31)) == date(2027, 1, 1)
    assert await receipts_on(database, date(2028, 2, 28)) == date(2028, 2, 29)


@pytest.mark.rule("REC-2")
async def test_option_that_ends_changes_nothing_after_its_last_day(database: Database) -> None:
    await decide(database, await ask(database, last=date(2026, 12, 18)))
    assert await receipts_on(database, date(2026, 12, 18)) == date(2026, 12, 19)
    assert await receipts_on(database, date(2026, 12, 19)) == date(2026, 12, 22)


@pytest.mark.rule("REC-2")
@pytest.mark.parametrize("option", ["one_day_early_collect", "secure_pick_up"])
async def test_other_options_leave_receipts_as_they_are(database: Database, option: str) -> None:
    await decide(database, await ask(database, option))
    assert await receipts_on(database, FIRST) == date(2026, 12, 10)


@pytest.mark.rule("REC-2")
async def test_refused_option_changes_nothing(database: Database) -> None:
    asked = await ask(database)
    await decide(database, asked, refuse)
    assert await receipts_on(database, FIRST) == date(2026, 12, 10)
    with pytest.raises(NotWaiting):
        await decide(database, asked)


@pytest.mark.rule("REC-2", "GEN-3")
async def test_option_of_one_operational_id_leaves_the_others_as_they_are(database: Database) -> None:
    day = date(2026, 11, 18)
    assert await receipts_on(database, day, NEXT_DAY_ID, "Liège") == date(2026, 11, 19)
    assert await receipts_on(database, day, LIEGE_ID, "Liège") == date(2026, 11, 21)
    # Another company learns nothing of it.
    assert await receipts_on(database, day, NEXT_DAY_ID, "Gent") == date(2026, 11, 21)


@pytest.mark.rule("REC-2")
async def test_receipts_of_a_period_are_told_day_by_day(database: Database) -> None:
    await decide(database, await ask(database))
    company = await company_of(database, "Gent")
    async with database.transaction(Scope(company_ids=(company,))) as session:
        days = await Options(session, (company,), BusinessCalendar()).receipts_available(
            (GENT_ID,), date(2026, 12, 5), date(2026, 12, 8)
        )
    assert [day.day for day in days.values()] == [8, 9, 8, 9]


@pytest.mark.rule("GEN-3")
async def test_requests_of_others_are_not_seen(database: Database) -> None:
    asked = await ask(database)
    company = await company_of(database, "Eupen")
    async with database.transaction(Scope(company_ids=(company,))) as session:
        assert await session.scalar(select(func.count()).select_from(OptionRequest)) == 0
        with pytest.raises(NotWaiting):
            await activate(session, asked.id, agent_id=1, now=NOON)


@pytest.mark.parametrize(
    ("first", "last", "overlaps"),
    [
        (FIRST, None, True),
        (FIRST - timedelta(days=5), FIRST, True),
        (date(2026, 12, 18), None, True),
        (FIRST - timedelta(days=5), FIRST - timedelta(days=1), False),
        (date(2026, 12, 19), None, False),
    ],
)
async def test_overlapping_finds_the_same_option_on_the_same_days(
    database: Database, first: date, last: date | None, overlaps: bool
) -> None:
    asked = await ask(database, last=date(2026, 12, 18))
    company = await company_of(database, "Gent")
    async with database.transaction(Scope(company_ids=(company,))) as session:
        options = Options(session, (company,), BusinessCalendar())
        assert await options.overlapping("registered_pack", GENT_ID, first, last) == (
            asked if overlaps else None
        )
        assert await options.overlapping("secure_pick_up", GENT_ID, first, last) is None
