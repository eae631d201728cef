"""Show a conversation to its page: both halves in order, files with addresses that work for a while."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from bot.channels.web.front import Front, Place
from bot.drawing import plain
from bot.seals import FileGrant
from bot.state import ConversationState
from services.conversations import Conversations, Posted, Written
from services.people import People

Json = dict[str, Any]

# What a page shows of an old conversation at once.
LATEST = 100
WITH_FILE = ("file", "picture")


@dataclass(frozen=True, slots=True)
class Event:
    """One thing a page is told: `reply`, `said`, `state` or `cut`; replies have a number to resume from."""

    kind: str
    content: Json
    sequence: int | None = None


@dataclass(slots=True)
class Reader:
    """Read a conversation from a number on: `sequence` is the last reply seen, `inbox_id` the last message."""

    front: Front
    place: Place
    sequence: int = 0
    inbox_id: int = 0
    state: Json | None = None

    async def news(self) -> list[Event]:
        """Read what has come since the last time."""
        conversation_id = self.place.conversation_id
        async with self.front.counter.database.transaction() as session:
            conversations = Conversations(session)
            account = await People(session).account(self.place.account_id)
            # Replies first: a message is always there before its reply is, so none appears without its question.
            posted = await conversations.posted_since(conversation_id, self.sequence, latest=LATEST)
            written = await conversations.written_since(conversation_id, self.inbox_id, latest=LATEST)
            waiting = await conversations.open_work(conversation_id)
            kept = ConversationState.load(await conversations.state_of(conversation_id))
        shown, was_cut = self._without_older(posted, written)
        events = [Event("cut", {})] if was_cut else []
        events.extend(self._draw(part, account.user_id) for part in in_order(posted, shown))
        self.sequence = posted[-1].sequence if posted else self.sequence
        self.inbox_id = written[-1].id if written else self.inbox_id
        state = {"waiting": waiting, "forms": [form.key for form in kept.forms]}
        if events or state != self.state:
            self.state = state
            events.append(Event("state", state))
        return events

    def _without_older(
        self, posted: Sequence[Posted], written: Sequence[Written]
    ) -> tuple[Sequence[Written], bool]:
        """Drop the messages from before the first reply shown, where older replies are not shown."""
        if len(posted) < LATEST or posted[0].sequence == self.sequence + 1:
            return written, False
        first = next((reply.inbox_id for reply in posted if reply.inbox_id is not None), 0)
        return [message for message in written if message.id >= first], True

    def _draw(self, part: Posted | Written, user_id: int | None) -> Event:
        if isinstance(part, Written):
            return Event("said", said(part))
        return Event("reply", replied(self.front, part, user_id), part.sequence)


def in_order(posted: Sequence[Posted], written: Sequence[Written]) -> Iterator[Posted | Written]:
    """Put each reply behind the message it answers, and what waits for an answer at the end."""
    waiting = list(written)
    for reply in posted:
        while waiting and reply.inbox_id is not None and waiting[0].id <= reply.inbox_id:
            yield waiting.pop(0)
        yield reply
    yield from waiting


def said(written: Written) -> Json:
    """Give a person's own message as the page shows it, under the identity that the page gave it."""
    content = written.content
    return {
        "id": written.event_id,
        "inbox": written.id,
        "text": content.get("label") or content.get("text") or "",
        "press": content.get("press"),
        "form": content.get("form"),
        "unreadable": content.get("unreadable") or ("file" if content.get("upload") else None),
        "at": written.received_at.isoformat(),
    }


def replied(front: Front, reply: Posted, user_id: int | None) -> Json:
    """Give a reply in the documented shape (docs/replies.md), with the message it answers and when."""
    blocks = [dict(block) for block in reply.blocks]
    for block in blocks:
        if block["type"] in WITH_FILE and user_id is not None:
            block.update(file_address(front, block["file_id"], user_id))
    return {
        "sequence": reply.sequence,
        "language": reply.language,
        "text": "\n".join(plain(block) for block in blocks),
        "blocks": blocks,
        "inbox": reply.inbox_id,
        "at": reply.created_at.isoformat(),
    }


def file_address(front: Front, file_id: str, user_id: int) -> Json:
    """Give a file's address, relative to the page's site, and until when it works."""
    until = front.clock.now() + timedelta(minutes=front.counter.settings.file_minutes)
    return {"url": f"/files/{front.seals.file(FileGrant(file_id, user_id))}", "until": until.isoformat()}
