"""Show that doing jobs ends when it is told to, even where the engine cannot take its leave."""

import asyncio
from collections.abc import Callable

import psycopg

from services.jobs import Jobs


async def test_work_ends_when_told_to_although_its_farewell_fails(new_database: Callable[[], str]) -> None:
    address = new_database()
    jobs, done = Jobs(address), asyncio.Event()

    async def note() -> None:
        done.set()

    jobs.register("note", note)
    await jobs.open()
    working = asyncio.create_task(jobs.work())
    await jobs.app.configure_task("note", queue="guichet").defer_async()
    await asyncio.wait_for(done.wait(), 20)
    with psycopg.connect(address) as connection:
        connection.execute("DROP FUNCTION procrastinate_unregister_worker_v1")
    working.cancel()
    ended, _ = await asyncio.wait({working}, timeout=20)
    assert ended
    assert working.cancelled()
    await jobs.close()
