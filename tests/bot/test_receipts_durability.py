"""Kill the bot while receipts are made and signed: nothing is lost, the file comes once (REC-9)."""

import asyncio
import time
from collections.abc import Callable
from typing import Any

import psycopg
import pytest

from bot.settings import Settings
from tests.bot.test_durability import PATIENCE_SECONDS, link, start_worker

WISH = "récépissés du 17 et 18 novembre pour CS400126000001"
COUNTS = {
    "replies": "outbox WHERE inbox_id IS NOT NULL",
    "deliveries": "outbox WHERE follow_up_id IS NOT NULL",
    "open": "follow_ups WHERE done_at IS NULL",
    "files": "files",
    "reports": "receipt_reports WHERE state = 'made'",
    "audited": "audit WHERE action = 'file:receipt.generate'",
}
ONCE = {"replies": 1, "deliveries": 1, "open": 0, "files": 2, "reports": 2, "audited": 2}


def counts(address: str) -> dict[str, int]:
    with psycopg.connect(address) as connection:
        found = {}
        for name, table in COUNTS.items():
            row = connection.execute(f"SELECT count(*) FROM {table}".encode()).fetchone()
            assert row is not None
            found[name] = int(row[0])
        return found


@pytest.mark.rule("REC-9")
@pytest.mark.parametrize("step", ["answered", "producing", "produced", "delivered"])
async def test_death_while_signing_loses_nothing_and_delivers_once(
    step: str, new_database: Callable[[], str], settings: Settings, understander: Any
) -> None:
    address = new_database()
    await link(address, settings, understander, "claire")
    dying = start_worker(address, settings, "--die-at", step, "--say", "claire", "message-1", WISH)
    assert await asyncio.to_thread(dying.wait, PATIENCE_SECONDS) == -9
    living = start_worker(address, settings)
    try:
        deadline = time.monotonic() + PATIENCE_SECONDS
        while counts(address)["deliveries"] == 0 and time.monotonic() < deadline:
            await asyncio.sleep(0.1)
        # Once more for what a second delivery would take.
        await asyncio.sleep(1)
        assert counts(address) == ONCE
    finally:
        living.kill()
        living.wait()
