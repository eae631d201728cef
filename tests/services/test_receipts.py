"""Keep reports of receipts for one year from hand-over, once for each day and operational ID (REC-3, REC-5)."""

from collections.abc import AsyncIterator
from datetime import date, timedelta

import pytest
from sqlalchemy import func, insert, select

from services.database import Database, Scope
from services.errors import UnknownOperationalId
from services.receipt_wishes import (
    ReceiptWishes,
    awaited_until,
    forget,
    take_warnings,
    warning_day,
)
from services.receipts import Look, ReceiptRegister, last_day_kept, oldest_day_kept, remove_gone
from services.records import AwaitedReceipts, Company, Item, ReceiptReport, ReceiptWarning
from tests.conftest import NOON, TODAY

SHOWROOM, SERAING, GENT = "CS400126000001", "CS400125000002", "CS900310000001"
FRIDAY = date(2026, 11, 20)
LOOK = Look(4, "fr")


@pytest.fixture
async def database(address: str) -> AsyncIterator[Database]:
    database = Database(address)
    yield database
    await database.close()


async def company(database: Database, city: str) -> int:
    async with database.transaction(Scope(duty="agent")) as session:
        found = await session.scalar(select(Company.id).where(Company.city == city))
    assert found is not None
    return found


@pytest.mark.rule("REC-3")
@pytest.mark.parametrize(
    ("handed_over_on", "last"),
    [
        (date(2026, 11, 22), date(2027, 11, 22)),
        (date(2028, 2, 29), date(2029, 2, 28)),
        (date(2027, 2, 28), date(2028, 2, 28)),
        (date(2027, 3, 1), date(2028, 3, 1)),
        (date(2026, 12, 31), date(2027, 12, 31)),
        (date(2027, 1, 1), date(2028, 1, 1)),
    ],
)
def test_receipts_are_kept_for_a_year_from_hand_over(handed_over_on: date, last: date) -> None:
    assert last_day_kept(handed_over_on) == last
    assert oldest_day_kept(last) <= handed_over_on
    assert oldest_day_kept(last + timedelta(days=1)) > handed_over_on


@pytest.mark.rule("REC-3")
def test_oldest_day_kept_agrees_with_the_last_day_kept_on_every_day() -> None:
    for offset in range(3 * 366):
        today = date(2027, 6, 1) + timedelta(days=offset)
        oldest = oldest_day_kept(today)
        assert last_day_kept(oldest) >= today > last_day_kept(oldest - timedelta(days=1))


@pytest.mark.rule("REC-3")
@pytest.mark.parametrize(
    ("handed_over_on", "warned_on"),
    [
        (date(2026, 11, 22), date(2027, 10, 23)),
        (date(2027, 3, 30), date(2028, 2, 29)),
        (date(2026, 12, 31), date(2027, 12, 1)),
        (date(2028, 2, 29), date(2029, 2, 1)),
    ],
)
def test_warning_comes_a_month_before_the_first_day_without(handed_over_on: date, warned_on: date) -> None:
    assert warning_day(handed_over_on) == warned_on


@pytest.mark.rule("REC-1", "ITM-3")
async def test_days_count_what_has_a_receipt_and_no_parcel(database: Database) -> None:
    liege = await company(database, "Liège")
    async with database.transaction(Scope(company_ids=(liege,))) as session:
        register = ReceiptRegister(session, (liege,))
        days = await register.days((SHOWROOM, SERAING), FRIDAY - timedelta(days=4), FRIDAY)
        assert {day.operational_id for day in days} == {SHOWROOM}
        assert [day.day for day in days] == [FRIDAY - timedelta(days=back) for back in (4, 3, 2, 1, 0)]
        source = await register.source(SHOWROOM, FRIDAY)
        assert source is not None
        assert len(source.items) == days[-1].count
        assert {item.item_type for item in source.items} == {"registered", "rp"}
        assert source.sender == "Menuiserie Lambert & Fils SA, Liège"
        assert await register.source(SERAING, FRIDAY) is None
        parcel = await session.scalar(select(Item.barcode).where(Item.item_type == "parcel"))
        assert parcel is not None
        assert await register.source_of(parcel) is None


@pytest.mark.rule("REC-5")
async def test_report_made_again_is_the_same_with_a_new_time(database: Database) -> None:
    liege = await company(database, "Liège")
    async with database.transaction(Scope(company_ids=(liege,))) as session:
        register = ReceiptRegister(session, (liege,))
        await register.want(SHOWROOM, FRIDAY, LOOK)
        _, (wanted,) = await register.reports((SHOWROOM,), FRIDAY, FRIDAY, 10)
        assert wanted.generated_at is None
        first = await register.store(SHOWROOM, FRIDAY, LOOK, content=b"one", receipts=6, generated_at=NOON)
        await register.want(SHOWROOM, FRIDAY, Look(1, "nl"))
        later = NOON + timedelta(hours=1)
        again = await register.store(
            SHOWROOM, FRIDAY, Look(1, "nl"), content=b"two", receipts=6, generated_at=later
        )
        assert first == again == wanted.id
        total, (report,) = await register.reports((SHOWROOM,), None, None, 10)
        assert (total, report.generated_at, report.per_page, report.language) == (1, later, 1, "nl")
        (file,) = await register.files((first,))
        assert file.content == b"two"
        assert await register.made(SHOWROOM, FRIDAY, LOOK) is None
        assert await register.made(SHOWROOM, FRIDAY, Look(1, "nl")) == file


