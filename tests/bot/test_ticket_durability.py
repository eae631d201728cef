"""Kill the bot between taking a ticket and answering it, at each step: each word arrives once."""

import asyncio
import time
from collections.abc import Callable
from typing import Any

import psycopg
import pytest

from bot.clock import FixedClock
from bot.message import Message
from bot.settings import Settings
from bot.wiring import open_counter
from services.people import People, find_account, find_conversation
from tests.bot.speaking import CLAIRE, KARIM
from tests.bot.test_durability import PATIENCE_SECONDS, start_worker
from tests.conftest import NOON

NUMBER = "GC-2026-000001"
TAKE = f"/guichet prendre {NUMBER}"
SILENT = "vous êtes là ?"


async def prepare(address: str, settings: Settings, understander: Any) -> None:
    """Let Claire and Karim have accounts, and Claire a ticket."""
    async with open_counter(
        settings, clock=FixedClock(NOON), understander=understander, address=address
    ) as counter:
        async with counter.database.transaction() as session:
            people = People(session)
            for email, key in ((CLAIRE, "claire"), (KARIM, "karim")):
                user = await people.user_by_email(email)
                assert user is not None
                account_id = await find_account(session, "test", key)
                await people.link(account_id, user.id)
                conversation_id = await find_conversation(session, account_id, "dm", private=True)
        with psycopg.connect(address) as connection:
            connection.execute(
                "INSERT INTO tickets (number, conversation_id, user_id, language, subject, summary, transcript,"
                " state, opened_at, due_at) SELECT %s, c.id, a.user_id, 'fr', 'question', 'x', '[]', 'new', now(),"
                " now() + interval '30 days' FROM conversations c JOIN chat_accounts a ON a.id = c.account_id"
                " WHERE a.account_key = 'claire'",
                [NUMBER],
            )
        assert conversation_id


def told(address: str) -> dict[str, int]:
    """Count what was said to whom, and what waits."""
    counts = {
        "customer": "outbox o JOIN conversations c ON c.id = o.conversation_id JOIN chat_accounts a"
        " ON a.id = c.account_id WHERE a.account_key = 'claire'",
        "agent": "outbox o JOIN conversations c ON c.id = o.conversation_id JOIN chat_accounts a"
        " ON a.id = c.account_id WHERE a.account_key = 'karim'",
        "messages": "ticket_messages",
        "undelivered": "ticket_messages WHERE delivered_at IS NULL",
        "waiting": "inbox WHERE done_at IS NULL",
    }
    with psycopg.connect(address) as connection:
        return {
            name: connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]  # type: ignore[index]
            for name, table in counts.items()
        }


async def until(address: str, expected: dict[str, int]) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while told(address) != expected:
        assert time.monotonic() < deadline, told(address)
        await asyncio.sleep(0.1)


@pytest.mark.rule("TIC-2", "CNV-3")
@pytest.mark.parametrize("step", ["received", "taken", "answered", "committed", "delivered"])
async def test_death_between_taking_and_answering_loses_and_doubles_nothing(
    step: str, new_database: Callable[[], str], settings: Settings, understander: Any
) -> None:
    address = new_database()
    await prepare(address, settings, understander)
    dying = start_worker(address, settings, "--die-at", step, "--say", "karim", "take-1", TAKE)
    assert dying.wait(PATIENCE_SECONDS) == -9
    living = start_worker(address, settings)
    try:
        taken = {"customer": 1, "agent": 1, "messages": 1, "undelivered": 0, "waiting": 0}
        await until(address, taken)
        async with open_counter(settings, understander=understander, address=address) as counter:
            # The platform tells of the command again; the customer answers whoever has taken over.
            assert (
                await counter.intake.accept(Message("test", "karim", "dm", "take-1", text=TAKE))
            ).inbox_id is None
            await counter.intake.accept(Message("test", "claire", "dm", "say-1", text=SILENT))
        await until(address, {**taken, "agent": 2, "messages": 2})
    finally:
        living.kill()
        living.wait()
