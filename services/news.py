"""Tell readers at once that their conversation has something new: one listening connection a process.

PostgreSQL's notifications carry the news in milliseconds. They are not kept for who is not connected, so the
conversations that somebody reads are looked at every second or so as well: a lost notification delays, no more.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import psycopg
from psycopg import sql

from services.conversations import NEWS_CHANNEL
from services.database import APPLICATION_ROLE

log = logging.getLogger(__name__)

# Under this number, which no conversation has, the readers of the agents' queue are woken when a ticket changes.
TICKETS = 0
LOOK_SECONDS = 1.5
FIRST_PAUSE = 0.2
LONGEST_PAUSE = 5.0
# A server that has gone silent without closing the connection is given up after this time.
ANSWER_SECONDS = 5.0

LATEST = "SELECT id, last_sequence FROM conversations WHERE id = ANY(%s)"


class News:
    """Wake the readers of conversations in this process."""

    def __init__(self, address: str, *, look_seconds: float = LOOK_SECONDS) -> None:
        self._address = address
        self._look_seconds = look_seconds
        self._readers: dict[int, set[asyncio.Event]] = {}
        self._seen: dict[int, int] = {}
        self._over = False

    @property
    def is_over(self) -> bool:
        """Tell whether the process is ending: readers leave when they wake."""
        return self._over

    @asynccontextmanager
    async def subscribe(self, conversation_id: int) -> AsyncIterator[asyncio.Event]:
        """Give an event that is set whenever the conversation may have news, and once for each reader at the end.

        The reader clears it before reading, so that what comes meanwhile wakes it again.
        """
        event = asyncio.Event()
        if self._over:
            event.set()
        self._readers.setdefault(conversation_id, set()).add(event)
        try:
            yield event
        finally:
            readers = self._readers[conversation_id]
            readers.discard(event)
            if not readers:
                del self._readers[conversation_id]
                self._seen.pop(conversation_id, None)

    def end(self) -> None:
        """Wake every reader for the last time."""
        self._over = True
        self._wake_all()

    async def run(self) -> None:
        """Listen until cancelled; a lost connection is taken up again after growing pauses."""
        pause = FIRST_PAUSE
        while True:
            try:
                async with await self._connect() as connection:
                    await self._begin(connection)
                    pause = FIRST_PAUSE
                    # What was said while nobody listened is found by looking.
                    self._wake_all()
                    await self._listen(connection)
            except (psycopg.OperationalError, OSError, TimeoutError) as error:
                log.warning("news_lost %s", type(error).__name__)
            await asyncio.sleep(pause)
            pause = min(pause * 2, LONGEST_PAUSE)

    async def _connect(self) -> psycopg.AsyncConnection:
        return await psycopg.AsyncConnection.connect(
            self._address, autocommit=True, connect_timeout=int(ANSWER_SECONDS)
        )

    async def _begin(self, connection: psycopg.AsyncConnection) -> None:
        await connection.execute(sql.SQL("SET ROLE {}").format(sql.Identifier(APPLICATION_ROLE)))
        await connection.execute(sql.SQL("LISTEN {}").format(sql.Identifier(NEWS_CHANNEL)))

    async def _listen(self, connection: psycopg.AsyncConnection) -> None:
        while True:
            async for notice in connection.notifies(timeout=self._look_seconds):
                self._wake(int(notice.payload))
            async with asyncio.timeout(ANSWER_SECONDS):
                await self._look(connection)

    async def _look(self, connection: psycopg.AsyncConnection) -> None:
        """Wake the readers of conversations whose number of replies has changed since the last look."""
        if not self._readers:
            return
        cursor = await connection.execute(LATEST, [list(self._readers)])
        for conversation_id, sequence in await cursor.fetchall():
            if self._seen.get(conversation_id) != sequence and conversation_id in self._readers:
                self._seen[conversation_id] = sequence
                self._wake(conversation_id)

    def _wake(self, conversation_id: int) -> None:
        for event in self._readers.get(conversation_id, ()):
            event.set()

    def _wake_all(self) -> None:
        for conversation_id in self._readers:
            self._wake(conversation_id)
