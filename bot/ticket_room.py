"""Keep a room of agents informed: a thread for each ticket, and a button to take it (TIC-2, TIC-3).

What a customer said is not told there: it goes to the agent who has the ticket, in the agent's private talk.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from bot.drawing import Artist
from bot.turn import House
from handlers.reply import Block, Notice
from handlers.ticket_words import STATES, subject_name
from locales.phrases import say
from locales.words import words_of
from services.conversations import Conversations
from services.database import Scope
from services.people import find_place
from services.ticket_room import RoomTicket, untold

TICKET_ROOM = "ticket_room"


@dataclass(frozen=True, slots=True)
class Room:
    """A place of a channel that agents read, and the account that stands for it."""

    channel: str
    account_key: str
    place_key: str


class TicketRoom:
    """Tell a room how tickets stand, each standing once."""

    def __init__(self, house: House, find_room: Callable[[], Awaitable[Room]]) -> None:
        self._house = house
        self._find_room = find_room

    async def run(self, timestamp: int | None = None) -> None:  # noqa: ARG002 - the engine passes it
        """Post what the room has not been told; killed in the middle, nothing is told twice."""
        now, room = self._house.clock.now(), await self._find_room()
        async with self._house.database.transaction(Scope(duty="agent")) as session:
            conversation_id = await find_place(
                session, room.channel, room.account_key, room.place_key, private=False
            )
            conversations, posted_at = Conversations(session), datetime.now(UTC)
            for ticket in await untold(session, conversation_id, now):
                words = words_of(ticket.language)
                drawn = await Artist(words, conversations, conversation_id, posted_at).draw(_told(ticket))
                drawn[0]["standing"] = ticket.standing
                if ticket.state == "new":
                    drawn.append(_take(words.write(say("Take")), ticket))
                await conversations.post(
                    conversation_id, drawn, ticket.language, now=posted_at, thread=ticket.number
                )


def _told(ticket: RoomTicket) -> tuple[Block, ...]:
    subject, number = subject_name(ticket.subject), ticket.number
    if ticket.is_overdue:
        said = say("{number} is overdue: it was due by {due_at}.", number=number, due_at=ticket.due_at)
        return (Notice(said, "warning"),)
    if ticket.state == "new":
        said = say(
            "New request {number} ({subject}), to be answered by {due_at}.",
            number=number,
            subject=subject,
            due_at=ticket.due_at,
        )
        return (Notice(said),)
    state = STATES[ticket.state]
    if ticket.agent_name is None:
        return (Notice(say("{number}: {state}.", number=number, state=state)),)
    return (Notice(say("{number}: {state}, {agent}.", number=number, state=state, agent=ticket.agent_name)),)


def _take(label: str, ticket: RoomTicket) -> dict[str, Any]:
    """Draw a button that any agent of the room may press: a token would be one account's."""
    wish = {"intent": "ticket.take", "entities": {"ticket_number": ticket.number}}
    choice = {"label": label, "primary": True, "wish": wish}
    return {"type": "choices", "prompt": None, "colon": ": ", "choices": [choice]}
