"""Measure Telegram's channel on one process: through the webhook, beside the library's bare echo bot, in one run.

Telegram and the people are a process of their own (`benchmarks.telegram_side`): processor time is that of the bot
alone, without PostgreSQL. The same turns without the channel show what the channel itself adds.
"""

from __future__ import annotations

import asyncio
import json
import secrets
import statistics
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from telegram import Update
from telegram.ext import Application, ContextTypes, MessageHandler, filters
from telegram.request import HTTPXRequest

from benchmarks.records import NOON, copied, start_server
from bot.channels.telegram.pacing import Pacing
from bot.channels.telegram.platform import Telegram
from bot.channels.telegram.receiving import PATH, SECRET_HEADER
from bot.channels.web.application import make_application, make_front
from bot.channels.web.server import WebServer, listen
from bot.clock import FixedClock
from bot.dialogue import Understander
from bot.message import DIRECT, Message
from bot.settings import Settings
from bot.wiring import Counter, open_counter, open_understander
from services.news import News

ROOT = Path(__file__).parents[1]
TOKEN = "1:bench"
SECRET = secrets.token_urlsafe(32)
MESSAGES, USERS, ROUNDS = 500, 50, 3
ITEMS = 10_000
TEXTS = ("merci", "combien de temps gardez-vous les récépissés ?")
GOAL_MS = 10


