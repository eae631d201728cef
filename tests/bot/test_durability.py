"""Kill the bot at each step of a turn: each event has its effect once, and its answer comes."""

import asyncio
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psycopg
import pytest

from bot.checkpoints import STEPS
from bot.clock import FixedClock
from bot.message import Message
from bot.settings import Settings
from bot.wiring import open_counter
from services.people import People, find_account
from tests.conftest import NOON

ROOT = Path(__file__).parents[2]
CLAIRE = "claire.dubois@lambert.example"
PATIENCE_SECONDS = 60


def start_worker(address: str, settings: Settings, *options: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.bot.worker_process", address, str(settings.data_folder)]
    return subprocess.Popen(
        [*command, "--now", NOON.isoformat(), *options],
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        text=True,
    )


async def link(address: str, settings: Settings, understander: Any, account: str) -> None:
    """Let an account be Claire's."""
    async with (
        open_counter(settings, understander=understander, address=address) as counter,
        counter.database.transaction() as session,
    ):
        user = await People(session).user_by_email(CLAIRE)
        assert user is not None
        await People(session).link(await find_account(session, "test", account), user.id)


def counts(address: str) -> dict[str, int]:
    """Count what a message may have caused."""
    tables = {
        "messages": "inbox WHERE done_at IS NOT NULL",
        "waiting": "inbox WHERE done_at IS NULL",
        "replies": "outbox WHERE inbox_id IS NOT NULL",
        "deliveries": "outbox WHERE follow_up_id IS NOT NULL",
        "promises": "follow_ups WHERE done_at IS NOT NULL",
        "files": "files",
        "audited": "audit WHERE action = 'file:invoice.annex'",
    }
    with psycopg.connect(address) as connection:
        return {
            name: connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]  # type: ignore[index]
            for name, table in tables.items()
        }


async def until_answered(address: str) -> dict[str, int]:
    """Wait until one message is wholly answered."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        found = counts(address)
        if found["messages"] == 1 and found["deliveries"] == found["promises"] == 1:
            return found
        await asyncio.sleep(0.1)
    raise AssertionError(f"not answered: {counts(address)}")


@pytest.mark.rule("CNV-3")
@pytest.mark.parametrize("step", STEPS)
async def test_death_at_a_step_loses_and_doubles_nothing(
    step: str, new_database: Callable[[], str], settings: Settings, understander: Any
) -> None:
    address = new_database()
    await link(address, settings, understander, "claire")
    dying = start_worker(
        address, settings, "--die-at", step, "--say", "claire", "message-1", "annexe d'octobre 2026"
    )
    assert dying.wait(PATIENCE_SECONDS) == -9
    living = start_worker(address, settings)
    try:
        found = await until_answered(address)
        # The platform delivers the event again, as it does when no acknowledgement came.
        async with open_counter(settings, understander=understander, address=address) as counter:
            again = await counter.intake.accept(
                Message("test", "claire", "dm", "message-1", text="annexe d'octobre 2026")
            )
        assert again.inbox_id is None
        await asyncio.sleep(0.3)
        assert (
            counts(address)
            == found
            == {
                "messages": 1,
                "waiting": 0,
                "replies": 1,
                "deliveries": 1,
                "promises": 1,
                "files": 1,
                "audited": 1,
            }
        )
    finally:
        living.kill()
        living.wait()


async def test_living_process_takes_over_a_dead_ones_work(
    new_database: Callable[[], str], settings: Settings, understander: Any
) -> None:
    address = new_database()
    await link(address, settings, understander, "claire")
    async with open_counter(
        settings, clock=FixedClock(NOON), understander=understander, address=address
    ) as counter:
        dying = start_worker(
            address, settings, "--die-at", "taken", "--say", "claire", "message-1", "annexe d'octobre 2026"
        )
        assert dying.wait(PATIENCE_SECONDS) == -9
        working = asyncio.create_task(counter.work())
        found = await until_answered(address)
        working.cancel()
        await asyncio.gather(working, return_exceptions=True)
    assert found["replies"] == 1


async def test_messages_of_a_conversation_are_answered_in_order(
    new_database: Callable[[], str], settings: Settings, understander: Any
) -> None:
    address = new_database()
    workers = [start_worker(address, settings) for _ in range(2)]
    try:
        async with open_counter(settings, understander=understander, address=address) as counter:
            for number in range(20):
                message = Message("test", "somebody", "dm", f"message-{number}", text=f"bonjour {number}")
                await counter.intake.accept(message)
        deadline = time.monotonic() + PATIENCE_SECONDS
        while counts(address)["messages"] < 20 and time.monotonic() < deadline:
            await asyncio.sleep(0.1)
        with psycopg.connect(address) as connection:
            answered = connection.execute("SELECT inbox_id FROM outbox ORDER BY sequence").fetchall()
            received = connection.execute("SELECT id FROM inbox ORDER BY id").fetchall()
        assert answered == received
        assert len(received) == 20
    finally:
        for worker in workers:
            worker.kill()
            worker.wait()
