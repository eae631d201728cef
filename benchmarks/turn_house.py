"""Put together the house that is measured, and the same house with a handler that only echoes."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import date

from benchmarks.records import NOON
from bot.clock import FixedClock
from bot.dialogue import Understander
from bot.intake import TURN
from bot.message import Message
from bot.settings import Settings
from bot.turn import Turn
from bot.wiring import Counter, open_counter
from handlers.desk import Desk
from handlers.reply import Reply, Text, reply
from handlers.request import Request
from handlers.router import Router
from intents.understanding import Context, Language, Understanding
from locales.phrases import as_is
from services.conversations import Conversations
from services.news import News
from services.people import People, find_account

CHANNEL = "bench"
CUSTOMER = "claire.dubois@lambert.example"
CONVERSATIONS = 10


class Echo:
    """Understand every message as a wish to hear it again."""

    def understand(
        self, text: str, *, today: date, language: Language | None = None, context: Context | None = None
    ) -> Understanding:
        """Name the one intent there is, whatever the day and the context."""
        del today, context
        return Understanding(text, language or "fr", "echo", 1.0, "act")


def echo_router() -> Router:
    """Give the router of the one handler that does nothing else."""
    router = Router()

    @router.add("echo", linked=False)
    async def echo(request: Request, desk: Desk) -> Reply:
        del desk
        return reply(Text(as_is(request.text)))

    return router


@dataclass
class Loop:
    """A house at work, with what is needed to talk to it as a channel does."""

    counter: Counter
    news: News
    conversations: list[int]
    # Loops on one database follow each other; each has messages of its own.
    name: str = field(default_factory=lambda: secrets.token_hex(4))
    sent: int = 0

    def message(self, text: str) -> Message:
        """Make the next message, of one conversation after the other."""
        self.sent += 1
        number = self.sent % CONVERSATIONS
        return Message(CHANNEL, _key(number), "dm", f"{self.name}-{self.sent}", text=text, now=NOON)

    async def turn(self, text: str) -> None:
        """Say one thing and read its reply."""
        message = self.message(text)
        conversation_id = self.conversations[self.sent % CONVERSATIONS]
        async with self.news.subscribe(conversation_id) as news:
            accepted = await self.counter.intake.accept(message)
            assert accepted.inbox_id is not None
            while True:
                await news.wait()
                news.clear()
                async with self.counter.database.transaction() as session:
                    posted = await Conversations(session).posted_since(conversation_id, 0, latest=1)
                if posted and posted[0].inbox_id == accepted.inbox_id:
                    return


@asynccontextmanager
async def open_loop(
    address: str, understander: Understander, *, echo: bool = False, working: bool = True
) -> AsyncIterator[Loop]:
    """Open the house on a database; with `echo` its router and its understanding are the least there can be."""
    settings = Settings(messages_per_minute=1_000_000)
    async with open_counter(
        settings, clock=FixedClock(NOON), understander=understander, address=address
    ) as counter:
        if echo:
            _answer_with_echo(counter)
        news = News(address)
        tasks = [asyncio.create_task(news.run(), name="news")]
        if working:
            tasks.append(asyncio.create_task(counter.work(), name="jobs"))
        try:
            yield Loop(counter, news, await _enter(counter))
        finally:
            for task in tasks:
                task.cancel()
            # Each is waited for, so that none works on while its connections are closed.
            await asyncio.gather(*tasks, return_exceptions=True)


def _answer_with_echo(counter: Counter) -> None:
    """Take the place of the doer of turns; everything around it stays."""
    house = replace(counter.house, router=echo_router(), understander=Echo())
    del counter.jobs.app.tasks[TURN]
    counter.jobs.register(TURN, Turn(house).run)


async def _enter(counter: Counter) -> list[int]:
    """Open the conversations of one customer."""
    opened = []
    for number in range(CONVERSATIONS):
        async with counter.database.transaction() as session:
            user = await People(session).user_by_email(CUSTOMER)
            assert user is not None
            account_id = await find_account(session, CHANNEL, _key(number))
            await People(session).link(account_id, user.id)
        accepted = await counter.intake.accept(
            Message(CHANNEL, _key(number), "dm", "hello", text="bonjour", now=NOON)
        )
        opened.append(accepted.conversation_id)
    return opened


def _key(number: int) -> str:
    return f"customer-{number}"
