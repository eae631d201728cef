"""A strict stand-in for Slack: its Web API, file uploads and Socket Mode, and faults on demand.

It refuses what Slack refuses: unknown methods and arguments, bad tokens, missing scopes, texts too long, expired
triggers, the wrong order of an upload. Written from Slack's reference; it knows nothing of the bot.
"""

from __future__ import annotations

import asyncio
import base64
import itertools
import json
import time
from collections import defaultdict
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import WSMsgType, web

from tests.bot.channels.slack import kit

Json = dict[str, Any]

TRIGGER_SECONDS = 3.0
COMMON = frozenset({"token"})
POSTING = frozenset(
    {
        "channel",
        "text",
        "blocks",
        "metadata",
        "thread_ts",
        "reply_broadcast",
        "unfurl_links",
        "unfurl_media",
        "parse",
    }
)
# Each method with the scope it needs and the arguments it takes.
METHODS: dict[str, tuple[str | None, frozenset[str]]] = {
    "auth.test": (None, frozenset()),
    "apps.connections.open": ("connections:write", frozenset()),
    "chat.postMessage": ("chat:write", POSTING),
    "chat.postEphemeral": ("chat:write", frozenset({"channel", "user", "text", "blocks", "thread_ts"})),
    "chat.update": ("chat:write", frozenset({"channel", "ts", "text", "blocks"})),
    "conversations.info": ("im:read", frozenset({"channel", "include_num_members"})),
    "conversations.open": ("im:write", frozenset({"users", "return_im"})),
    "conversations.history": (
        "im:history",
        frozenset({"channel", "oldest", "limit", "include_all_metadata"}),
    ),
    "conversations.replies": (
        "channels:history",
        frozenset({"channel", "ts", "oldest", "limit", "include_all_metadata"}),
    ),
    "users.info": ("users:read", frozenset({"user", "include_locale"})),
    "views.open": (None, frozenset({"trigger_id", "view"})),
    "views.publish": (None, frozenset({"user_id", "view"})),
    "files.getUploadURLExternal": (
        "files:write",
        frozenset({"filename", "length", "alt_txt", "alt_text", "snippet_type"}),
    ),
    "files.completeUploadExternal": (
        "files:write",
        frozenset({"files", "channel_id", "initial_comment", "thread_ts"}),
    ),
    "oauth.v2.access": (None, frozenset({"client_id", "client_secret", "code", "redirect_uri"})),
}
BOT_SCOPES = frozenset(
    {
        "app_mentions:read",
        "channels:history",
        "channels:read",
        "chat:write",
        "commands",
        "files:write",
        "groups:history",
        "groups:read",
        "im:history",
        "im:read",
        "im:write",
        "users:read",
    }
)


class Refused(Exception):
    """Slack says `ok: false` with this name."""


@dataclass
class Fault:
    """What goes wrong once: a status with headers, a time-out, or a connection cut before or after the effect."""

    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    silent_for: float = 0
    cut: str | None = None
    error: str | None = None


@dataclass
class Workspace:
    """A team that has the bot, with its token."""

    team: str = "T0BPOST"
    token: str = "xoxb-good"
    bot_user: str = "U0GUICHET"
    bot_id: str = "B0GUICHET"
    scopes: frozenset[str] = BOT_SCOPES


