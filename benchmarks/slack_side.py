"""Be Slack and its people in a process of their own: answer the Web API, bring signed events, take times.

A line of JSON in, {"url", "secret", "messages", "users", "texts"}, brings so many messages of so many people at once; a
line of JSON out tells how long each acknowledgement took and how long it was until the last answer had come.
"""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
import sys
import time
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

import httpx
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.channels.web.server import WebServer, listen

TEAM, BOT = "T0BENCH", "U0BENCH"
PATIENCE_SECONDS = 90


@dataclass
class Side:
    """What has come back so far."""

    answers: int = 0
    wanted: int = 0
    numbers: int = 0
    all_there: asyncio.Event = field(default_factory=asyncio.Event)

    async def answer(self, request: Request) -> Response:
        """Answer a call of the Web API with as little as it takes."""
        self.numbers += 1
        given = dict(parse_qsl(f"{request.url.query}&{(await request.body()).decode()}"))
        match request.path_params["method"]:
            case "auth.test":
                told: dict[str, Any] = {"team_id": TEAM, "user_id": BOT, "bot_id": "B0BENCH"}
            case "conversations.info":
                told = {"channel": {"id": given["channel"], "is_im": True}}
            case "users.info":
                told = {"user": {"id": given["user"], "locale": "fr-FR"}}
            case "conversations.open":
                told = {"channel": {"id": f"D{given['users'][1:]}"}}
            case "chat.postMessage":
                self.answers += 1
                if self.answers >= self.wanted:
                    self.all_there.set()
                told = {"ts": f"1.{self.numbers:06d}"}
            case _:
                told = {}
        return JSONResponse({"ok": True, **told})

    def event(self, person: str, text: str) -> str:
        """Make an event as Slack brings it."""
        return json.dumps(
            {
                "type": "event_callback",
                "team_id": TEAM,
                "api_app_id": "A0BENCH",
                "event_id": f"Ev{self.numbers}",
                "event_time": int(time.time()),
                "authorizations": [{"team_id": TEAM, "user_id": BOT, "is_bot": True}],
                "event": {
                    "type": "message",
                    "user": f"U{person}",
                    "channel": f"D{person}",
                    "channel_type": "im",
                    "text": text,
                    "ts": f"{time.time():.0f}.{self.numbers:06d}",
                },
            }
        )

    async def bring(self, order: dict[str, Any]) -> dict[str, Any]:
        """Bring messages, each person's one after the other, all persons at once; wait for all answers."""
        self.answers, self.wanted = 0, order["messages"]
        self.all_there.clear()
        each = order["messages"] // order["users"]
        taken: list[float] = []
        limits = httpx.Limits(max_connections=order["users"])
        async with httpx.AsyncClient(limits=limits, timeout=60) as client:

            async def one(person: str) -> None:
                for number in range(each):
                    self.numbers += 1
                    body = self.event(person, order["texts"][number % len(order["texts"])])
                    headers = _signed(body, order["secret"])
                    started = time.perf_counter()
                    answer = await client.post(order["url"], content=body, headers=headers)
                    taken.append(time.perf_counter() - started)
                    answer.raise_for_status()

            started = time.perf_counter()
            await asyncio.gather(*(one(f"{user:08d}") for user in range(order["users"])))
            async with asyncio.timeout(PATIENCE_SECONDS):
                await self.all_there.wait()
        return {"acknowledged": sorted(taken), "seconds": time.perf_counter() - started}


def _signed(body: str, secret: str) -> dict[str, str]:
    stamp = str(int(time.time()))
    digest = hmac.new(secret.encode(), f"v0:{stamp}:{body}".encode(), hashlib.sha256).hexdigest()
    return {
        "Content-Type": "application/json",
        "X-Slack-Request-Timestamp": stamp,
        "X-Slack-Signature": f"v0={digest}",
    }


async def main() -> None:
    """Serve, and do what is ordered line by line."""
    side = Side()
    application = Starlette(routes=[Route("/api/{method}", side.answer, methods=["GET", "POST"])])
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
