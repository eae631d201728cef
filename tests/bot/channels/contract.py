"""What every channel is held to: any reply is shown, nothing of it lost, nothing refused by the platform.

A channel joins by a `Stage` in `STAGES`: it shows drawn blocks (docs/replies.md) through the channel's own drawing to
a stand-in of the platform that refuses what the platform refuses, and says what a person then sees and can press.
"""

import io
import json
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol, cast

from pydantic import SecretStr
from rich.console import Console

from bot.channels.slack.platform import SlackPlatform
from bot.channels.telegram.pacing import Pacing
from bot.channels.telegram.platform import Telegram
from bot.channels.terminal import choices_of
from bot.channels.terminal.screen import draw
from bot.channels.web.showing import replied
from bot.drawing import plain
from bot.message import DIRECT
from bot.sending import Parcel
from bot.settings import Settings
from services.conversations import Posted
from services.departures import Departing
from services.files import FileRecord
from tests.bot.channels.slack.loopback import open_server
from tests.bot.channels.telegram.loopback import TOKEN, Loopback, loopback
from tests.bot.channels.telegram.people import Person

Block = dict[str, Any]


@dataclass(frozen=True)
class Shown:
    """What a person sees: all words, what can be pressed (`tokens`), where links lead, and files by their names."""

    words: str
    tokens: frozenset[str]
    urls: frozenset[str] = frozenset()
    files: tuple[str, ...] = ()


class Stage(Protocol):
    """A channel with a platform that is strict."""

    async def show(self, blocks: Sequence[Block]) -> Shown:
        """Show a reply; fails where the platform refuses any of it."""


FILE = FileRecord(
    "file-1", 1, 1, "annexe.xlsx", "application/zip", b"PK content", datetime.now(UTC) + timedelta(days=1)
)


def parcel(blocks: Sequence[Block], *, channel: str, account_key: str, place_key: str = DIRECT) -> Parcel:
    """Wrap a reply for a courier."""

    async def note(_number: str, *, last: bool = False) -> None:
        return None

    async def file(_file_id: str) -> FileRecord | None:
        return FILE

    reply = Departing(
        outbox_id=1,
        channel=channel,
        account_key=account_key,
        place_key=place_key,
        private=True,
        user_id=1,
        language="fr",
        blocks=blocks,
        platform_ids=(),
        answers=None,
        thread=None,
        posted_at=datetime.now(UTC),
    )
    return Parcel(reply, note, file, lambda file_id: f"https://guichet.example/files/{file_id}")


class WebStage:
    """The page takes the documented shape itself."""

    async def show(self, blocks: Sequence[Block]) -> Shown:
        posted = Posted(1, 1, None, "fr", blocks, datetime.now(UTC))
        told = json.loads(json.dumps(replied(cast("Any", None), posted, None)))
        found = list(everything_in(told["blocks"]))
        return Shown(
            "\n".join([told["text"], *(str(one) for one in found if isinstance(one, str))]),
            frozenset(one["token"] for one in found if isinstance(one, dict) and one.get("token")),
            frozenset(one["url"] for one in found if isinstance(one, dict) and one.get("url")),
            tuple(block["name"] for block in told["blocks"] if block["type"] == "file"),
        )


class TerminalStage:
    """A wide terminal."""

    async def show(self, blocks: Sequence[Block]) -> Shown:
        with_paths = [
            {**block, "path": "received/x"} if block["type"] == "file" else block for block in blocks
        ]
        reply = {"blocks": with_paths}
        console = Console(file=io.StringIO(), width=1000, record=True)
        console.print(draw(reply))
        words = "\n".join([console.export_text(), *(plain(block) for block in blocks)])
        tokens = frozenset(choice["token"] for choice in choices_of(reply))
        names = tuple(block["name"] for block in blocks if block["type"] == "file")
        return Shown(words, tokens, frozenset(), names)


class SlackStage:
    """Slack's loopback server, through the official client."""

    def __init__(self, server: Any, platform: SlackPlatform) -> None:
        self._server = server
        self._platform = platform

    async def show(self, blocks: Sequence[Block]) -> Shown:
        before = len(self._server.posted("D0CLAIRE"))
        await self._platform.deliver(parcel(blocks, channel="slack", account_key="T0BPOST:U0CLAIRE"))
        assert self._server.refusals == []
        said = self._server.posted("D0CLAIRE")[before:]
        found = list(everything_in(said))
        pressed = [one for one in found if isinstance(one, dict)]
        tokens = {one["value"] for one in pressed if one.get("value")}
        written = (str(one) for one in found if isinstance(one, str))
        return Shown(
            "\n".join(written).replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&"),
            frozenset(tokens),
            frozenset(one["url"] for one in pressed if one.get("url")),
            tuple(file["title"] for message in said for file in message.get("files", ())),
        )


class TelegramStage:
    """The loopback's Telegram, through the official client."""

    def __init__(self, telegram: Loopback, platform: Telegram, person: Person) -> None:
        self._telegram = telegram
        self._platform = platform
        self._person = person

    async def show(self, blocks: Sequence[Block]) -> Shown:
        before = len(self._person.heard)
        await self._platform.deliver(parcel(blocks, channel="telegram", account_key=str(self._person.id)))
        sent = self._person.heard[before:]
        buttons = [button for message in sent for button in message.buttons]
        return Shown(
            "\n".join([*(message.text for message in sent), *(button["text"] for button in buttons)]),
            frozenset(button["callback_data"] for button in buttons if "callback_data" in button),
            frozenset(button["url"] for button in buttons if "url" in button),
            tuple(message.file[0] for message in sent if message.file),
        )


def everything_in(thing: Any) -> Any:
    """Walk through nested objects."""
    yield thing
    if isinstance(thing, dict):
        for value in thing.values():
            yield from everything_in(value)
    elif isinstance(thing, list | tuple):
        for value in thing:
            yield from everything_in(value)


@asynccontextmanager
async def web() -> AsyncIterator[Stage]:
    yield WebStage()


@asynccontextmanager
async def terminal() -> AsyncIterator[Stage]:
    yield TerminalStage()


@asynccontextmanager
async def slack() -> AsyncIterator[Stage]:
    async with open_server() as server:
        server.add_person("U0CLAIRE")
        platform = SlackPlatform(
            Settings(slack_bot_token=SecretStr("xoxb-good"), slack_api_url=f"{server.address}/api/")
        )
        yield SlackStage(server, platform)
        await platform.close()


@asynccontextmanager
async def telegram() -> AsyncIterator[Stage]:
    async with loopback() as server:
        platform = Telegram(TOKEN, api=server.url, pacing=Pacing(1e6), per_second=1e6)
        yield TelegramStage(server, platform, Person(server))
        await platform.close()


STAGES: dict[str, Callable[[], AbstractAsyncContextManager[Stage]]] = {
    "web": web,
    "terminal": terminal,
    "slack": slack,
    "telegram": telegram,
}