class SlackServer:
    """One Slack."""

    def __init__(self) -> None:
        self.address = ""
        self.workspaces: dict[str, Workspace] = {}
        self.app_tokens = {"xapp-good"}
        self.channels: dict[str, Json] = {}
        self.users: dict[str, Json] = {}
        self.messages: dict[str, list[Json]] = defaultdict(list)
        self.views: list[Json] = []
        self.whispered: asyncio.Queue[tuple[str, str, str]] = asyncio.Queue()
        self.homes: dict[str, Json] = {}
        self.uploads: dict[str, Json] = {}
        self.triggers: dict[str, float] = {}
        self.calls: list[tuple[str, Json]] = []
        self.refusals: list[tuple[str, str]] = []
        self.faults: dict[str, list[Fault]] = defaultdict(list)
        self.codes: dict[str, Workspace] = {}
        self.sockets: list[web.WebSocketResponse] = []
        self.acknowledged: dict[str, Json] = {}
        self._connected = asyncio.Event()
        self._acknowledged = asyncio.Event()
        self._numbers = itertools.count(1)
        self.install(Workspace())

    def install(self, workspace: Workspace) -> None:
        self.workspaces[workspace.token] = workspace

    def add_person(self, user: str, locale: str = "fr-FR") -> str:
        """Have a person, with a talk of two with the bot; give that channel."""
        self.users[user] = {"id": user, "name": user.lower(), "locale": locale, "is_bot": False}
        talk = f"D{user[1:]}"
        self.channels[talk] = {"id": talk, "is_im": True, "user": user}
        return talk

    def add_channel(self, channel: str, *, shared: bool = False) -> None:
        self.channels[channel] = {"id": channel, "is_channel": True, "is_im": False, "is_ext_shared": shared}

    def trigger(self, age: float = 0) -> str:
        """Give leave to open a view, as an interaction does."""
        name = f"{next(self._numbers)}.trigger"
        self.triggers[name] = time.monotonic() - age
        return name

    def posted(self, channel: str) -> list[Json]:
        """Give what the bot has posted in a channel."""
        return [message for message in self.messages[channel] if message.get("bot_id")]

    def uploaded(self, channel: str) -> list[Json]:
        """Give the files that came into a channel."""
        return [
            self.uploads[file["id"]]
            for message in self.messages[channel]
            if message.get("bot_id")
            for file in message.get("files", ())
        ]

    def called(self, method: str) -> list[Json]:
        return [arguments for name, arguments in self.calls if name == method]

    def fail(self, method: str, *faults: Fault) -> None:
        self.faults[method].extend(faults)

    def ts(self) -> str:
        """Number a message as Slack does: by its time, never the same twice."""
        return f"{time.time():.0f}.{next(self._numbers):06d}"

    # The Web API

    async def api(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        arguments = await _arguments(request)
        signed_in = request.headers.get("Authorization", "")
        if signed_in.startswith("Basic "):
            client_id, _colon, secret = base64.b64decode(signed_in[6:]).decode().partition(":")
            arguments.update(client_id=client_id, client_secret=secret)
        token = str(arguments.pop("token", "")) or request.headers.get("Authorization", "").removeprefix(
            "Bearer "
        )
        fault = self.faults[method].pop(0) if self.faults[method] else Fault()
        self.calls.append((method, arguments))
        if fault.silent_for:
            await asyncio.sleep(fault.silent_for)
        if fault.cut == "before":
            assert request.transport is not None
            request.transport.close()
            return web.Response()
        if fault.status != 200:
            body = {"ok": False, "error": "ratelimited"} if fault.status == 429 else None
            return web.Response(
                status=fault.status,
                headers=fault.headers,
                text=json.dumps(body) if body else "<html>Oops</html>",
                content_type="application/json" if body else "text/html",
            )
        try:
            if fault.error:
                raise Refused(fault.error)
            answer = {"ok": True, **self._answer(method, token, arguments)}
        except (Refused, kit.Invalid) as error:
            name = str(error) if isinstance(error, Refused) else "invalid_blocks"
            self.refusals.append((method, str(error)))
            answer = {"ok": False, "error": name}
        if fault.cut == "after":
            assert request.transport is not None
            request.transport.close()
        return web.json_response(answer)

    def _answer(self, method: str, token: str, arguments: Json) -> Json:
        if method not in METHODS:
            raise Refused("unknown_method")
        scope, allowed = METHODS[method]
        unknown = arguments.keys() - allowed - COMMON
        if unknown:
            raise Refused(f"invalid_arguments: {sorted(unknown)}")
        if method == "oauth.v2.access":
            return self._exchange(arguments)
        if method == "apps.connections.open":
            if token not in self.app_tokens:
                raise Refused("invalid_auth")
            return {"url": f"{self.address.replace('http', 'ws', 1)}/link?ticket={next(self._numbers)}"}
        workspace = self.workspaces.get(token)
        if workspace is None:
            raise Refused("not_authed" if not token else "invalid_auth")
        if scope is not None and scope not in workspace.scopes:
            raise Refused("missing_scope")
        answer: Callable[[Workspace, Json], Json] = getattr(self, f"_{method.replace('.', '_')}")
        return answer(workspace, arguments)

    def _exchange(self, arguments: Json) -> Json:
        workspace = self.codes.pop(str(arguments.get("code")), None)
        if workspace is None:
            raise Refused("invalid_code")
        if arguments.get("client_secret") != "client-secret":
            raise Refused("bad_client_secret")
        self.install(workspace)
        return {
            "app_id": "A0GUICHET",
            "access_token": workspace.token,
            "token_type": "bot",
            "scope": ",".join(sorted(workspace.scopes)),
            "bot_user_id": workspace.bot_user,
            "team": {"id": workspace.team, "name": workspace.team},
            "enterprise": None,
            "is_enterprise_install": False,
            "authed_user": {"id": "U0ADMIN"},
        }

    def _auth_test(self, workspace: Workspace, _arguments: Json) -> Json:
        return {
            "url": "https://bpost.slack.example/",
            "team": "bpost",
            "user": "guichet",
            "team_id": workspace.team,
            "user_id": workspace.bot_user,
            "bot_id": workspace.bot_id,
        }

    def _chat_postEphemeral(self, workspace: Workspace, arguments: Json) -> Json:  # noqa: N802
        channel = self._channel(arguments)
        self._check_words(arguments)
        self.whispered.put_nowait((channel, arguments["user"], arguments["text"]))
        return {"message_ts": self.ts()}

    def _chat_postMessage(self, workspace: Workspace, arguments: Json) -> Json:  # noqa: N802
        channel = self._channel(arguments)
        self._check_words(arguments)
        thread = arguments.get("thread_ts")
        if thread is not None and not any(message["ts"] == thread for message in self.messages[channel]):
            raise Refused("thread_not_found")
        message = {
            "type": "message",
            "ts": self.ts(),
            "user": workspace.bot_user,
            "bot_id": workspace.bot_id,
            "text": arguments.get("text", ""),
            "blocks": arguments.get("blocks", []),
            **({"thread_ts": thread} if thread else {}),
            **({"metadata": arguments["metadata"]} if "metadata" in arguments else {}),
        }
        self.messages[channel].append(message)
        return {"channel": channel, "ts": message["ts"], "message": message}

    def _chat_update(self, _workspace: Workspace, arguments: Json) -> Json:
        channel = self._channel(arguments)
        self._check_words(arguments)
        for message in self.messages[channel]:
            if message["ts"] == arguments.get("ts") and message.get("bot_id"):
                message.update(text=arguments.get("text"), blocks=arguments.get("blocks", []))
                return {"channel": channel, "ts": message["ts"]}
        raise Refused("message_not_found")

    def _check_words(self, arguments: Json) -> None:
        if not arguments.get("text") and not arguments.get("blocks"):
            raise Refused("no_text")
        if len(arguments.get("text", "")) > 40_000:
            raise Refused("msg_too_long")
        kit.no_calls(arguments.get("text", ""))
        kit.blocks(arguments.get("blocks", []), 50)
        metadata = arguments.get("metadata")
        if metadata is not None:
            kit.has(metadata, {"event_type", "event_payload"}, set())

    def _channel(self, arguments: Json) -> str:
        channel = str(arguments.get("channel"))
        if channel not in self.channels:
            raise Refused("channel_not_found")
        if self.channels[channel].get("is_archived"):
            raise Refused("is_archived")
        return channel

    def _conversations_info(self, _workspace: Workspace, arguments: Json) -> Json:
        return {"channel": self.channels[self._channel(arguments)]}

    def _conversations_open(self, _workspace: Workspace, arguments: Json) -> Json:
        user = str(arguments.get("users"))
        if user not in self.users:
            raise Refused("user_not_found")
        return {"channel": {"id": f"D{user[1:]}"}}

    def _conversations_history(self, _workspace: Workspace, arguments: Json) -> Json:
        channel, oldest = self._channel(arguments), float(arguments.get("oldest", 0))
        found = [message for message in self.messages[channel] if float(message["ts"]) >= oldest]
        return {"messages": found[::-1], "has_more": False}

    def _conversations_replies(self, workspace: Workspace, arguments: Json) -> Json:
        found = self._conversations_history(workspace, arguments)["messages"]
        root = arguments.get("ts")
        return {"messages": [one for one in found if root in {one["ts"], one.get("thread_ts")}]}

    def _users_info(self, _workspace: Workspace, arguments: Json) -> Json:
        if arguments.get("user") not in self.users:
            raise Refused("user_not_found")
        told = dict(self.users[arguments["user"]])
        if not arguments.get("include_locale"):
            told.pop("locale", None)
        return {"user": told}

    def _views_open(self, workspace: Workspace, arguments: Json) -> Json:
        given = self.triggers.pop(str(arguments.get("trigger_id")), None)
        if given is None:
            raise Refused("invalid_trigger_id")
        if time.monotonic() - given > TRIGGER_SECONDS:
            raise Refused("expired_trigger_id")
        view = _object(arguments.get("view"))
        kit.view(view)
        shown = {**view, "id": f"V{next(self._numbers)}", "team_id": workspace.team}
        self.views.append(shown)
        return {"view": shown}

    def _views_publish(self, _workspace: Workspace, arguments: Json) -> Json:
        if arguments.get("user_id") not in self.users:
            raise Refused("user_not_found")
        view = _object(arguments.get("view"))
        kit.demand(view.get("type") == "home", "only a home is published")
        kit.view(view)
        self.homes[arguments["user_id"]] = view
        return {"view": view}

    def _files_getUploadURLExternal(self, _workspace: Workspace, arguments: Json) -> Json:  # noqa: N802
        if not arguments.get("filename") or int(arguments.get("length", 0)) <= 0:
            raise Refused("invalid_arguments")
        name = f"F{next(self._numbers)}"
        self.uploads[name] = {"id": name, "name": arguments["filename"], "length": int(arguments["length"])}
        return {"file_id": name, "upload_url": f"{self.address}/upload/{name}"}

    async def upload(self, request: web.Request) -> web.Response:
        upload = self.uploads.get(request.match_info["name"])
        content = await request.read()
        if upload is None or len(content) != upload["length"]:
            return web.Response(status=400, text="wrong length")
        upload["content"] = content
        return web.Response(text=f"OK - {len(content)}")

    def _files_completeUploadExternal(self, workspace: Workspace, arguments: Json) -> Json:  # noqa: N802
        files = _object(arguments.get("files"))
        channel = str(arguments.get("channel_id"))
        if channel not in self.channels:
            raise Refused("channel_not_found")
        done = []
        for one in files:
            upload = self.uploads.get(one["id"])
            if upload is None or "content" not in upload or "title" in upload:
                raise Refused("file_not_found")
            upload["title"] = one.get("title", upload["name"])
            done.append({"id": one["id"], "title": upload["title"]})
        kit.no_calls(arguments.get("initial_comment") or "")
        self.messages[channel].append(
            {
                "type": "message",
                "ts": self.ts(),
                "user": workspace.bot_user,
                "bot_id": workspace.bot_id,
                "text": arguments.get("initial_comment") or "",
                "files": done,
            }
        )
        return {"files": done}

    # Socket Mode

    async def link(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        await socket.send_json({"type": "hello", "num_connections": len(self.sockets) + 1})
        self.sockets.append(socket)
        self._connected.set()
        async for message in socket:
            if message.type == WSMsgType.TEXT:
                told = json.loads(message.data)
                self.acknowledged[told["envelope_id"]] = told.get("payload") or {}
                self._acknowledged.set()
        self.sockets.remove(socket)
        return socket

    async def connections(self, most: int) -> None:
        """Wait until so many connections are open."""
        while len(self.sockets) < most:
            self._connected.clear()
            await asyncio.wait_for(self._connected.wait(), 20)

    async def send(
        self, kind: str, payload: Json, *, through: int = 0, envelope: str = "", retry: int = 0
    ) -> Json:
        """Send an event through a connection and wait until it is acknowledged."""
        envelope = envelope or f"envelope-{next(self._numbers)}"
        told: Json = {
            "type": kind,
            "envelope_id": envelope,
            "payload": payload,
            "accepts_response_payload": True,
        }
        if retry:
            told.update(retry_attempt=retry, retry_reason="timeout")
        await self.sockets[through].send_json(told)
        while envelope not in self.acknowledged:
            self._acknowledged.clear()
            await asyncio.wait_for(self._acknowledged.wait(), 10)
        return self.acknowledged[envelope]

    async def break_off(self, which: int = 0) -> None:
        """Lose a connection without a word, as a cut line does."""
        socket = self.sockets[which]
        assert socket._req is not None
        assert socket._req.transport is not None
        socket._req.transport.abort()
        while socket in self.sockets:
            await asyncio.sleep(0.01)

    async def disconnect(self, which: int = 0) -> None:
        """End a connection as Slack does when it renews one."""
        await self.sockets[which].send_json({"type": "disconnect", "reason": "refresh_requested"})


async def _arguments(request: web.Request) -> Json:
    found: Json = {name: _plain(value) for name, value in request.query.items()}
    if request.content_type == "application/json":
        found.update(await request.json())
    elif request.can_read_body:
        found.update({name: _plain(value) for name, value in (await request.post()).items()})
    return found


def _plain(value: Any) -> Any:
    return {"true": True, "1": True, "false": False}.get(value, value) if isinstance(value, str) else value


def _object(value: Any) -> Any:
    return json.loads(value) if isinstance(value, str) else value


@asynccontextmanager
async def open_server() -> AsyncIterator[SlackServer]:
    """Run a Slack on a free port of this machine."""
    server = SlackServer()
    application = web.Application(client_max_size=64 * 2**20)
    application.router.add_post("/api/{method}", server.api)
    application.router.add_get("/api/{method}", server.api)
    application.router.add_post("/upload/{name}", server.upload)
    application.router.add_get("/link", server.link)
    runner = web.AppRunner(application, shutdown_timeout=0.2)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    assert site._server is not None
    port = site._server.sockets[0].getsockname()[1]  # type: ignore[attr-defined]
    server.address = f"http://127.0.0.1:{port}"
    try:
        yield server
    finally:
        await runner.cleanup()
