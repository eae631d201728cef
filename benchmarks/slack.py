"""Measure Slack's channel on one process: by web requests, beside the framework's bare echo bot, in one run.

Slack and its people are a process of their own (`benchmarks.slack_side`): processor time is that of the bot alone,
without PostgreSQL. The same turns without the channel show what the channel itself adds.
"""

from __future__ import annotations

import asyncio
import json
import secrets
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp
from pydantic import SecretStr
from slack_bolt.adapter.starlette.async_handler import AsyncSlackRequestHandler
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.context.say.async_say import AsyncSay
from slack_sdk.web.async_client import AsyncWebClient
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from benchmarks.records import NOON, copied, start_server
from benchmarks.telegram import GOAL_MS, ITEMS, MESSAGES, ROUNDS, TEXTS, USERS, Measured, without_channel
from bot.channels.slack.platform import EVENTS_PATH, SlackPlatform
from bot.channels.web.application import make_application, make_front
from bot.channels.web.server import WebServer, listen
from bot.clock import FixedClock
from bot.dialogue import Understander
from bot.settings import Settings
from bot.wiring import open_counter, open_understander
from services.news import News

ROOT = Path(__file__).parents[1]
TOKEN = "xoxb-bench"
SECRET = secrets.token_hex(16)


class Side:
    """Slack and its people, in another process."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "benchmarks.slack_side"],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.api = f"http://127.0.0.1:{self._read()['port']}/api/"

    def _read(self) -> Any:
        assert self._process.stdout is not None
        return json.loads(self._process.stdout.readline())

    async def bring(self, url: str, messages: int) -> Any:
        """Have messages brought, and wait until all are answered."""
        assert self._process.stdin is not None
        order = {"url": url, "secret": SECRET, "messages": messages, "users": USERS, "texts": TEXTS}
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
        yield f"http://127.0.0.1:{listening.getsockname()[1]}{EVENTS_PATH}"
    finally:
        server.should_exit = True
        await serving


@asynccontextmanager
async def echo_bot(side: Side) -> AsyncIterator[str]:
    """The framework with one listener that says everything again, and nothing kept."""
    async with aiohttp.ClientSession() as session:
        client = AsyncWebClient(token=TOKEN, base_url=side.api, session=session)
        app = AsyncApp(client=client, signing_secret=SECRET)

        async def echo(event: dict[str, Any], say: AsyncSay) -> None:
            await say(str(event["text"]))

        app.event("message")(echo)
        handler = AsyncSlackRequestHandler(app)

        async def receive(request: Request) -> Response:
            return await handler.handle(request)

        async with served(Starlette(routes=[Route(EVENTS_PATH, receive, methods=["POST"])])) as url:
            yield url


@asynccontextmanager
async def guichet(side: Side, address: str, understander: Understander) -> AsyncIterator[str]:
    """Our bot, all of it in one process."""
    settings = Settings(
        messages_per_minute=1_000_000,
        slack_bot_token=SecretStr(TOKEN),
        slack_signing_secret=SecretStr(SECRET),
        slack_api_url=side.api,
    )
    async with open_counter(
        settings,
        clock=FixedClock(NOON),
        understander=understander,
        address=address,
        platforms=[SlackPlatform(settings)],
    ) as counter:
        working = asyncio.create_task(counter.work())
        try:
            async with served(make_application(make_front(counter, News(address)))) as url:
                yield url
        finally:
            working.cancel()
            await asyncio.gather(working, return_exceptions=True)


async def by_web_requests(
    measured: Measured, side: Side, way: Callable[[], AbstractAsyncContextManager[str]]
) -> None:
    """Measure a bot that Slack calls."""
    async with way() as url:
        await side.bring(url, USERS)
        before = time.process_time()
        told = await side.bring(url, MESSAGES)
        measured.note(time.process_time() - before, told["seconds"], told["acknowledged"])


async def measure(address: str, understander: Understander) -> None:
    """Measure the ways in turns and print what came of it."""
    side = Side()
    echo, whole, bare = Measured(), Measured(), Measured()
    rounds: tuple[Callable[[], Awaitable[None]], ...] = (
        lambda: by_web_requests(echo, side, lambda: echo_bot(side)),
        lambda: by_web_requests(whole, side, lambda: guichet(side, address, understander)),
        lambda: without_channel(bare, address, understander),
    )
    try:
        for _ in range(ROUNDS):
            for run in rounds:
                await run()
    finally:
        side.end()
    print(f"  {MESSAGES} messages of {USERS} people at once   a second   processor   ack p50   ack p99")
    print(echo.line("the framework's bare echo bot"))
    print(whole.line("Guichet by web requests"))
    print(bare.line("Guichet's turns without the channel"))
    own = whole.processor - bare.processor
    print(
        f"  the channel's own cost: {own:.1f} ms a message (goal under {GOAL_MS}; echo {echo.processor:.1f})"
    )
    print(f"  all of Guichet beyond the echo bot: {whole.processor - echo.processor:.1f} ms a message")


def main() -> None:
    """Measure on a copy of the demo's records."""
    with copied(start_server(), ITEMS) as address:
        asyncio.run(measure(address, open_understander(Settings())))


if __name__ == "__main__":
    main()
