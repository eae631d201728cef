"""Erase what is kept about a person, once they have confirmed it and their turn is over."""

from __future__ import annotations

import structlog

from bot.clock import Clock
from services.database import Database, Scope
from services.jobs import Jobs
from services.notices import Notices
from services.privacy import PersonalData, StillAdministrator, StillInCharge, StillOpen, erase

log = structlog.get_logger()


class Erasing:
    """Do the erasures that people asked for, and confirm them by mail; done again, one finds nothing left."""

    def __init__(self, database: Database, jobs: Jobs, clock: Clock, conversation_days: int) -> None:
        self._database = database
        self._jobs = jobs
        self._clock = clock
        self._conversation_days = conversation_days

    async def run(self, user_id: int, language: str) -> None:
        """Erase one person, unless something has come in the way since they asked: then they are told."""
        async with self._database.transaction(Scope(person_id=user_id, duty="retention")) as session:
            notices = Notices(session, self._jobs)
            try:
                await PersonalData(session, None, user_id).check_can_be_erased()
            except (StillAdministrator, StillOpen, StillInCharge) as hindrance:
                await notices.to_person(user_id, "not_erased", language)
                log.warning("not_erased", reason=type(hindrance).__name__)
                return
            erased = await erase(session, user_id, self._clock.now())
            if erased.address is not None:
                # In the same transaction: what is confirmed is done.
                await notices.to_address(erased.address, "erased", language, days=self._conversation_days)
        log.info("erased", messages=erased.messages, files=erased.files, tickets=erased.tickets)
