"""Look at the database's health, for `guichet doctor` and `/readyz`."""

from __future__ import annotations

from sqlalchemy import func, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from services.database import APPLICATION_ROLE, Scope, enter
from services.records import Company


async def server_version(session: AsyncSession) -> str:
    """Give the server's version."""
    return str(await session.scalar(text("SHOW server_version")))


async def check_rows_are_guarded(session: AsyncSession) -> bool:
    """Tell whether the application works under its own role, which row-level security binds."""
    row = (
        await session.execute(
            text(
                "SELECT current_user, rolbypassrls OR rolsuper FROM pg_roles WHERE rolname = current_user::text"
            )
        )
    ).one()
    return bool(row[0] == APPLICATION_ROLE and not row[1])


async def count_companies(session: AsyncSession) -> int:
    """Count all customers."""
    await enter(session, Scope(duty="agent"))
    return await session.scalar(select(func.count()).select_from(Company)) or 0


async def count_workers(session: AsyncSession, seconds: float) -> int:
    """Count the processes that do jobs and gave a sign of life within so many seconds."""
    living = text(
        "SELECT count(*) FROM procrastinate_workers WHERE last_heartbeat > now() - make_interval(secs => :s)"
    )
    return await session.scalar(living, {"s": seconds}) or 0
