"""Find items on a real database: criteria, counts, the nearest day with any, and nobody else's (ITM-1, GEN-3)."""

from collections import Counter
from collections.abc import AsyncIterator
from datetime import date

import pytest
from sqlalchemy import select, text

from services.database import Database, Scope
from services.items import ItemQuery, ItemRegister
from services.narrowing import narrower
from services.records import Company, Item, OperationalId

OCTOBER = date(2026, 10, 1), date(2026, 10, 31)
HERSTAL, SERAING, GENT_ID = "CS400125000001", "CS400125000002", "CS900310000001"


@pytest.fixture
async def database(address: str) -> AsyncIterator[Database]:
    database = Database(address)
    yield database
    await database.close()


@pytest.fixture
async def liege(database: Database) -> int:
    async with database.transaction(Scope(duty="agent")) as session:
        found = await session.scalar(select(Company.id).where(Company.city == "Liège"))
    assert found is not None
    return found


@pytest.fixture
async def register(database: Database, liege: int) -> AsyncIterator[ItemRegister]:
    async with database.transaction(Scope(company_ids=(liege,))) as session:
        yield ItemRegister(session, (liege,))


@pytest.mark.rule("ITM-1", "ITM-2")
async def test_search_by_operational_id_and_period_finds_what_the_records_hold(
    register: ItemRegister, database: Database
) -> None:
    found = await register.find(ItemQuery(operational_ids=(HERSTAL,), start=OCTOBER[0], end=OCTOBER[1]))
    async with database.transaction(Scope(duty="agent")) as session:
        expected = set(
            await session.scalars(
                select(Item.barcode)
                .join(OperationalId, OperationalId.id == Item.operational_id_id)
                .where(OperationalId.code == HERSTAL, Item.handed_over_on.between(*OCTOBER))
            )
        )
    assert {item.barcode for item in found.items} == expected
    assert found.total == len(expected) > 100
    days = [item.handed_over_on for item in found.items]
    assert days == sorted(days, reverse=True)
    assert {item.operational_id for item in found.items} == {HERSTAL}


@pytest.mark.rule("ITM-1")
async def test_search_is_filtered_by_nature_and_none_means_all(register: ItemRegister) -> None:
    everything = await register.find(ItemQuery(operational_ids=(HERSTAL,), start=OCTOBER[0], end=OCTOBER[1]))
    by_type = Counter(item.item_type for item in everything.items)
    assert set(by_type) == {"registered", "parcel"}
    for item_type, count in by_type.items():
        query = ItemQuery(operational_ids=(HERSTAL,), types=(item_type,), start=OCTOBER[0], end=OCTOBER[1])
        assert (await register.find(query)).total == count


@pytest.mark.rule("ITM-1", "GEN-3")
async def test_item_of_another_company_is_not_found_by_its_barcode(
    register: ItemRegister, database: Database
) -> None:
    async with database.transaction(Scope(duty="agent")) as session:
        theirs = await session.scalar(
            select(Item.barcode)
            .join(OperationalId, OperationalId.id == Item.operational_id_id)
            .where(OperationalId.code == GENT_ID)
            .limit(1)
        )
    assert theirs is not None
    assert (await register.find(ItemQuery(barcodes=(theirs,)))).total == 0
    assert (await register.find(ItemQuery(barcodes=("RR000000000BE",)))).total == 0
    assert await register.existing([theirs]) == ()


@pytest.mark.rule("GEN-3")
async def test_filters_hold_where_the_wall_is_down(database: Database, liege: int) -> None:
    async with database.transaction(Scope(duty="agent")) as session:
        register = ItemRegister(session, (liege,))
        assert (await register.find(ItemQuery(operational_ids=(GENT_ID,)))).total == 0
        assert await register.counts(ItemQuery(operational_ids=(GENT_ID,))) == ()
        whole = await register.find(ItemQuery(), limit=5)
        assert {item.company_id for item in whole.items} == {liege}
        assert (await register.find(ItemQuery(company_id=liege + 1))).total == 0
        assert (await ItemRegister(session, ()).find(ItemQuery())).total == 0
        assert {own.company_id for own in await register.operational_ids()} == {liege}
        assert await register.operational_ids(liege + 1) == ()


@pytest.mark.rule("GEN-5")
async def test_every_narrower_search_offered_finds_what_it_says(register: ItemRegister) -> None:
    start, end = date(2026, 1, 1), date(2026, 11, 21)
    query = ItemQuery(start=start, end=end)
    found = await register.find(query)
    counts = await register.counts(query)
    assert found.total == sum(count.count for count in counts) > 1000
    assert len(found.items) == 1000
    offers = narrower(counts, start, end)
    assert offers
    for offer in offers:
        types = () if offer.item_type is None else (offer.item_type,)
        narrow = await register.find(ItemQuery(types=types, start=offer.start, end=offer.end))
        assert narrow.total == offer.count <= 1000


async def test_nearest_day_lies_on_either_side(register: ItemRegister) -> None:
    sunday = date(2026, 11, 22)
    assert await register.nearest_day(ItemQuery(start=sunday, end=sunday)) == date(2026, 11, 20)
    long_ago = date(2020, 1, 1)
    first = await register.nearest_day(ItemQuery(start=long_ago, end=long_ago))
    assert first == date(2025, 7, 1)
    nothing = ItemQuery(types=("judicial",), start=sunday, end=sunday)
    assert await register.nearest_day(nothing) is None


async def test_count_is_read_from_the_index_alone(database: Database, liege: int) -> None:
    async with database.transaction(Scope(company_ids=(liege,))) as session:
        await session.execute(text("SET LOCAL enable_seqscan = off"))
        await session.execute(text("SET LOCAL enable_bitmapscan = off"))
        plan = "\n".join(
            await session.scalars(
                text(
                    "EXPLAIN SELECT count(*) FROM items WHERE company_id = :company AND operational_id_id ="
                    " (SELECT id FROM operational_ids WHERE code = :code) AND item_type = 'parcel'"
                    " AND handed_over_on BETWEEN '2026-10-01' AND '2026-10-31'"
                ),
                {"company": liege, "code": HERSTAL},
            )
        )
    assert "Index Only Scan using ix_items_operational_id_id" in plan
