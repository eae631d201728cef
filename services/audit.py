"""Write down who did what for whom (ACC-9), under pseudonyms."""

from __future__ import annotations

import hashlib
import hmac
from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from services.records import AuditEntry


class AuditLog:
    """Add entries within the transaction of what they tell; nothing changes or removes them."""

    def __init__(self, session: AsyncSession, secret: str) -> None:
        self._session = session
        self._secret = secret.encode()

    def pseudonym(self, kind: str, key: int | str) -> str:
        """Give the name under which a person or company stands in the log."""
        return hmac.new(self._secret, f"{kind}:{key}".encode(), hashlib.sha256).hexdigest()[:32]

    async def note(
        self,
        *,
        actor: int | None,
        subject: int | None,
        action: str,
        channel: str,
        at: datetime,
        **detail: Any,
    ) -> None:
        """Note an action of a person for a company."""
        self._session.add(
            AuditEntry(
                at=at,
                actor=self.pseudonym("user", actor) if actor is not None else "",
                subject=self.pseudonym("company", subject) if subject is not None else "",
                action=action,
                channel=channel,
                detail=detail,
            )
        )
        await self._session.flush()
