"""Let several people speak with the counter and with each other, through it."""

import asyncio
import json
import time
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from bot.channels.terminal import TerminalChat, choices_of
from bot.wiring import Counter
from services.conversations import Conversations
from tests.conftest import NOON

CLAIRE = "claire.dubois@lambert.example"
JORIS = "joris.peeters@vandamme.example"
HEIKE = "heike.schmitz@ostbelgien-versand.example"
MARC = "marc.lambert@lambert.example"
NORA = "nora.lejeune@lambert.example"
KARIM = "karim.benali@service-centre.example"
LOTTE = "lotte.wouters@service-centre.example"
PATIENCE_SECONDS = 20


@dataclass
class Speaker:
    """One person in one terminal; `heard` is everything said to them so far."""

    counter: Counter
    chat: TerminalChat
    heard: list[dict[str, Any]] = field(default_factory=list)

    @classmethod
    async def begin(
        cls, counter: Counter, email: str | None, folder: Path, now: datetime = NOON
    ) -> "Speaker":
        return cls(counter, await TerminalChat.open(counter, email, folder, now))

    async def say(self, line: str) -> str:
        """Say a line and give the text of what comes back, nothing where the bot is silent."""
        replies = [reply async for reply in self.chat.say(line)]
        self.heard += replies
        return "\n".join(reply["text"] for reply in replies)

    async def press(self, label: str) -> str:
        """Press a button of the last reply by its label."""
        return await self.say(json.dumps({"press": self.token(label)}))

    def token(self, label: str) -> str:
        """Give the token of a button of the last reply."""
        labels = {str(choice["label"]): str(choice["token"]) for choice in choices_of(self.heard[-1])}
        return labels[label]

    async def listen(self) -> str:
        """Wait for what somebody else causes to be said here."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < deadline:
            news = await self.look()
            if news:
                return news
            await asyncio.sleep(0.02)
        raise AssertionError("nobody said anything")

    async def look(self) -> str:
        """Give what has been said here since, without waiting."""
        async with self.counter.database.transaction() as session:
            posted = await Conversations(session).posted_since(self.chat.conversation_id, self.chat.seen)
        for reply in posted:
            self.chat.seen = reply.sequence
            self.heard.append(await self.chat._shown(reply))
        return "\n".join(reply["text"] for reply in self.heard[len(self.heard) - len(posted) :])

    async def open_ticket(self, words: str, confirm: str = "Envoyer") -> str:
        """Ask for a person and give the ticket's number."""
        await self.say("je veux parler à quelqu'un" if confirm == "Envoyer" else "ik wil iemand spreken")
        await self.say(words)
        promised = await self.press(confirm)
        return promised[promised.index("GC-") :][:14]
