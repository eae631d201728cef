"""Keep what somebody dropped into a chat until it has been looked at, and no longer."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from sqlalchemy import delete
from sqlalchemy.ext.asyncio import AsyncSession

from services.records import Upload

# What was not looked at by then never will be.
KEPT = timedelta(days=1)


class Uploads:
    """Store, read and remove files that came in, within one transaction."""

    def __init__(self, session: AsyncSession, conversation_id: int) -> None:
        self._session = session
        self._conversation_id = conversation_id

    async def keep(self, content: bytes, now: datetime) -> str:
        """Store a file and give its id."""
        row = Upload(
            id=secrets.token_urlsafe(16),
            conversation_id=self._conversation_id,
            content=content,
            received_at=now,
        )
        self._session.add(row)
        await self._session.flush()
        return row.id

    async def read(self, upload_id: str) -> bytes | None:
        """Read a file of this conversation; None where it is no longer there."""
        row = await self._session.get(Upload, upload_id)
        return None if row is None or row.conversation_id != self._conversation_id else row.content

    async def remove(self, upload_id: str) -> None:
        """Remove a file."""
        await self._session.execute(
            delete(Upload).where(Upload.id == upload_id, Upload.conversation_id == self._conversation_id)
        )


async def remove_stale(session: AsyncSession, now: datetime) -> int:
    """Remove the files that nobody looked at in time and say how many there were."""
    gone = await session.execute(delete(Upload).where(Upload.received_at <= now - KEPT).returning(Upload.id))
    return len(gone.all())
