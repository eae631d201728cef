"""Serve the web chat for tests: a real server on a free port of this machine, the real house behind it."""

import asyncio
import json
import secrets
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
from playwright.async_api import Browser

from bot.channels.web.application import make_application, make_front
from bot.channels.web.front import Front
from bot.channels.web.server import WebServer, address_of, listen, serve
from bot.wiring import Counter
from services.conversations import Conversations
from services.news import News
from tests.bot.channels.web.browser import CHROMIUM, WITHOUT, Window, open_browser, open_window

# Longer than anything takes here; a test that waits this long has failed.
PATIENCE = 20.0


@dataclass
class ShiftedClock:
    """The machine's clock, which tests put forward."""

    shift: timedelta = timedelta(0)

    def now(self) -> datetime:
        return datetime.now(UTC) + self.shift


@dataclass
class Site:
    """A running web chat."""

    url: str
    front: Front
    news: News
    clock: ShiftedClock


@dataclass
class Visit:
    """One browser's visit, without a browser."""

    client: httpx.AsyncClient
    token: str
    front: Front
    seen: list[dict[str, Any]] = field(default_factory=list)

    @property
    def bearer(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"}

    async def send(self, **content: Any) -> httpx.Response:
        message = {"id": secrets.token_hex(8), **content}
        return await self.client.post("/api/messages", json=message, headers=self.bearer)

    async def events(
        self, until: Callable[[list[dict[str, Any]]], bool], after: int = 0, said: int = 0
    ) -> list[dict[str, Any]]:
        """Read events until they satisfy a condition."""
        found: list[dict[str, Any]] = []
        address = f"/api/events?after={after}&said={said}"
        async with (
            asyncio.timeout(PATIENCE),
            self.client.stream("GET", address, headers=self.bearer) as stream,
        ):
            assert stream.status_code == 200, await stream.aread()
            async for event in read_events(stream):
                found.append(event)
                if until(found):
                    return found
        return found

    async def say(self, text: str, *, files: int = 0) -> list[dict[str, Any]]:
        """Say something and give the replies to it, with as many files as were promised."""
        before = await self.events(settled)
        last = max((event["id"] for event in before if event["kind"] == "reply"), default=0)
        assert (await self.send(text=text)).status_code == 202

        def answered(events: list[dict[str, Any]]) -> bool:
            replies = [event for event in events if event["kind"] == "reply"]
            return bool(replies) and settled(events) and len(blocks_of(replies, "file")) >= files

        events = await self.events(answered, after=last)
        return [event["data"] for event in events if event["kind"] == "reply"]

    async def conversation_id(self) -> int:
        visitor = self.front.seals.visitor(self.token)
        return (await self.front.place(visitor)).conversation_id

    async def show(self, *blocks: dict[str, Any], language: str = "fr") -> None:
        """Put drawn blocks into the conversation, as a reply of the house."""
        async with self.front.counter.database.transaction() as session:
            await Conversations(session).post(
                await self.conversation_id(), blocks, language, now=datetime.now(UTC)
            )


def settled(events: list[dict[str, Any]]) -> bool:
    """Tell whether the last event says that nothing more is to come."""
    return events[-1]["kind"] == "state" and events[-1]["data"]["waiting"] == 0


def blocks_of(replies: list[dict[str, Any]], kind: str) -> list[dict[str, Any]]:
    """Choose the blocks of a kind from replies or their events."""
    return [
        block for reply in replies for block in reply.get("data", reply)["blocks"] if block["type"] == kind
    ]


async def read_events(stream: httpx.Response) -> AsyncIterator[dict[str, Any]]:
    """Read server-sent events as a browser does."""
    event: dict[str, Any] = {}
    async for line in stream.aiter_lines():
        if line.startswith("event: "):
            event["kind"] = line[7:]
        elif line.startswith("id: "):
            event["id"] = int(line[4:])
        elif line.startswith("data: "):
            event["data"] = json.loads(line[6:])
        elif not line and event:
            yield event
            event = {}


@asynccontextmanager
async def serving(
    counter: Counter, *, demo: bool = True, heartbeat_seconds: float = 15.0, **settings: Any
) -> AsyncIterator[Site]:
    """Serve a counter until the end of the block; `settings` change those of the counter."""
    counter = replace(counter, settings=counter.settings.model_copy(update=settings))
    news = News(counter.database.address, look_seconds=0.3)
    clock = ShiftedClock()
    front = make_front(counter, news, demo=demo, clock=clock)
    server = WebServer(make_application(front, heartbeat_seconds=heartbeat_seconds))
    listening, stop = listen("127.0.0.1", 0), asyncio.Event()
    running = asyncio.create_task(serve(server, news, listening, stop))
    async with asyncio.timeout(PATIENCE):
        await server.answers.wait()
    try:
        yield Site(address_of(listening).rstrip("/"), front, news, clock)
    finally:
        stop.set()
        await running


@pytest.fixture(scope="module")
async def site(counter: Counter) -> AsyncIterator[Site]:
    """The demo's web chat."""
    async with serving(counter) as running:
        yield running


@pytest.fixture
async def client(site: Site) -> AsyncIterator[httpx.AsyncClient]:
    """A client of the web chat that keeps nothing between requests."""
    async with httpx.AsyncClient(base_url=site.url, timeout=PATIENCE) as opened:
        yield opened


Enter = Callable[..., Any]


@pytest.fixture
def enter(site: Site, client: httpx.AsyncClient) -> Enter:
    """Begin a visit, in the demo as one of its people."""

    async def come_in(persona: str | None = None) -> Visit:
        response = await client.post("/api/session", json={})
        visit = Visit(client, response.json()["token"], site.front)
        if persona is not None:
            response = await client.post("/api/persona", json={"persona": persona}, headers=visit.bearer)
            visit.token = response.json()["token"]
        return visit

    return come_in


@pytest.fixture(scope="session")
async def browser() -> AsyncIterator[Browser]:
    """A real browser; tests that need one are skipped where there is none."""
    if CHROMIUM is None:
        pytest.skip(WITHOUT)
    async with open_browser() as opened:
        yield opened


@pytest.fixture
async def window(browser: Browser, site: Site) -> AsyncIterator[Window]:
    """The demo's page on a desktop, as a French-speaking customer; at the end nothing may have gone wrong."""
    async with open_window(browser, site.url) as opened:
        await opened.page.locator("#welcome:visible").wait_for()
        yield opened
        assert opened.excused or opened.complaints == []
