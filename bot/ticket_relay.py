"""Carry messages of tickets between customers and agents, and remind the agents in time (TIC-2, TIC-3)."""

from __future__ import annotations

from datetime import UTC, datetime

from bot.drawing import Artist
from bot.message import DIRECT
from bot.turn import House
from handlers.ticket_words import carry, message_blocks
from locales.words import words_of
from services.conversations import Conversations
from services.database import Scope
from services.ticket_relay import announce_due, close_solved, take_message

RELAY = "ticket_relay"


class TicketRelay:
    """Deliver each message of a ticket once, whatever dies in between."""

    def __init__(self, house: House) -> None:
        self._house = house

    async def carry(self, key: int) -> None:
        """Post a message where it belongs, in the transaction that marks it delivered."""
        now = datetime.now(UTC)
        async with self._house.database.transaction(Scope(duty="agent")) as session:
            message = await take_message(session, key, now, direct=DIRECT)
            if message is None or message.conversation_id is None:
                return
            conversations = Conversations(session)
            artist = Artist(words_of(message.language), conversations, message.conversation_id, now)
            drawn = await artist.draw(message_blocks(message))
            await conversations.post(
                message.conversation_id, drawn, message.language, now=now, thread=message.ticket_number
            )
        self._house.checkpoint("delivered")

    async def remind(self, timestamp: int | None = None) -> None:  # noqa: ARG002 - the engine passes it
        """Announce what is due soon or overdue, and close what was solved long enough ago."""
        now = self._house.clock.now()
        async with self._house.database.transaction(Scope(duty="agent")) as session:
            times = self._house.ticket_times
            due = await announce_due(session, self._house.calendar, times, now)
            closed = await close_solved(session, self._house.calendar, times, now)
            for message in (*due, *closed):
                errand = carry(message)
                await self._house.jobs.defer(session, errand.name, lock=errand.lock, key=errand.key)
