"""Show that nobody sees another company's rows, by the queries and by the wall behind them (GEN-3)."""

from collections.abc import AsyncIterator
from datetime import date

import pytest
from sqlalchemy import func, insert, select
from sqlalchemy.exc import DBAPIError

from services.database import Database, Scope
from services.invoices import InvoiceQuery, InvoiceRegister
from services.people import People
from services.records import (
    Company,
    Contract,
    CostCentre,
    Invoice,
    InvoiceLine,
    Item,
    Membership,
    OperationalId,
    StoredFile,
)
from tests.conftest import TODAY

GUARDED = (Contract, CostCentre, OperationalId, Invoice, InvoiceLine, Item, Company)


@pytest.fixture
async def database(address: str) -> AsyncIterator[Database]:
    database = Database(address)
    yield database
    await database.close()


async def company_ids(database: Database) -> dict[str, int]:
    async with database.transaction(Scope(duty="agent")) as session:
        rows = await session.execute(select(Company.city, Company.id))
        return {row.city: row.id for row in rows}


@pytest.mark.rule("GEN-3")
@pytest.mark.parametrize("record", GUARDED)
async def test_query_without_filter_returns_nothing_of_others(database: Database, record: type) -> None:
    ids = await company_ids(database)
    async with database.transaction(Scope(company_ids=(ids["Gent"],))) as session:
        column = record.id if record is Company else record.company_id
        seen = set(await session.scalars(select(column).distinct()))
    assert seen == {ids["Gent"]}


@pytest.mark.rule("GEN-3")
@pytest.mark.parametrize("record", [*GUARDED, Membership, StoredFile])
async def test_transaction_without_scope_sees_no_row(database: Database, record: type) -> None:
    async with database.transaction() as session:
        assert await session.scalar(select(func.count()).select_from(record)) == 0


@pytest.mark.rule("GEN-3")
async def test_row_of_another_company_cannot_be_written(database: Database) -> None:
    ids = await company_ids(database)
    with pytest.raises(DBAPIError, match="row-level security"):
        async with database.transaction(Scope(company_ids=(ids["Gent"],))) as session:
            await session.execute(insert(Contract).values(company_id=ids["Eupen"], signed_on=TODAY))


@pytest.mark.rule("GEN-3")
async def test_scope_ends_with_its_transaction(database: Database) -> None:
    ids = await company_ids(database)
    async with database.transaction(Scope(company_ids=tuple(ids.values()))) as session:
        assert await session.scalar(select(func.count()).select_from(Invoice)) == 96
    async with database.transaction() as session:
        assert await session.scalar(select(func.count()).select_from(Invoice)) == 0


@pytest.mark.rule("GEN-3")
async def test_register_finds_only_invoices_of_its_companies(database: Database) -> None:
    ids = await company_ids(database)
    async with database.transaction(Scope(duty="agent")) as session:
        number = await session.scalar(select(Invoice.number).where(Invoice.company_id == ids["Eupen"]))
        assert number is not None
        # The wall is down for this duty: what holds here is the filter of the query itself.
        register = InvoiceRegister(session, (ids["Gent"],), TODAY)
        assert (await register.find(InvoiceQuery(numbers=(number,)))).total == 0
        assert (await register.find(InvoiceQuery(company_id=ids["Eupen"]))).total == 0
        assert (await register.find(InvoiceQuery())).total == 16


@pytest.mark.rule("GEN-3")
async def test_lines_of_another_companys_invoice_are_empty(database: Database) -> None:
    ids = await company_ids(database)
    async with database.transaction(Scope(duty="agent")) as session:
        invoice_id = await session.scalar(select(Invoice.id).where(Invoice.company_id == ids["Eupen"]))
        assert invoice_id is not None
        assert await InvoiceRegister(session, (ids["Gent"],), TODAY).lines(invoice_id) == ()
        assert await InvoiceRegister(session, (ids["Eupen"],), TODAY).lines(invoice_id) != ()


@pytest.mark.rule("GEN-3")
async def test_person_enters_only_own_companies(database: Database) -> None:
    async with database.transaction() as session:
        people = People(session)
        user = await people.user_by_email("SOFIE.Claes@fiduciaire.example")
        assert user is not None
        memberships = await people.enter_as(user.id)
        names = {membership.company_name for membership in memberships}
        assert names == {"Menuiserie Lambert & Fils SA", "Deurwaarderskantoor Van Damme BV"}
        assert await session.scalar(select(func.count(Invoice.company_id.distinct()))) == 2


@pytest.mark.rule("INV-8")
async def test_invoice_is_invisible_until_the_day_it_was_sent(database: Database) -> None:
    ids = await company_ids(database)
    async with database.transaction(Scope(company_ids=(ids["Gent"],))) as session:
        october = InvoiceQuery(start=date(2026, 10, 1), end=date(2026, 10, 31))
        sent_on = await session.scalar(select(Invoice.sent_on).where(Invoice.month == date(2026, 10, 1)))
        assert sent_on == date(2026, 11, 3)
        before = InvoiceRegister(session, (ids["Gent"],), date(2026, 11, 2))
        after = InvoiceRegister(session, (ids["Gent"],), date(2026, 11, 3))
        assert (await before.find(october)).total == 0
        assert (await after.find(october)).total == 1
