"""Keep the workspaces that installed us on a chat platform; what lets us in there is kept sealed."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from services.records import Installation


class Installations:
    """The installations of one channel, within one transaction."""

    def __init__(self, session: AsyncSession, channel: str) -> None:
        self._session = session
        self._channel = channel

    async def keep(self, workspace: str, sealed: bytes, now: datetime) -> None:
        """Keep an installation in the place of an earlier one."""
        values = {"sealed": sealed, "installed_at": now}
        statement = insert(Installation).values(channel=self._channel, workspace=workspace, **values)
        await self._session.execute(
            statement.on_conflict_do_update(index_elements=["channel", "workspace"], set_=values)
        )

    async def find(self, workspace: str) -> bytes | None:
        """Read an installation as it was sealed; None where the workspace does not have us."""
        return await self._session.scalar(
            select(Installation.sealed).where(
                Installation.channel == self._channel, Installation.workspace == workspace
            )
        )

    async def remove(self, workspace: str) -> None:
        """Forget an installation."""
        await self._session.execute(
            delete(Installation).where(
                Installation.channel == self._channel, Installation.workspace == workspace
            )
        )
