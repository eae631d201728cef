"""Show that somebody very fast is slowed down politely, and nobody else (bad input)."""

import asyncio
import time
from typing import Any

import psycopg

from bot.intake import Intake
from bot.message import Message
from bot.wiring import Counter
from services.conversations import Conversations, Pace, Posted

PATIENCE_SECONDS = 30


def intake_of(counter: Counter, pace: Pace) -> Intake:
    return Intake(counter.database, counter.jobs, pace)


async def answers(counter: Counter, conversation_id: int, count: int) -> tuple[Posted, ...]:
    """Wait until a conversation has so many answers."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        async with counter.database.transaction() as session:
            posted = await Conversations(session).posted_since(conversation_id, 0)
        if len(posted) >= count:
            return posted
        await asyncio.sleep(0.05)
    raise AssertionError(f"{len(posted)} of {count} answers")


def notices(posted: tuple[Posted, ...]) -> list[str]:
    return [str(block["text"]) for reply in posted for block in reply.blocks if block["type"] == "notice"]


async def test_hundred_messages_in_a_minute_are_spread_and_others_are_not(counter: Counter) -> None:
    intake = intake_of(counter, Pace(30, 60))
    fast = [await intake.accept(Message("test", "fast", "dm", f"f{n}", text="merci")) for n in range(100)]
    other = await intake.accept(Message("test", "other", "dm", "o1", text="merci"))
    with psycopg.connect(counter.database.address) as connection:
        delays = connection.execute(
            "SELECT conversation_id, round(extract(epoch FROM due_at - received_at)) FROM inbox"
            " WHERE conversation_id = ANY(%s) ORDER BY id",
            ([fast[0].conversation_id, other.conversation_id],),
        ).fetchall()
    of_fast = [int(delay) for conversation, delay in delays if conversation == fast[0].conversation_id]
    assert of_fast[:30] == [0] * 30
    assert all(50 <= delay <= 60 for delay in of_fast[30:60])
    assert all(170 <= delay <= 180 for delay in of_fast[90:])
    assert [int(delay) for conversation, delay in delays if conversation == other.conversation_id] == [0]
    assert len(await answers(counter, other.conversation_id, 1)) == 1


async def test_slowed_person_is_told_once_and_answered_wholly(counter: Counter) -> None:
    intake = intake_of(counter, Pace(3, 1))
    accepted: Any = None
    for number in range(9):
        accepted = await intake.accept(Message("test", "hasty", "dm", f"h{number}", text="merci"))
    posted = await answers(counter, accepted.conversation_id, 9)
    assert len(posted) == 9
    assert [reply.inbox_id for reply in posted] == sorted(reply.inbox_id or 0 for reply in posted)
    assert len(notices(posted)) == 1


async def test_event_delivered_again_takes_no_place_in_the_pace(counter: Counter) -> None:
    intake = intake_of(counter, Pace(2, 60))
    for _ in range(5):
        await intake.accept(Message("test", "twice", "dm", "same", text="merci"))
    second = await intake.accept(Message("test", "twice", "dm", "second", text="merci"))
    with psycopg.connect(counter.database.address) as connection:
        rows = connection.execute(
            "SELECT due_at = received_at FROM inbox WHERE conversation_id = %s", (second.conversation_id,)
        ).fetchall()
    assert rows == [(True,), (True,)]
