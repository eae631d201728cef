"""Be Telegram and its people in a process of their own: answer the Bot API, bring messages, take times.

A line of JSON in, {"url", "headers", "messages", "users", "texts"}, brings so many messages of so many people at once;
a line of JSON out tells how long each acknowledgement took and how long it was until the last answer had come.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from dataclasses import dataclass, field
from typing import Any

import httpx
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.channels.web.server import WebServer, listen

BOT = {"id": 1, "is_bot": True, "first_name": "Bench", "username": "BenchBot"}
FIRST_PERSON = 1000
PATIENCE_SECONDS = 300


@dataclass
class Side:
    """What has come back so far."""

    answers: int = 0
    wanted: int = 0
    numbers: int = 0
    all_there: asyncio.Event = field(default_factory=asyncio.Event)

    async def answer(self, request: Request) -> Response:
        """Answer a call of the Bot API with as little as it takes."""
        method = request.path_params["method"]
        await request.body()
        self.numbers += 1
        if method == "getMe":
            return JSONResponse({"ok": True, "result": BOT})
        if method == "sendMessage":
            self.answers += 1
            if self.answers >= self.wanted:
                self.all_there.set()
            message = {
                "message_id": self.numbers,
                "date": 1,
                "chat": {"id": 1, "type": "private"},
                "text": "x",
            }
            return JSONResponse({"ok": True, "result": message})
        return JSONResponse({"ok": True, "result": True})

    def update(self, number: int, person: int, text: str) -> dict[str, Any]:
        """Make an update as Telegram brings it."""
        account = {"id": person, "is_bot": False, "first_name": "Someone", "language_code": "fr"}
        return {
            "update_id": number,
            "message": {
                "message_id": number,
                "date": int(time.time()),
                "chat": {"id": person, "type": "private", "first_name": "Someone"},
                "from": account,
                "text": text,
            },
        }

    async def bring(self, order: dict[str, Any]) -> dict[str, Any]:
        """Bring messages, each person's one after the other, all persons at once; wait for all answers."""
        self.answers, self.wanted = 0, order["messages"]
        self.all_there.clear()
        each = order["messages"] // order["users"]
        taken: list[float] = []
        async with httpx.AsyncClient(
            limits=httpx.Limits(max_connections=order["users"]), timeout=60
        ) as client:

            async def one(person: int) -> None:
                for number in range(each):
                    self.numbers += 1
                    text = order["texts"][number % len(order["texts"])]
                    body = self.update(self.numbers, person, text)
                    started = time.perf_counter()
                    answer = await client.post(order["url"], json=body, headers=order["headers"])
                    taken.append(time.perf_counter() - started)
                    answer.raise_for_status()

            started = time.perf_counter()
            await asyncio.gather(*(one(FIRST_PERSON + user) for user in range(order["users"])))
            async with asyncio.timeout(PATIENCE_SECONDS):
                await self.all_there.wait()
        return {"acknowledged": sorted(taken), "seconds": time.perf_counter() - started}


async def main() -> None:
    """Serve, and do what is ordered line by line."""
    side = Side()
    application = Starlette(routes=[Route("/bot{token}/{method}", side.answer, methods=["GET", "POST"])])
    listening = listen("127.0.0.1", 0)
    server = WebServer(application)
    serving = asyncio.create_task(server.serve([listening]))
    print(json.dumps({"port": listening.getsockname()[1]}), flush=True)
    while line := await asyncio.to_thread(sys.stdin.readline):
        print(json.dumps(await side.bring(json.loads(line))), flush=True)
    server.should_exit = True
    await serving


if __name__ == "__main__":
    asyncio.run(main())
