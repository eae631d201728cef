"""Erase what is kept about a person, once they have confirmed it and their turn is over."""

from __future__ import annotations

import structlog

from bot.clock import Clock
from services.database import Database, Scope
from services.privacy import erase

log = structlog.get_logger()


class Erasing:
    """Do the erasures that people asked for; done again, one finds nothing left."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def run(self, user_id: int) -> None:
        """Erase one person."""
        async with self._database.transaction(Scope(person_id=user_id, duty="retention")) as session:
            erased = await erase(session, user_id, self._clock.now())
        log.info("erased", messages=erased.messages, files=erased.files, tickets=erased.tickets)
