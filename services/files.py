"""Keep the files made for customers and hand them out to nobody else (GEN-3, GEN-4)."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete
from sqlalchemy.ext.asyncio import AsyncSession

from services.records import StoredFile

KEPT = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class FileRecord:
    """A file with its content."""

    id: str
    company_id: int | None
    user_id: int
    name: str
    media_type: str
    content: bytes
    expires_at: datetime


class Files:
    """Store and read files within one transaction."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def keep(
        self,
        *,
        company_id: int | None,
        user_id: int,
        name: str,
        media_type: str,
        content: bytes,
        now: datetime,
        kept_for: timedelta | None = None,
    ) -> str:
        """Store a file for a person and give its id; without a company it is that person's alone.

        `kept_for` is for what must go before the others.
        """
        file = StoredFile(
            id=secrets.token_urlsafe(16),
            company_id=company_id,
            user_id=user_id,
            name=name,
            media_type=media_type,
            content=content,
            created_at=now,
            expires_at=now + (KEPT if kept_for is None else min(KEPT, kept_for)),
        )
        self._session.add(file)
        await self._session.flush()
        return file.id

    async def read(self, file_id: str, now: datetime) -> FileRecord | None:
        """Read a file in scope that has not expired."""
        row = await self._session.get(StoredFile, file_id)
        if row is None or row.expires_at <= now:
            return None
        return FileRecord(
            row.id, row.company_id, row.user_id, row.name, row.media_type, row.content, row.expires_at
        )


async def remove_expired(session: AsyncSession, now: datetime) -> int:
    """Remove the files whose time is over and say how many there were."""
    result = await session.execute(
        delete(StoredFile).where(StoredFile.expires_at <= now).returning(StoredFile.id)
    )
    return len(result.all())
