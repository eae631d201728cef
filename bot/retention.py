"""Remove what has been kept long enough: how long is said for each kind in docs/privacy.md."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import structlog

from bot.clock import Clock
from locales.words import BRUSSELS
from services.conversations import remove_old
from services.database import Database, Scope, Transaction
from services.files import remove_expired
from services.linking import LOCKED, remove_stale
from services.notices import remove_told
from services.privacy import remove_closed_tickets
from services.receipts import remove_gone
from services.uploads import remove_unread

log = structlog.get_logger()

NOTICE_DAYS = 30


class _Rehearsed(Exception):
    """What a rehearsal did is to be taken back."""


@dataclass(frozen=True, slots=True)
class Retention:
    """Remove what is over; every hour, because a day that is over in Brussels is over at once.

    `conversation_days` count from a message, `ticket_days` from a ticket's closing. Where the house has a clock, that
    one counts, not the moment for which the job was due.
    """

    database: Database
    conversation_days: int
    ticket_days: int = 1095
    clock: Clock | None = None

    async def run(self, timestamp: int) -> None:
        """Remove, as of a moment in seconds since 1970."""
        due = datetime.fromtimestamp(timestamp, UTC)
        removed = await self.remove(due if self.clock is None else self.clock.now())
        log.info("retention", **removed)

    async def remove(self, now: datetime, *, rehearse: bool = False) -> Mapping[str, int]:
        """Remove and say how many of each kind; a rehearsal does the same and takes it back."""
        removed: Mapping[str, int] = {}
        try:
            async with self.database.transaction(Scope(duty="retention")) as session:
                removed = await self._remove(session, now)
                if rehearse:
                    raise _Rehearsed
        except _Rehearsed:
            pass
        return removed

    async def _remove(self, session: Transaction, now: datetime) -> Mapping[str, int]:
        return {
            "files": await remove_expired(session, now),
            "receipts": await remove_gone(session, now.astimezone(BRUSSELS).date()),
            "uploads": await remove_unread(session, now),
            "tickets": await remove_closed_tickets(session, now - timedelta(days=self.ticket_days)),
            "notices": await remove_told(session, now - timedelta(days=NOTICE_DAYS)),
            "messages": await remove_old(session, now - timedelta(days=self.conversation_days)),
            "codes": await remove_stale(session, now - LOCKED),
        }
