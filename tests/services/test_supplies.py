"""Order supplies on the real database, with each bound and each edge of time (SUP-1, SUP-2)."""

from collections.abc import AsyncIterator
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import func, insert, select
from sqlalchemy.exc import DBAPIError

from services.calendar import BRUSSELS, BusinessCalendar
from services.database import Database, Scope
from services.errors import UnknownOperationalId
from services.people import People
from services.records import Company, SupplyOrder, SupplyOrderLine
from services.supplies import Line, NotOrderedHere, Order, QuantityOutOfBounds, Supplies
from tests.conftest import NOON

LIEGE_ID, GENT_ID = "CS400125000001", "CS900310000001"
LABELS = (Line("registered_label", 200),)


@pytest.fixture
async def database(address: str) -> AsyncIterator[Database]:
    database = Database(address)
    yield database
    await database.close()


async def scope(database: Database, city: str) -> tuple[int, int]:
    """The company of a city and one of its people."""
    emails = {"Liège": "claire.dubois@lambert.example", "Gent": "joris.peeters@vandamme.example"}
    async with database.transaction(Scope(duty="agent")) as session:
        company = await session.scalar(select(Company.id).where(Company.city == city))
        user = await People(session).user_by_email(emails[city])
    assert company is not None
    assert user is not None
    return company, user.id


async def place(
    database: Database, lines: tuple[Line, ...] = LABELS, code: str = LIEGE_ID, now: datetime = NOON
) -> Order:
    company, user = await scope(database, "Liège")
    async with database.transaction(Scope(company_ids=(company,))) as session:
        return await Supplies(session, (company,), BusinessCalendar()).place(
            operational_id=code, lines=lines, contact_person="Claire", address="", user_id=user, now=now
        )


async def test_order_has_a_number_and_its_lines(database: Database) -> None:
    first, second = await place(database), await place(database)
    assert first.number.startswith("SU-")
    assert int(second.number[3:]) == int(first.number[3:]) + 1
    assert (first.operational_id, first.lines) == (LIEGE_ID, LABELS)


@pytest.mark.rule("SUP-2")
@pytest.mark.parametrize(
    ("ordered", "posted_by"),
    [
        # A Sunday in November: Monday to Thursday.
        (datetime(2026, 11, 22, 12, tzinfo=BRUSSELS), date(2026, 11, 26)),
        # Around Christmas and New Year: 24, 28, 29 and 30 December.
        (datetime(2026, 12, 23, 9, tzinfo=BRUSSELS), date(2026, 12, 30)),
        # Over New Year: 31 December, 4, 5 and 6 January.
        (datetime(2026, 12, 30, 23, 59, tzinfo=BRUSSELS), date(2027, 1, 6)),
        # A leap day is a day like another.
        (datetime(2028, 2, 25, 12, tzinfo=BRUSSELS), date(2028, 3, 2)),
        # Summer time begins in the weekend between: days are counted, not hours.
        (datetime(2026, 3, 27, 23, 30, tzinfo=BRUSSELS), date(2026, 4, 2)),
        # 23:30 UTC is the next day already in Brussels.
        (datetime.fromisoformat("2026-11-22T23:30:00+00:00"), date(2026, 11, 27)),
    ],
)
async def test_order_is_posted_within_four_belgian_business_days(
    database: Database, ordered: datetime, posted_by: date
) -> None:
    assert (await place(database, now=ordered)).posted_by == posted_by


@pytest.mark.rule("SUP-1")
@pytest.mark.parametrize("quantity", [50, 1000])
async def test_bound_itself_may_be_ordered(database: Database, quantity: int) -> None:
    placed = await place(database, (Line("registered_label", quantity),))
    assert placed.lines[0].quantity == quantity


@pytest.mark.rule("SUP-1")
@pytest.mark.parametrize("quantity", [49, 1001, 0, -3])
async def test_quantity_out_of_bounds_names_both_bounds(database: Database, quantity: int) -> None:
    with pytest.raises(QuantityOutOfBounds) as fault:
        await place(database, (Line("registered_label", quantity),))
    assert (fault.value.minimum, fault.value.maximum) == (50, 1000)


