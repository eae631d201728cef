"""A strict Telegram on this machine: it refuses what the real one refuses, and brings what people write."""

import asyncio
import itertools
import json
import re
import socket
from collections import deque
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import httpx
from starlette.applications import Starlette
from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.channels.web.server import WebServer, listen
from tests.bot.channels.telegram.rules import (
    MOST_BYTES,
    Refused,
    check_commands,
    check_fields,
    check_keyboard,
    check_text,
    refuse,
)

TOKEN = "123456:loopback-token"
BOT = {"id": 123456, "is_bot": True, "first_name": "Guichet", "username": "GuichetTestBot"}
JSON_FIELDS = {
    "entities",
    "caption_entities",
    "reply_markup",
    "reply_parameters",
    "link_preview_options",
    "allowed_updates",
    "commands",
    "scope",
}
PATIENCE = 20.0


@dataclass
class Fault:
    """What goes wrong with the next request of a method: a status, or a line that breaks.

    `after` lets the request have its effect before its answer is lost.
    """

    method: str = "sendMessage"
    status: int = 500
    retry_after: int | None = None
    hang: bool = False
    after: bool = False


@dataclass
class Sent:
    """A message of the bot, as it stands in a chat."""

    id: int
    chat_id: int
    method: str
    text: str
    entities: list[dict[str, Any]]
    buttons: list[dict[str, Any]]
    given: dict[str, Any]
    # Not shown: what describes a failed test would write out fifty million bytes.
    file: tuple[str, bytes] | None = field(default=None, repr=False)

    def button(self, label: str) -> dict[str, Any]:
        """Find a button by the beginning of its label."""
        return next(button for button in self.buttons if button["text"].startswith(label))


