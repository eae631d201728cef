"""Stream a conversation's events to its page, from where the page left off."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from bot.channels.web.front import Front
from bot.channels.web.refusals import Refused
from bot.channels.web.showing import Event, Reader
from bot.seals import Visitor
from services.jobs import is_passing

# A sign of life keeps proxies from closing a quiet stream, and shows us who has gone.
HEARTBEAT_SECONDS = 15.0
HEARTBEAT = ": still here\n\n"
# A browser opens at most six connections to a site; more streams of one visitor are no browser's.
MOST_STREAMS = 8


class Events:
    """Stream conversations as server-sent events."""

    def __init__(self, front: Front, *, heartbeat_seconds: float = HEARTBEAT_SECONDS) -> None:
        self._front = front
        self._heartbeat_seconds = heartbeat_seconds
        self._reading: set[asyncio.Task[list[Event]]] = set()

    def routes(self) -> list[Route]:
        """Give the address answered here."""
        return [Route("/api/events", self.get)]

    async def get(self, request: Request) -> Response:
        """Answer with the events after a reply's number (`after`) and a message's (`said`), then with news."""
        visitor = self._front.visitor(request)
        after, said = number(request, "after"), number(request, "said")
        if self._front.streams.get(visitor.account_key, 0) >= MOST_STREAMS:
            raise Refused(429, "too_many_streams")
        place = await self._front.place(visitor)
        reader = Reader(self._front, place, after, said)
        return StreamingResponse(
            self._stream(visitor, reader),
            media_type="text/event-stream",
            # A proxy in between must pass each event on at once.
            headers={"X-Accel-Buffering": "no", "Cache-Control": "no-store, no-transform"},
        )

    async def _stream(self, visitor: Visitor, reader: Reader) -> AsyncIterator[str]:
        news = self._front.news
        with counted(self._front, visitor):
            async with news.subscribe(reader.place.conversation_id) as woken:
                while True:
                    woken.clear()
                    try:
                        events = await self._read(reader)
                    except Exception as error:
                        if not is_passing(error):
                            raise
                        return  # the page comes back and resumes where it was
                    for event in events:
                        yield write(event)
                    if news.is_over:
                        return
                    try:
                        async with asyncio.timeout(self._heartbeat_seconds):
                            await woken.wait()
                    except TimeoutError:
                        yield HEARTBEAT

    async def _read(self, reader: Reader) -> list[Event]:
        """Read to the end even where the page has just gone: a query cut off would cost its connection."""
        task = asyncio.create_task(reader.news())
        self._reading.add(task)
        task.add_done_callback(self._reading.discard)
        return await asyncio.shield(task)


@contextmanager
def counted(front: Front, visitor: Visitor) -> Iterator[None]:
    """Count a visitor's stream for as long as it is open."""
    streams, key = front.streams, visitor.account_key
    streams[key] = streams.get(key, 0) + 1
    try:
        yield
    finally:
        streams[key] -= 1
        if not streams[key]:
            del streams[key]


def write(event: Event) -> str:
    """Write an event as the format of server-sent events has it."""
    number_line = "" if event.sequence is None else f"id: {event.sequence}\n"
    content = json.dumps(event.content, ensure_ascii=False, separators=(",", ":"))
    return f"event: {event.kind}\n{number_line}data: {content}\n\n"


def number(request: Request, name: str) -> int:
    """Read a number of the address; raises Refused."""
    text = request.query_params.get(name, "0")
    if not (text.isascii() and text.isdigit() and len(text) <= 18):
        raise Refused(422, "not_understood")
    return int(text)
