"""Keep what somebody dropped into a chat until it has been looked at, and no longer."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from sqlalchemy import delete
from sqlalchemy.ext.asyncio import AsyncSession

from services.records import Upload

# What was not looked at by then never will be.
KEPT = timedelta(days=1)


def new_upload_id() -> str:
    """Give an id that cannot be guessed."""
    return secrets.token_urlsafe(16)


class Uploads:
    """Store, read and remove files that came in, within one transaction."""

    def __init__(self, session: AsyncSession, conversation_id: int) -> None:
        self._session = session
        self._conversation_id = conversation_id

    async def keep(self, upload_id: str, content: bytes, now: datetime) -> None:
        """Store a file under its new id."""
        row = Upload(id=upload_id, conversation_id=self._conversation_id, content=content, received_at=now)
        self._session.add(row)
        await self._session.flush()

    async def read(self, upload_id: str) -> bytes | None:
        """Read a file; None where it is no longer there. Nobody knows its id but the message that brought it."""
        row = await self._session.get(Upload, upload_id)
        return None if row is None else row.content

    async def remove(self, upload_id: str) -> None:
        """Remove a file."""
        await self._session.execute(delete(Upload).where(Upload.id == upload_id))


async def remove_unread(session: AsyncSession, now: datetime) -> int:
    """Remove the files that nobody looked at in time and say how many there were."""
    gone = await session.execute(delete(Upload).where(Upload.received_at <= now - KEPT).returning(Upload.id))
    return len(gone.all())
