"""A Track & Trace service on this machine that answers as it is told, or badly."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web
from aiohttp.test_utils import TestServer

HELD_BACK_SECONDS = 30


@dataclass
class Loopback:
    """What was asked, and what is answered: `items` by barcode, or the fault that `mood` names."""

    items: dict[str, dict[str, Any]] = field(default_factory=dict)
    mood: str = "well"
    asked: list[dict[str, str]] = field(default_factory=list)
    authorised: list[str | None] = field(default_factory=list)
    address: str = ""

    async def answer(self, request: web.Request) -> web.StreamResponse:
        self.asked.append(dict(request.query))
        self.authorised.append(request.headers.get("Authorization"))
        match self.mood:
            case "silent":
                await asyncio.sleep(HELD_BACK_SECONDS)
            case "dribbling":
                return await self._dribble(request)
            case "failing":
                return web.Response(status=503)
            case "moved":
                return web.HTTPFound("https://elsewhere.example/")
            case "rubbish":
                return web.Response(text="<html>busy</html>", content_type="text/html")
            case "endless":
                return web.Response(body=b" " * 200_000)
        found = self.items.get(request.query["itemCode"])
        return web.Response(status=404) if found is None else web.json_response(found)

    async def _dribble(self, request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse()
        await response.prepare(request)
        for _ in range(HELD_BACK_SECONDS * 20):
            await response.write(b" ")
            await asyncio.sleep(0.05)
        return response


@asynccontextmanager
async def open_loopback() -> AsyncIterator[Loopback]:
    """Serve on a free port of this machine."""
    loopback = Loopback()
    application = web.Application()
    application.router.add_get("/track", loopback.answer)
    server = TestServer(application)
    await server.start_server(shutdown_timeout=0)
    loopback.address = str(server.make_url("/track"))
    try:
        yield loopback
    finally:
        await server.close()