@dataclass
class Measured:
    """What the rounds of one way gave."""

    processor_ms: list[float] = field(default_factory=list)
    a_second: list[float] = field(default_factory=list)
    acknowledged: list[float] = field(default_factory=list)

    def note(self, processor: float, seconds: float, acknowledged: list[float]) -> None:
        """Keep a round."""
        self.processor_ms.append(processor * 1000 / MESSAGES)
        self.a_second.append(MESSAGES / seconds)
        self.acknowledged.extend(acknowledged)

    @property
    def processor(self) -> float:
        """Give the median of the rounds, in milliseconds a message."""
        return statistics.median(self.processor_ms)

    def line(self, name: str) -> str:
        """Give the line that is printed."""
        told = f"  {name:<34}{statistics.median(self.a_second):7.0f}/s{self.processor:9.1f} ms"
        if not self.acknowledged:
            return told
        ordered = sorted(self.acknowledged)
        p50, p99 = (ordered[len(ordered) * percent // 100] * 1000 for percent in (50, 99))
        return f"{told}{p50:11.0f} ms{p99:9.0f} ms"


class Side:
    """Telegram and its people, in another process."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "benchmarks.telegram_side"],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.api = f"http://127.0.0.1:{self._read()['port']}"

    def _read(self) -> Any:
        assert self._process.stdout is not None
        return json.loads(self._process.stdout.readline())

    async def bring(self, url: str, messages: int) -> Any:
        """Have messages brought, and wait until all are answered."""
        assert self._process.stdin is not None
        headers = {SECRET_HEADER: SECRET}
        order = {"url": url, "headers": headers, "messages": messages, "users": USERS, "texts": TEXTS}
        self._process.stdin.write(json.dumps(order) + "\n")
        self._process.stdin.flush()
        return await asyncio.to_thread(self._read)

    def end(self) -> None:
        """End the process."""
        self._process.kill()
        self._process.wait()


@asynccontextmanager
async def served(application: Starlette) -> AsyncIterator[str]:
    """Serve an application until the end of the block."""
    listening = listen("127.0.0.1", 0)
    server = WebServer(application)
    serving = asyncio.create_task(server.serve([listening]))
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}{PATH}"
    finally:
        server.should_exit = True
        await serving


@asynccontextmanager
async def echo_bot(side: Side) -> AsyncIterator[str]:
    """The library's own framework with one handler that says everything again, and nothing kept."""

    async def echo(update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        assert update.message is not None
        await update.message.reply_text(update.message.text or "")

    request = HTTPXRequest(connection_pool_size=USERS, read_timeout=60, pool_timeout=60)
    application = (
        Application.builder()
        .token(TOKEN)
        .base_url(f"{side.api}/bot")
        .request(request)
        .updater(None)
        .concurrent_updates(USERS)
        .build()
    )
    application.add_handler(MessageHandler(filters.TEXT, echo))

    async def receive(request: Request) -> Response:
        await application.update_queue.put(Update.de_json(await request.json(), application.bot))
        return Response()

    async with application:
        await application.start()
        async with served(Starlette(routes=[Route(PATH, receive, methods=["POST"])])) as url:
            yield url
        await application.stop()


@asynccontextmanager
async def opened(address: str, understander: Understander, *platforms: Telegram) -> AsyncIterator[Counter]:
    """The house at work."""
    async with open_counter(
        Settings(messages_per_minute=1_000_000),
        clock=FixedClock(NOON),
        understander=understander,
        address=address,
        platforms=platforms,
    ) as counter:
        working = asyncio.create_task(counter.work())
        try:
            yield counter
        finally:
            working.cancel()
            await asyncio.gather(working, return_exceptions=True)


@asynccontextmanager
async def guichet(side: Side, address: str, understander: Understander) -> AsyncIterator[str]:
    """Our bot, unhurried by Telegram's pace."""
    platform = Telegram(TOKEN, api=side.api, secret=SECRET, pacing=Pacing(speed=1e9), per_second=1_000_000)
    async with opened(address, understander, platform) as counter:
        front = make_front(counter, News(address))
        async with served(make_application(front)) as url:
            yield url


async def through_webhook(
    measured: Measured, side: Side, way: Callable[[], AbstractAsyncContextManager[str]]
) -> None:
    """Measure a bot through its webhook."""
    async with way() as url:
        await side.bring(url, USERS)
        before = time.process_time()
        told = await side.bring(url, MESSAGES)
        measured.note(time.process_time() - before, told["seconds"], told["acknowledged"])


async def without_channel(measured: Measured, address: str, understander: Understander) -> None:
    """Measure the same turns, taken in at once and pushed to nobody."""
    async with opened(address, understander) as counter:
        name = secrets.token_hex(4)

        def message(number: int) -> Message:
            account, text = f"{name}-{number % USERS}", TEXTS[number // USERS % len(TEXTS)]
            return Message("bench", account, DIRECT, str(number), text=text, language_hint="fr")

        await _all_turns(counter, [message(number) for number in range(USERS)])
        before, started = time.process_time(), time.perf_counter()
        await _all_turns(counter, [message(number) for number in range(USERS, USERS + MESSAGES)])
        measured.note(time.process_time() - before, time.perf_counter() - started, [])


async def _all_turns(counter: Counter, messages: list[Message]) -> None:
    done = counter.house.metrics.turns
    target = _count(done) + len(messages)
    await asyncio.gather(*(counter.intake.accept(message) for message in messages))
    while _count(done) < target:  # noqa: ASYNC110 - a count has no event
        await asyncio.sleep(0.02)


def _count(turns: Any) -> float:
    samples = (sample for metric in turns.collect() for sample in metric.samples)
    return float(next(sample.value for sample in samples if sample.name.endswith("_count")))


async def measure(address: str, understander: Understander) -> None:
    """Measure the ways in turns and print what came of it."""
    side = Side()
    echo, whole, bare = Measured(), Measured(), Measured()
    rounds: tuple[Callable[[], Awaitable[None]], ...] = (
        lambda: through_webhook(echo, side, lambda: echo_bot(side)),
        lambda: through_webhook(whole, side, lambda: guichet(side, address, understander)),
        lambda: without_channel(bare, address, understander),
    )
    try:
        for _ in range(ROUNDS):
            for run in rounds:
                await run()
    finally:
        side.end()
    print(f"  {MESSAGES} messages of {USERS} people at once   a second   processor   ack p50   ack p99")
    print(echo.line("the library's bare echo bot"))
    print(whole.line("Guichet through the webhook"))
    print(bare.line("Guichet's turns without the channel"))
    own = whole.processor - bare.processor
    print(
        f"  the channel's own cost: {own:.1f} ms a message (goal under {GOAL_MS}; echo {echo.processor:.1f})"
    )


def main() -> None:
    """Measure on a copy of the demo's records."""
    with copied(start_server(), ITEMS) as address:
        asyncio.run(measure(address, open_understander(Settings())))


if __name__ == "__main__":
    main()
