"""Let what a page sends have its effect once, however often it is sent."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import delete
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from services.records import PageAct

# Nobody sends the same again after so long.
KEPT = timedelta(days=2)


async def is_first(session: AsyncSession, account_id: int, key: str, now: datetime) -> bool:
    """Note that something was sent, and tell whether it is the first time.

    The same sent twice at once waits for the end of the other transaction: it is known only where that one committed.
    """
    await session.execute(delete(PageAct).where(PageAct.account_id == account_id, PageAct.at < now - KEPT))
    noted = await session.scalar(
        insert(PageAct)
        .values(account_id=account_id, key=key, at=now)
        .on_conflict_do_nothing()
        .returning(PageAct.key)
    )
    return noted is not None
