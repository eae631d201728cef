"""Show that rights change only by who holds them in that very company (ACC-4, ACC-10)."""

from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest
from sqlalchemy import select

from services.access import Access, MayNotManage
from services.database import Database, Scope
from services.records import Company, PortalUser
from tests.conftest import NOON

NORA = "nora.lejeune@lambert.example"


@pytest.fixture
async def database(new_database: Callable[[], str]) -> AsyncIterator[Database]:
    database = Database(new_database())
    yield database
    await database.close()


async def key(database: Database, column: Any, condition: Any) -> int:
    async with database.transaction(Scope(duty="agent")) as session:
        found = await session.scalar(select(column).where(condition))
    assert isinstance(found, int)
    return found


@pytest.mark.rule("ACC-4", "ACC-10")
@pytest.mark.parametrize("name", ["karim", "joris", "claire"])
async def test_who_has_no_management_right_there_changes_nothing(database: Database, name: str) -> None:
    """An agent on a customer's behalf sees the company, and still manages nobody; nor does another's customer."""
    actor = await key(database, PortalUser.id, PortalUser.email.startswith(name))
    liege = await key(database, Company.id, Company.city == "Liège")
    async with database.transaction(Scope(actor, (liege,))) as session:
        access = Access(session, actor, (liege,))
        for change in (
            access.grant(liege, NORA, ["invoices"], channel="web", now=NOON),
            access.revoke(liege, NORA, ["invoices"], channel="web", now=NOON),
            access.create(liege, "new@x.example", "New", "fr", channel="web", now=NOON),
            access.remove(liege, NORA, channel="web", now=NOON),
            access.hand_over(liege, NORA, channel="web", now=NOON),
        ):
            with pytest.raises(MayNotManage):
                await change


@pytest.mark.rule("ACC-4", "GEN-3")
async def test_administrator_changes_nothing_in_another_company(database: Database) -> None:
    marc = await key(database, PortalUser.id, PortalUser.email.startswith("marc"))
    liege = await key(database, Company.id, Company.city == "Liège")
    gent = await key(database, Company.id, Company.city == "Gent")
    # The wall is down for this duty: what holds here is the check of the service itself.
    async with database.transaction(Scope(marc, duty="agent")) as session:
        for scope in ((liege,), (liege, gent)):
            with pytest.raises(MayNotManage):
                await Access(session, marc, scope).grant(
                    gent, "joris.peeters@vandamme.example", ["invoices"], channel="web", now=NOON
                )
