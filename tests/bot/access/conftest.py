"""Open a house whose jobs are done when the test says so, with its outbox and a clock that the test moves."""

import re
from collections.abc import AsyncIterator, Callable
from datetime import datetime, timedelta
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from typing import Any

import psycopg
import pytest

from bot.channels.terminal import TerminalChat, choices_of
from bot.settings import Settings
from bot.wiring import Counter, open_counter
from services.conversations import Conversations
from services.mail import OutboxFolder
from tests.conftest import NOON


class MovingClock:
    """A clock that the test moves."""

    def __init__(self) -> None:
        self.moment = NOON

    def now(self) -> datetime:
        return self.moment


class Desk:
    """A house whose jobs are done when the test says so, with its outbox."""

    def __init__(self, counter: Counter, folder: Path, clock: MovingClock, tmp_path: Path) -> None:
        self.counter = counter
        self.folder = folder
        self.clock = clock
        self.tmp_path = tmp_path

    async def stranger(self, email: str | None = None) -> TerminalChat:
        return await TerminalChat.open(self.counter, email, self.tmp_path, None)

    async def do_jobs(self) -> None:
        await self.counter.jobs.app.run_worker_async(
            wait=False, install_signal_handlers=False, listen_notify=False
        )

    async def say(self, chat: TerminalChat, line: str) -> list[dict[str, Any]]:
        await self.counter.intake.accept(chat._message(line))
        await self.do_jobs()
        return await self.heard(chat)

    async def heard(self, chat: TerminalChat) -> list[dict[str, Any]]:
        async with self.counter.database.transaction() as session:
            posted = await Conversations(session).posted_since(chat.conversation_id, chat.seen)
        chat.seen = posted[-1].sequence if posted else chat.seen
        return [{"blocks": [dict(block) for block in reply.blocks]} for reply in posted]

    async def press(self, chat: TerminalChat, reply: dict[str, Any], label: str) -> list[dict[str, Any]]:
        token = next(choice["token"] for choice in choices_of(reply) if choice["label"] == label)
        return await self.say(chat, f'{{"press": "{token}"}}')

    def letters(self) -> list[Any]:
        paths = sorted(self.folder.glob("*.eml"))
        return [message_from_bytes(path.read_bytes(), policy=default) for path in paths]

    def code(self) -> str:
        found = re.search(r"\b\d{6}\b", self.letters()[-1].get_content())
        assert found is not None
        return found[0]

    def sql(self, statement: str) -> list[Any]:
        with psycopg.connect(self.counter.database.address) as connection:
            cursor = connection.execute(statement)
            return cursor.fetchall() if cursor.description else []

    def pass_time(self, **span: float) -> datetime:
        self.clock.moment += timedelta(**span)
        return self.clock.moment


@pytest.fixture
async def desk(
    new_database: Callable[[], str], settings: Settings, understander: Any, tmp_path: Path
) -> AsyncIterator[Desk]:
    folder, clock = tmp_path / "outbox", MovingClock()
    post = OutboxFolder(folder, "guichet@service-centre.example")
    async with open_counter(
        settings, clock=clock, understander=understander, address=new_database(), post=post
    ) as counter:
        yield Desk(counter, folder, clock, tmp_path)