@dataclass
class Loopback:
    """The server's state; `webhook` is what the bot set, `local` where its public address is reached from here."""

    url: str = ""
    local: tuple[str, str] = ("", "")
    started: set[int] = field(default_factory=set)
    blocked: set[int] = field(default_factory=set)
    groups: set[int] = field(default_factory=set)
    moved: dict[int, int] = field(default_factory=dict)
    sent: list[Sent] = field(default_factory=list)
    calls: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    released: list[str] = field(default_factory=list)
    told: dict[str, str] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    webhook: dict[str, Any] | None = None
    pending: deque[dict[str, Any]] = field(default_factory=deque)
    commands: dict[str, list[dict[str, str]]] = field(default_factory=dict)
    _numbers: Any = field(default_factory=lambda: itertools.count(1))
    _news: asyncio.Condition = field(default_factory=asyncio.Condition)
    _asked: int = 0

    def number(self) -> int:
        return next(self._numbers)

    async def bring(self, **content: Any) -> dict[str, Any]:
        """Bring an update to the bot: to its webhook, else when it asks."""
        update = {"update_id": self.number(), **content}
        await self.bring_again(update)
        return update

    async def bring_again(self, update: dict[str, Any]) -> int:
        """Bring an update as it is, once more; gives the webhook's answer."""
        if self.webhook is None:
            async with self._news:
                self.pending.append(update)
                self._news.notify_all()
            return 0
        async with httpx.AsyncClient() as client:
            answer = await client.post(
                self.webhook["url"].replace(*self.local),
                json=update,
                headers={"X-Telegram-Bot-Api-Secret-Token": self.webhook["secret_token"]},
            )
        return answer.status_code

    async def until(self, fulfilled: Callable[[], Any]) -> Any:
        """Wait until something holds of what the bot did."""
        async with asyncio.timeout(PATIENCE), self._news:
            await self._news.wait_for(fulfilled)
        return fulfilled()

    def said_to(self, chat_id: int) -> list[Sent]:
        return [message for message in self.sent if message.chat_id == chat_id]

    async def answer(self, request: Request) -> Response:
        """Answer one call of the Bot API."""
        method = request.path_params["method"]
        fault = next((fault for fault in self.faults if fault.method == method), None)
        if fault is not None:
            self.faults.remove(fault)
            if not fault.after:
                return await self._fail(fault)
        try:
            if request.path_params["token"] != TOKEN:
                raise Refused(401, "Unauthorized")
            given = await _read(request)
            check_fields(method, given)
            self.calls.append(
                (method, {name: value for name, value in given.items() if not isinstance(value, tuple)})
            )
            name = re.sub("[A-Z]", lambda letter: f"_{letter[0].lower()}", method)
            result = await getattr(self, f"on_{name}")(given)
        except Refused as refused:
            said = {"ok": False, "error_code": refused.status, "description": refused.description}
            parameters = {"parameters": refused.parameters} if refused.parameters else {}
            return JSONResponse(said | parameters, refused.status)
        finally:
            async with self._news:
                self._news.notify_all()
        return await self._fail(fault) if fault is not None else JSONResponse({"ok": True, "result": result})

    async def _fail(self, fault: Fault) -> Response:
        if fault.hang:
            return BrokenLine()
        parameters = {"parameters": {"retry_after": fault.retry_after}} if fault.retry_after else {}
        said = {"ok": False, "error_code": fault.status, "description": "Too Many Requests: retry later"}
        return JSONResponse(said | parameters, fault.status)

    async def on_get_me(self, _given: dict[str, Any]) -> Any:
        return BOT

    async def on_get_updates(self, given: dict[str, Any]) -> Any:
        if self.webhook is not None:
            raise Refused(409, "Conflict: can't use getUpdates method while webhook is active")
        offset = int(given.get("offset", 0))
        async with self._news:
            self._asked += 1
            mine = self._asked
            self._news.notify_all()
            while self.pending and self.pending[0]["update_id"] < offset:
                self.pending.popleft()
            try:
                async with asyncio.timeout(float(given.get("timeout", 0))):
                    await self._news.wait_for(lambda: self.pending or self._asked != mine)
            except TimeoutError:
                return []
            if self._asked != mine:
                raise Refused(409, "Conflict: terminated by other getUpdates request")
            return list(self.pending)[:100]

    async def end(self) -> None:
        """Let nobody wait any longer."""
        async with self._news:
            self._asked += 1
            self._news.notify_all()

    async def on_set_webhook(self, given: dict[str, Any]) -> Any:
        if not given["url"].startswith("https://"):
            raise refuse("bad webhook: An HTTPS URL must be provided for webhook")
        self.webhook = given
        return True

    async def on_delete_webhook(self, _given: dict[str, Any]) -> Any:
        self.webhook = None
        return True

    async def on_get_webhook_info(self, _given: dict[str, Any]) -> Any:
        url = self.webhook["url"] if self.webhook else ""
        return {"url": url, "has_custom_certificate": False, "pending_update_count": len(self.pending)}

    async def on_set_my_commands(self, given: dict[str, Any]) -> Any:
        check_commands(given["commands"])
        self.commands[given.get("language_code", "")] = given["commands"]
        return True

    async def on_answer_callback_query(self, given: dict[str, Any]) -> Any:
        if len(given.get("text", "")) > 200:
            raise refuse("MESSAGE_TOO_LONG")
        self.released.append(given["callback_query_id"])
        if given.get("text"):
            self.told[given["callback_query_id"]] = given["text"]
        return True

    async def on_send_message(self, given: dict[str, Any]) -> Any:
        entities = given.get("entities", [])
        check_text(given.get("text", ""), entities, limit=4096, name="message")
        return self._take("sendMessage", given, given["text"], entities)

    async def on_send_document(self, given: dict[str, Any]) -> Any:
        return await self._send_file("sendDocument", "document", given)

    async def on_send_photo(self, given: dict[str, Any]) -> Any:
        return await self._send_file("sendPhoto", "photo", given)

    async def _send_file(self, method: str, name: str, given: dict[str, Any]) -> Any:
        caption, entities = given.get("caption", ""), given.get("caption_entities", [])
        check_text(caption, entities, limit=1024, name="caption")
        upload = given.pop(name, None)
        if not isinstance(upload, tuple) or not upload[1]:
            raise refuse(f"there is no {name} in the request")
        if len(upload[1]) > MOST_BYTES[name]:
            raise Refused(413, "Request Entity Too Large")
        return self._take(method, given, caption, entities, upload)

    def _take(
        self,
        method: str,
        given: dict[str, Any],
        text: str,
        entities: list[dict[str, Any]],
        file: tuple[str, bytes] | None = None,
    ) -> Any:
        chat_id = int(given["chat_id"])
        self._check_chat(chat_id)
        buttons = check_keyboard(given.get("reply_markup"))
        message = Sent(self.number(), chat_id, method, text, entities, buttons, given, file)
        self.sent.append(message)
        kind = "private" if chat_id > 0 else "supergroup"
        return {"message_id": message.id, "date": 1, "chat": {"id": chat_id, "type": kind}, "text": text}

    def _check_chat(self, chat_id: int) -> None:
        if chat_id in self.moved:
            raise Refused(400, "Bad Request: group chat was upgraded", migrate_to_chat_id=self.moved[chat_id])
        if chat_id in self.blocked:
            raise Refused(403, "Forbidden: bot was blocked by the user")
        if chat_id > 0 and chat_id not in self.started:
            raise Refused(403, "Forbidden: bot can't initiate conversation with a user")
        if chat_id < 0 and chat_id not in self.groups:
            raise refuse("chat not found")


class BrokenLine(Response):
    """A connection that breaks before the answer is told."""

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"1000")]})
        await send({"type": "http.response.body", "body": b"{", "more_body": False})


async def _read(request: Request) -> dict[str, Any]:
    """Read a call's fields as Telegram does: forms, with JSON in those that hold objects."""
    given: dict[str, Any] = {}
    async with request.form(max_part_size=60_000_000) as form:
        for name, value in form.items():
            if isinstance(value, UploadFile):
                given[name] = (value.filename, await value.read())
            else:
                given[name] = json.loads(value) if name in JSON_FIELDS else value
    for name, value in list(given.items()):
        # An attached file is named by the field that refers to it.
        if isinstance(value, str) and value.startswith("attach://"):
            given[name] = given.pop(value.removeprefix("attach://"))
    return given


@asynccontextmanager
async def loopback() -> AsyncIterator[Loopback]:
    """Serve a Telegram until the end of the block."""
    telegram = Loopback()
    application = Starlette(
        routes=[Route("/bot{token}/{method}", telegram.answer, methods=["GET", "POST"])],
    )
    listening = listen("127.0.0.1", 0)
    telegram.url = f"http://127.0.0.1:{listening.getsockname()[1]}"
    async with answering(application, listening):
        yield telegram
        await telegram.end()


@asynccontextmanager
async def answering(application: Starlette, listening: socket.socket) -> AsyncIterator[None]:
    """Answer on a socket until the end of the block."""
    server = WebServer(application)
    server.config.timeout_graceful_shutdown = 1
    serving = asyncio.create_task(server.serve([listening]))
    try:
        yield
    finally:
        server.should_exit = True
        await serving
