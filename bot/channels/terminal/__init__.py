"""Chat in a terminal, for people and for scripts."""

from __future__ import annotations

import asyncio
import json
import secrets
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bot.drawing import plain
from bot.message import FormValues, Message
from bot.sessions import load_session
from bot.wiring import Counter
from services.conversations import Conversations, Posted
from services.files import Files
from services.on_behalf import OnBehalf
from services.people import People, find_account, find_conversation

CHANNEL = "terminal"
LOOK_AGAIN_SECONDS = 0.02
FILE_COMMAND = "/file"
MOST_FILE_BYTES = 25_000_000


class UnknownPerson(Exception):
    """Nobody on the portal has the address that `--as` names."""


@dataclass
class TerminalChat:
    """One person's conversation in a terminal.

    `fixed_now` fixes the clock of each message; `folder` is where received files are saved.
    """

    counter: Counter
    account_id: int
    account_key: str
    conversation_id: int
    user_id: int | None
    folder: Path
    fixed_now: datetime | None = None
    seen: int = 0

    @classmethod
    async def open(
        cls, counter: Counter, email: str | None, folder: Path, fixed_now: datetime | None
    ) -> TerminalChat:
        """Begin a new conversation as somebody, or as a stranger.

        Raises UnknownPerson. Whoever can open the database may speak as anybody: this is the operator's channel.
        """
        account_key = f"{email or 'stranger'}:{secrets.token_hex(6)}"
        async with counter.database.transaction() as session:
            people, user_id = People(session), None
            if email is not None:
                user = await people.user_by_email(email)
                if user is None:
                    raise UnknownPerson(email)
                user_id = user.id
            account_id = await find_account(session, CHANNEL, account_key)
            await people.link(account_id, user_id)
            conversation_id = await find_conversation(session, account_id, "terminal", private=True)
        return cls(counter, account_id, account_key, conversation_id, user_id, folder, fixed_now)

    async def say(self, line: str) -> AsyncIterator[dict[str, Any]]:
        """Say a line and give each reply, until nothing more is promised."""
        accepted = await self.counter.intake.accept(self._message(line))
        if accepted.inbox_id is None:
            return
        while True:
            async with self.counter.database.transaction() as session:
                conversations = Conversations(session)
                waiting = await conversations.open_work(self.conversation_id)
                posted = await conversations.posted_since(self.conversation_id, self.seen)
            for reply in posted:
                self.seen = reply.sequence
                yield await self._shown(reply)
            if not waiting and not posted:
                return
            await asyncio.sleep(LOOK_AGAIN_SECONDS)

    def _message(self, line: str) -> Message:
        parts = _parse(line)
        form = parts.get("form")
        return Message(
            channel=CHANNEL,
            account_key=self.account_key,
            place_key="terminal",
            event_id=str(parts.get("event_id") or secrets.token_hex(8)),
            text=parts.get("text", ""),
            press=parts.get("press"),
            form=FormValues(form["key"], form["values"]) if form else None,
            unreadable=parts.get("unreadable"),
            upload=_content_of(parts.get("file")),
            now=self.fixed_now,
        )

    async def _shown(self, reply: Posted) -> dict[str, Any]:
        blocks = [dict(block) for block in reply.blocks]
        for block in blocks:
            if block["type"] == "file":
                block["path"] = str(await self._save(block["file_id"], block["name"]))
        return {
            "sequence": reply.sequence,
            "language": reply.language,
            "text": text_of(blocks),
            "blocks": blocks,
        }

    async def _save(self, file_id: str, name: str) -> Path:
        async with self.counter.database.transaction() as session:
            now = self.fixed_now or self.counter.house.clock.now()
            await load_session(
                People(session), self.account_id, private=True, on_behalf=OnBehalf(session), now=now
            )
            file = await Files(session).read(file_id, datetime.now(UTC))
        assert file is not None
        await asyncio.to_thread(self.folder.mkdir, parents=True, exist_ok=True)
        path = self.folder / f"{file_id[:6]}-{Path(name).name}"
        await asyncio.to_thread(path.write_bytes, file.content)
        return path


def _content_of(path: str | None) -> bytes | None:
    """Read a file of this machine, as far as a file is taken; one that cannot be read is empty."""
    if path is None:
        return None
    try:
        with Path(path).expanduser().open("rb") as file:
            return file.read(MOST_FILE_BYTES + 1)
    except OSError:
        return b""


def _parse(line: str) -> dict[str, Any]:
    """Read a line: a JSON object with `text`, `press`, `form` or `file`, `/file PATH`, or else the words themselves."""
    command, _, path = line.strip().partition(" ")
    if command == FILE_COMMAND and path:
        return {"file": path.strip()}
    if line.lstrip().startswith("{"):
        try:
            parsed = json.loads(line)
        except ValueError:
            return {"text": line}
        if isinstance(parsed, dict) and _is_an_event(parsed):
            return parsed
    return {"text": line}


def _is_an_event(parsed: dict[str, Any]) -> bool:
    """Tell an event from words in braces: one thing said, of its type, with nothing that cannot be kept."""
    kinds = {"text": str, "press": str, "form": dict, "unreadable": str, "file": str}
    said = [name for name in kinds if name in parsed]
    if len(said) != 1 or not isinstance(parsed[said[0]], kinds[said[0]]):
        return False
    form, press = parsed.get("form"), parsed.get("press")
    if form is not None and not (isinstance(form.get("key"), str) and isinstance(form.get("values"), dict)):
        return False
    return press is None or (press.isascii() and press.isprintable())


def text_of(blocks: list[dict[str, Any]]) -> str:
    """Give a reply as plain text; a table's buttons stand under it, so that all are numbered as in `choices_of`."""
    lines, first = [], 1
    for block in blocks:
        choices = choices_of({"blocks": [block]})
        lines.append(plain(block, first))
        if block["type"] == "table" and choices:
            numbered = enumerate(
                ((row[0], choice) for row, of_row in _rows(block) for choice in of_row), first
            )
            lines.extend(f"[{number}] {choice['label']} {name}" for number, (name, choice) in numbered)
        first += len(choices)
    return "\n".join(lines)


def _rows(block: dict[str, Any]) -> list[tuple[list[str], list[dict[str, Any]]]]:
    return list(zip(block["rows"], block["row_choices"], strict=True))


def choices_of(reply: dict[str, Any]) -> list[dict[str, Any]]:
    """List what can be pressed in a reply, in the order in which it is numbered."""
    found: list[dict[str, Any]] = []
    for block in reply["blocks"]:
        if block["type"] == "choices":
            found.extend(block["choices"])
        elif block["type"] == "table":
            found.extend(choice for row in block["row_choices"] for choice in row)
        elif block["type"] == "form":
            asked = next((field for field in block["fields"] if field["name"] == block["asked"]), None)
            if asked:
                found.extend(option for option in asked["suggestions"] or asked["options"])
            ways = (block["confirm"], block["cancel"], block.get("skip"), block.get("back"))
            found.extend(choice for choice in ways if choice)
    return [choice for choice in found if choice.get("token")]
