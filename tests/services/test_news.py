"""Wake the readers of a conversation: at once by notifications, by looking where one is lost."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime

import psycopg
import pytest

from services.conversations import NEWS_CHANNEL, Conversations
from services.database import Database
from services.news import News
from services.people import find_account, find_conversation

PATIENCE = 20.0
# So long that only a notification can explain a wake within PATIENCE.
NEVER = 3600.0


@pytest.fixture
async def database(address: str) -> AsyncIterator[Database]:
    database = Database(address)
    yield database
    await database.close()


async def conversation(database: Database, name: str) -> int:
    async with database.transaction() as session:
        account_id = await find_account(session, "web", name)
        return await find_conversation(session, account_id, "web", private=True)


async def post(database: Database, conversation_id: int) -> None:
    async with database.transaction() as session:
        await Conversations(session).post(conversation_id, [], "fr", now=datetime.now(UTC))


@asynccontextmanager
async def running(news: News) -> AsyncIterator[None]:
    task = asyncio.create_task(news.run())
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def first_wake(event: asyncio.Event) -> None:
    """Wait until the listening has begun, which wakes every reader once."""
    async with asyncio.timeout(PATIENCE):
        await event.wait()
    event.clear()


async def test_reader_is_woken_by_a_reply_of_its_conversation_and_no_other(database: Database) -> None:
    mine, other = await conversation(database, "mine"), await conversation(database, "other")
    news = News(database.address, look_seconds=NEVER)
    async with news.subscribe(mine) as woken, news.subscribe(other) as not_meant, running(news):
        await first_wake(woken)
        await first_wake(not_meant)
        await post(database, mine)
        async with asyncio.timeout(PATIENCE):
            await woken.wait()
        assert not not_meant.is_set()


async def test_every_reader_of_a_conversation_is_woken(database: Database) -> None:
    mine = await conversation(database, "mine")
    news = News(database.address, look_seconds=NEVER)
    async with news.subscribe(mine) as one, news.subscribe(mine) as two, running(news):
        await first_wake(one)
        await first_wake(two)
        await post(database, mine)
        async with asyncio.timeout(PATIENCE):
            await asyncio.gather(one.wait(), two.wait())


async def test_reply_whose_notification_is_lost_is_found_by_looking(database: Database) -> None:
    mine = await conversation(database, "mine")
    news = News(database.address, look_seconds=0.05)
    async with news.subscribe(mine) as woken, running(news):
        await first_wake(woken)
        # The first look learns where the conversation stands.
        await first_wake(woken)
        with psycopg.connect(database.address, autocommit=True) as silent:
            silent.execute(
                "UPDATE conversations SET last_sequence = last_sequence + 1 WHERE id = %s", (mine,)
            )
        async with asyncio.timeout(PATIENCE):
            await woken.wait()


async def test_lost_connection_is_taken_up_again_and_wakes_who_may_have_missed_something(
    database: Database,
) -> None:
    mine = await conversation(database, "mine")
    news = News(database.address, look_seconds=NEVER)
    async with news.subscribe(mine) as woken, running(news):
        await first_wake(woken)
        end_listeners(database.address)
        await first_wake(woken)
        await post(database, mine)
        async with asyncio.timeout(PATIENCE):
            await woken.wait()


def end_listeners(address: str) -> None:
    with psycopg.connect(address, autocommit=True) as connection:
        ended = connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query = %s AND pid <> pg_backend_pid()",
            (f'LISTEN "{NEWS_CHANNEL}"',),
        ).fetchall()
    assert ended == [(True,)]


async def test_end_wakes_those_who_read_and_those_who_come_late(database: Database) -> None:
    news = News(database.address)
    async with news.subscribe(1) as early:
        news.end()
        assert early.is_set()
    async with news.subscribe(1) as late:
        assert late.is_set()
    assert news.is_over


async def test_reader_who_has_gone_is_woken_no_more(database: Database) -> None:
    mine = await conversation(database, "mine")
    news = News(database.address, look_seconds=0.05)
    async with running(news):
        async with news.subscribe(mine) as gone:
            await first_wake(gone)
        gone.clear()
        async with news.subscribe(mine) as here:
            await post(database, mine)
            async with asyncio.timeout(PATIENCE):
                await here.wait()
    assert not gone.is_set()
