"""Take an event into the inbox once and defer its turn, in one transaction; then the channel may acknowledge."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from bot.checkpoints import Checkpoint, pass_by
from bot.message import Message
from services.conversations import Conversations, Pace
from services.database import Database
from services.jobs import Jobs
from services.people import find_place
from services.uploads import Uploads, new_upload_id

TURN = "turn"
MOST_UPLOAD_BYTES = 10_000_000
# A PDF begins with this, a little later where something was put before it.
PDF_MARK, HEAD_BYTES = b"%PDF-", 1024


@dataclass(frozen=True, slots=True)
class Accepted:
    """What became of an event; `inbox_id` is None where it had been taken in before, or means nothing.

    `foreign` says that a button was pressed which was not made for who pressed it, or which does not exist.
    """

    conversation_id: int
    inbox_id: int | None
    foreign: bool = False


class Intake:
    """The one door for events of all channels."""

    def __init__(
        self,
        database: Database,
        jobs: Jobs,
        pace: Pace,
        checkpoint: Checkpoint = pass_by,
        *,
        most_upload_bytes: int = MOST_UPLOAD_BYTES,
    ) -> None:
        self._database = database
        self._jobs = jobs
        self._pace = pace
        self._checkpoint = checkpoint
        self._most_upload_bytes = most_upload_bytes

    async def accept(self, message: Message) -> Accepted:
        """Note the event and defer its turn; the same event again changes nothing."""
        now = datetime.now(UTC)
        async with self._database.transaction() as session:
            conversation_id = await find_place(
                session, message.channel, message.account_key, message.place_key, private=message.private
            )
            conversations = Conversations(session)
            event = await self._event(conversations, conversation_id, message, now)
            if event is None:
                assert message.press is not None
                is_theirs = await conversations.has_button(conversation_id, message.press)
                return Accepted(conversation_id, None, foreign=not is_theirs)
            event_id, content = event
            if message.upload is not None:
                content["upload"] = self._ticket_of(message.upload)
            received = await conversations.receive(
                conversation_id, event_id, content, now=now, pace=self._pace
            )
            if received.inbox_id is not None:
                if message.upload is not None and "upload" in content["upload"]:
                    uploads = Uploads(session, conversation_id)
                    await uploads.keep(content["upload"]["upload"], message.upload, now)
                await self._jobs.defer(
                    session,
                    TURN,
                    lock=f"conversation:{conversation_id}",
                    delay=received.delay or None,
                    inbox_id=received.inbox_id,
                )
        self._checkpoint("received")
        return Accepted(conversation_id, received.inbox_id)

    def _ticket_of(self, upload: bytes) -> dict[str, str]:
        """Name a file that is kept apart from its message; what cannot be checked is not kept at all."""
        if len(upload) > self._most_upload_bytes:
            return {"refused": "too_large"}
        if PDF_MARK not in upload[:HEAD_BYTES]:
            return {"refused": "not_a_pdf"}
        return {"upload": new_upload_id()}

    async def _event(
        self, conversations: Conversations, conversation_id: int, message: Message, now: datetime
    ) -> tuple[str, dict[str, Any]] | None:
        """Give the event's identity and content; a button's press is looked up, a forged one is nothing."""
        if message.press is None:
            return message.event_id, message.content()
        pressed = await conversations.press(conversation_id, message.press, now)
        if pressed is None:
            return None
        content = replace(message, text="").content()
        content.update(action=dict(pressed.action), label=pressed.label)
        # Not the button but the click is the event: told again after a lost answer, it has its effect once.
        return message.event_id, content