@pytest.mark.rule("SUP-3")
@pytest.mark.parametrize("product", ["bag_white", "bag_green", "tray_blue", "no_such_thing"])
async def test_bags_and_trays_are_not_ordered_here(database: Database, product: str) -> None:
    with pytest.raises(NotOrderedHere):
        await place(database, (Line(product, 10),))


@pytest.mark.rule("GEN-3")
async def test_others_operational_id_is_as_unknown_as_none(database: Database) -> None:
    for code in (GENT_ID, "CS999999999999"):
        with pytest.raises(UnknownOperationalId):
            await place(database, code=code)


@pytest.mark.rule("GEN-3")
async def test_orders_of_others_are_not_found(database: Database) -> None:
    await place(database)
    company, _ = await scope(database, "Gent")
    async with database.transaction(Scope(company_ids=(company,))) as session:
        assert await Supplies(session, (company,), BusinessCalendar()).history() == ()
        for record in (SupplyOrder, SupplyOrderLine):
            assert await session.scalar(select(func.count()).select_from(record)) == 0
    async with database.transaction(Scope(duty="agent")) as session:
        # The wall is down for this duty: what holds here is the filter of the query itself.
        assert await Supplies(session, (company,), BusinessCalendar()).history() == ()


@pytest.mark.rule("GEN-3")
async def test_order_cannot_be_written_for_others(database: Database) -> None:
    company, user = await scope(database, "Gent")
    liege, _ = await scope(database, "Liège")
    row = {"number": "SU-1", "company_id": liege, "operational_id_id": 1, "user_id": user}
    more = {"contact_person": "x", "address": "", "ordered_at": NOON, "posted_by": NOON.date()}
    with pytest.raises(DBAPIError, match="row-level security"):
        async with database.transaction(Scope(company_ids=(company,))) as session:
            await session.execute(insert(SupplyOrder).values(**row, **more))


@pytest.mark.parametrize(
    ("later", "lines", "code", "found"),
    [
        (timedelta(minutes=9, seconds=59), LABELS, LIEGE_ID, True),
        (timedelta(minutes=10), LABELS, LIEGE_ID, False),
        (timedelta(minutes=1), (Line("registered_label", 201),), LIEGE_ID, False),
        (timedelta(minutes=1), (*LABELS, Line("seal", 10)), LIEGE_ID, False),
        (timedelta(minutes=1), LABELS, "CS400125000002", False),
    ],
)
async def test_repeated_order_is_the_same_within_ten_minutes(
    database: Database, later: timedelta, lines: tuple[Line, ...], code: str, found: bool
) -> None:
    # Each case on a day of its own, far from the others; the clock goes back an hour on 25 October.
    moment = datetime(2030, 10, 27, 0, 55, tzinfo=BRUSSELS) + timedelta(
        days=int(later.total_seconds()) + len(lines)
    )
    placed = await place(database, now=moment)
    company, _ = await scope(database, "Liège")
    async with database.transaction(Scope(company_ids=(company,))) as session:
        again = await Supplies(session, (company,), BusinessCalendar()).repeated(code, lines, moment + later)
    assert again == (placed if found else None)


async def test_repeated_order_is_the_same_in_another_sequence(database: Database) -> None:
    moment = datetime(2031, 1, 1, 12, tzinfo=BRUSSELS)
    lines = (Line("seal", 10), Line("elastic", 1))
    await place(database, lines, now=moment)
    company, _ = await scope(database, "Liège")
    async with database.transaction(Scope(company_ids=(company,))) as session:
        supplies = Supplies(session, (company,), BusinessCalendar())
        assert await supplies.repeated(LIEGE_ID, lines[::-1], moment) is not None


async def test_history_shows_the_latest_first_and_no_more_than_asked(database: Database) -> None:
    placed = [await place(database, now=datetime(2040, 1, day, tzinfo=BRUSSELS)) for day in (3, 1, 2)]
    company, _ = await scope(database, "Liège")
    async with database.transaction(Scope(company_ids=(company,))) as session:
        latest = await Supplies(session, (company,), BusinessCalendar()).history(2)
    assert latest == (placed[0], placed[2])