@pytest.mark.rule("GEN-3")
async def test_receipts_of_others_are_not_there(database: Database) -> None:
    liege, gent = await company(database, "Liège"), await company(database, "Gent")
    async with database.transaction(Scope(company_ids=(gent,))) as session:
        mine = ReceiptRegister(session, (gent,))
        number = await mine.store(GENT, FRIDAY, LOOK, content=b"x", receipts=1, generated_at=NOON)
    async with database.transaction(Scope(company_ids=(liege,))) as session:
        # The query asks for too much: the wall behind it gives nothing.
        theirs = ReceiptRegister(session, (liege, gent))
        assert await theirs.files((number,)) == ()
        assert await theirs.days((GENT,), FRIDAY, FRIDAY) == ()
        assert await theirs.source(GENT, FRIDAY) is None
        with pytest.raises(UnknownOperationalId):
            await theirs.store(GENT, FRIDAY, LOOK, content=b"y", receipts=1, generated_at=NOON)
    async with database.transaction(Scope(company_ids=(liege, gent))) as session:
        # And the query alone gives nothing where the wall would.
        assert await ReceiptRegister(session, (liege,)).files((number,)) == ()


@pytest.mark.rule("REC-3")
async def test_retention_removes_reports_for_good_a_year_after_hand_over(database: Database) -> None:
    gent = await company(database, "Gent")
    days = [date(2025, 11, 20), date(2025, 11, 21), date(2025, 11, 24)]
    async with database.transaction(Scope(company_ids=(gent,))) as session:
        register = ReceiptRegister(session, (gent,))
        for day in days:
            # Generated again yesterday: that gives it no day more.
            await register.store(GENT, day, LOOK, content=b"x", receipts=1, generated_at=NOON)
    async with database.transaction(Scope(duty="retention")) as session:
        assert await remove_gone(session, TODAY) == 2
        left = await session.scalars(
            select(ReceiptReport.handed_over_on).where(ReceiptReport.handed_over_on.in_(days))
        )
        assert list(left) == [date(2025, 11, 24)]


@pytest.mark.rule("REC-2")
async def test_receipts_waited_for_are_noted_once(database: Database) -> None:
    liege = await company(database, "Liège")
    conversation, user = await talker(database)
    async with database.transaction(Scope(user, (liege,))) as session:
        wishes = ReceiptWishes(session, conversation, user, (liege,))
        for look in (LOOK, Look(1, "nl")):
            await wishes.wait_for(SHOWROOM, FRIDAY, TODAY, look, NOON)
        with pytest.raises(UnknownOperationalId):
            await wishes.wait_for(GENT, FRIDAY, TODAY, LOOK, NOON)
    async with database.transaction(Scope(duty="agent")) as session:
        assert await awaited_until(session, TODAY) == ()
        (awaited,) = await awaited_until(session, TODAY + timedelta(days=1))
        assert (awaited.operational_id, awaited.start, awaited.end) == (SHOWROOM, FRIDAY, TODAY)
        assert awaited.look == Look(1, "nl")
        await forget(session, awaited)
        assert await session.scalar(select(func.count()).select_from(AwaitedReceipts)) == 0


@pytest.mark.rule("REC-3")
async def test_weeks_are_warned_of_once_each_and_never_less_than_a_month_before(database: Database) -> None:
    liege = await company(database, "Liège")
    conversation, user = await talker(database)
    async with database.transaction(Scope(user, (liege,))) as session:
        wishes = ReceiptWishes(session, conversation, user, (liege,))
        await wishes.warn(liege, TODAY, NOON)
        await wishes.warn(liege, TODAY, NOON)
        assert await wishes.warned_companies() == (liege,)
    async with database.transaction(Scope(duty="agent")) as session:
        first = await take_warnings(session, TODAY)
        assert first[0].start == date(2025, 11, 17)
        assert warning_day(first[-1].start) <= TODAY < warning_day(first[-1].start + timedelta(days=7))
        assert await take_warnings(session, TODAY) == ()
        later = await take_warnings(session, TODAY + timedelta(days=7))
        assert [warned.start for warned in later] == [first[-1].start + timedelta(days=7)]
    async with database.transaction(Scope(user, (liege,))) as session:
        await ReceiptWishes(session, conversation, user, (liege,)).stop_warning()
        assert await session.scalar(select(func.count()).select_from(ReceiptWarning)) == 0


async def talker(database: Database) -> tuple[int, int]:
    """Give a conversation and a person."""
    from services.people import People, find_account, find_conversation

    async with database.transaction() as session:
        user = await People(session).user_by_email("claire.dubois@lambert.example")
        assert user is not None
        account = await find_account(session, "test", "receipts")
        return await find_conversation(session, account, "dm", private=True), user.id


@pytest.mark.rule("GEN-3")
async def test_wishes_of_others_cannot_be_seen(database: Database) -> None:
    liege, gent = await company(database, "Liège"), await company(database, "Gent")
    conversation, user = await talker(database)
    async with database.transaction(Scope(duty="agent")) as session:
        await session.execute(
            insert(ReceiptWarning).values(
                conversation_id=conversation,
                user_id=user,
                company_id=liege,
                warned_until=TODAY,
                asked_at=NOON,
            )
        )
    async with database.transaction(Scope(user, (gent,))) as session:
        assert await session.scalar(select(func.count()).select_from(ReceiptWarning)) == 0
        assert await session.scalar(select(func.count()).select_from(AwaitedReceipts)) == 0
