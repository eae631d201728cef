"""Keep what comes in and what goes out so that a death at any instant loses and doubles nothing."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Protocol

from sqlalchemy import delete, func, select, text, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from services.people import find_conversation
from services.records import (
    Button,
    ChatAccount,
    Conversation,
    FollowUp,
    InboxMessage,
    Miss,
    OutboxMessage,
)

NEWS_CHANNEL = "guichet_news"
PRESS_AGAIN_AFTER = timedelta(seconds=5)
# Under these names a transaction's session keeps what it has locked.
HELD, TAKEN = "held conversations", "taken message"
WAY_OUT = "way out"


@dataclass(frozen=True, slots=True)
class Received:
    """What became of an event: `inbox_id` is None where it had come before."""

    inbox_id: int | None
    delay: timedelta = timedelta(0)


@dataclass(frozen=True, slots=True)
class Taken:
    """A message whose turn it is, with its conversation held until the transaction ends."""

    inbox_id: int
    conversation_id: int
    account_id: int
    channel: str
    private: bool
    event_id: str
    content: Mapping[str, Any]
    state: Mapping[str, Any]
    slowed: bool


@dataclass(frozen=True, slots=True)
class Posted:
    """A reply as it went out; `blocks` are drawn (bot.drawing)."""

    id: int
    sequence: int
    inbox_id: int | None
    language: str
    blocks: Sequence[Mapping[str, Any]]
    created_at: datetime


class WayOut(Protocol):
    """What is told of the replies to channels that push, in the transaction that posts them."""

    def takes(self, channel: str) -> bool:
        """Tell whether replies to a channel are sent; those to others are read where they stand."""

    async def announce(self, session: AsyncSession, conversation_id: int, outbox_id: int) -> None:
        """Hear of a reply."""


@dataclass(frozen=True, slots=True)
class Written:
    """A message as it came in, passwords blanked; `event_id` is the platform's identity of it."""

    id: int
    event_id: str
    content: Mapping[str, Any]
    received_at: datetime


@dataclass(frozen=True, slots=True)
class Pressed:
    """What a button meant when it was pressed for the n-th time."""

    action: Mapping[str, Any]
    label: str
    presses: int


@dataclass(frozen=True, slots=True)
class Promised:
    """Long work to do, with its conversation held until the transaction ends."""

    id: int
    conversation_id: int
    account_id: int
    kind: str
    arguments: Mapping[str, Any]
    language: str
    created_at: datetime
    attempts: int


@dataclass(frozen=True, slots=True)
class Pace:
    """How many messages of one conversation get their turn within how many seconds."""

    messages: int = 30
    seconds: int = 60


class Conversations:
    """The inbox, the outbox, the buttons and the promises of conversations, within one transaction."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def receive(
        self,
        conversation_id: int,
        event_id: str,
        content: Mapping[str, Any],
        *,
        now: datetime,
        pace: Pace,
    ) -> Received:
        """Note an event once; somebody very fast gets a later turn, nobody else waits for it."""
        due_at = max(now, await self._next_turn(conversation_id, pace) or now)
        inbox_id = await self._session.scalar(
            insert(InboxMessage)
            .values(
                conversation_id=conversation_id,
                event_id=event_id,
                content=dict(content),
                received_at=now,
                due_at=due_at,
            )
            .on_conflict_do_nothing()
            .returning(InboxMessage.id)
        )
        return Received(inbox_id, due_at - now)

    async def _next_turn(self, conversation_id: int, pace: Pace) -> datetime | None:
        earlier = await self._session.scalar(
            select(InboxMessage.due_at)
            .where(InboxMessage.conversation_id == conversation_id)
            .order_by(InboxMessage.due_at.desc())
            .offset(pace.messages - 1)
            .limit(1)
        )
        return None if earlier is None else earlier + timedelta(seconds=pace.seconds)

    async def take(self, inbox_id: int) -> Taken | None:
        """Take a message for its turn and hold its conversation; None where its turn is over."""
        row = await self._session.get(InboxMessage, inbox_id, with_for_update=True)
        if row is None or row.done_at is not None:
            return None
        # A session forgets what nobody else keeps: kept here, `finish` need not read the row again.
        self._session.info[TAKEN] = row
        conversation, account = await self._hold(row.conversation_id)
        return Taken(
            row.id,
            conversation.id,
            account.id,
            account.channel,
            conversation.private,
            row.event_id,
            row.content,
            conversation.state,
            row.due_at > row.received_at,
        )

    async def _hold(self, conversation_id: int) -> tuple[Conversation, ChatAccount]:
        """Lock a conversation until the transaction ends: once, however often it is asked for."""
        held: dict[int, tuple[Conversation, ChatAccount]] = self._session.info.setdefault(HELD, {})
        if conversation_id not in held:
            conversation = await self._session.get_one(
                Conversation, conversation_id, with_for_update=True, populate_existing=True
            )
            account = await self._session.get_one(ChatAccount, conversation.account_id)
            held[conversation_id] = conversation, account
        return held[conversation_id]

    async def lead_aside(self, taken: Taken, place_key: str, now: datetime) -> tuple[int, int]:
        """Put a message, as it is, into its person's private talk as well; give that conversation's and its own id."""
        aside_id = await find_conversation(self._session, taken.account_id, place_key, private=True)
        inbox_id = await self._session.scalar(
            insert(InboxMessage)
            .values(
                conversation_id=aside_id,
                event_id=taken.event_id,
                content=dict(taken.content),
                received_at=now,
                due_at=now,
            )
            .returning(InboxMessage.id)
        )
        assert inbox_id is not None
        return aside_id, inbox_id

    async def finish(self, inbox_id: int, state: Mapping[str, Any], now: datetime) -> None:
        """Mark a message done and keep its conversation's new state."""
        row = await self._session.get_one(InboxMessage, inbox_id)
        row.done_at = now
        conversation, _account = await self._hold(row.conversation_id)
        conversation.state = dict(state)
        await self._session.flush()

    async def post(
        self,
        conversation_id: int,
        blocks: Sequence[Mapping[str, Any]],
        language: str,
        *,
        now: datetime,
        inbox_id: int | None = None,
        follow_up_id: int | None = None,
        thread: str | None = None,
    ) -> None:
        """Put a reply in the outbox, numbered in the order in which readers will find it; `thread` names its ticket."""
        conversation, account = await self._hold(conversation_id)
        conversation.last_sequence += 1
        row = OutboxMessage(
            conversation_id=conversation_id,
            sequence=conversation.last_sequence,
            inbox_id=inbox_id,
            follow_up_id=follow_up_id,
            language=language,
            blocks=list(blocks),
            created_at=now,
            thread=thread,
        )
        self._session.add(row)
        # Told at commit, whenever it is said; the row is written together with the others of the transaction.
        with self._session.no_autoflush:
            await self._session.execute(
                text("SELECT pg_notify(:channel, :conversation)"),
                {"channel": NEWS_CHANNEL, "conversation": str(conversation_id)},
            )
        way_out: WayOut | None = self._session.info.get(WAY_OUT)
        if way_out is not None and way_out.takes(account.channel):
            await self._session.flush()
            await way_out.announce(self._session, conversation_id, row.id)

    async def posted_since(
        self, conversation_id: int, sequence: int, *, latest: int | None = None
    ) -> tuple[Posted, ...]:
        """Read the replies after a number, in order; only the `latest` so many of them where that is given."""
        rows = await self._session.scalars(
            select(OutboxMessage)
            .where(OutboxMessage.conversation_id == conversation_id, OutboxMessage.sequence > sequence)
            .order_by(OutboxMessage.sequence.desc())
            .limit(latest)
        )
        return tuple(
            Posted(row.id, row.sequence, row.inbox_id, row.language, row.blocks, row.created_at)
            for row in reversed(rows.all())
        )

    async def written_since(
        self, conversation_id: int, inbox_id: int, *, latest: int | None = None
    ) -> tuple[Written, ...]:
        """Read what the person wrote after an inbox id, in order: the other half of the conversation."""
        rows = await self._session.scalars(
            select(InboxMessage)
            .where(InboxMessage.conversation_id == conversation_id, InboxMessage.id > inbox_id)
            .order_by(InboxMessage.id.desc())
            .limit(latest)
        )
        return tuple(
            Written(row.id, row.event_id, row.content, row.received_at) for row in reversed(rows.all())
        )

    async def state_of(self, conversation_id: int) -> Mapping[str, Any]:
        """Read a conversation's state between turns, without holding it."""
        return (await self._session.get_one(Conversation, conversation_id, populate_existing=True)).state

    async def open_work(self, conversation_id: int) -> int:
        """Count the messages and promises of a conversation that are still to be answered."""
        waiting = await self._session.scalar(
            select(func.count())
            .select_from(InboxMessage)
            .where(InboxMessage.conversation_id == conversation_id, InboxMessage.done_at.is_(None))
        )
        promised = await self._session.scalar(
            select(func.count())
            .select_from(FollowUp)
            .where(
                FollowUp.conversation_id == conversation_id,
                FollowUp.done_at.is_(None),
                # What was postponed comes by itself, at a time that nobody waits for.
                FollowUp.attempts == 0,
            )
        )
        return (waiting or 0) + (promised or 0)

    async def make_button(
        self,
        conversation_id: int,
        action: Mapping[str, Any],
        label: str,
        *,
        repeatable: bool,
        now: datetime,
    ) -> str:
        """Keep what a button means and give its token."""
        token = secrets.token_urlsafe(12)
        self._session.add(
            Button(
                token=token,
                conversation_id=conversation_id,
                action=dict(action),
                label=label,
                repeatable=repeatable,
                created_at=now,
            )
        )
        return token

    async def press(self, conversation_id: int, token: str, now: datetime) -> Pressed | None:
        """Press a button of this conversation; None for a forged token or a second press of the same click."""
        row = await self._session.get(Button, token, with_for_update=True)
        if row is None or row.conversation_id != conversation_id:
            return None
        if row.pressed_at is not None and (not row.repeatable or now - row.pressed_at < PRESS_AGAIN_AFTER):
            return None
        row.presses += 1
        row.pressed_at = now
        return Pressed(row.action, row.label, row.presses)

    async def has_button(self, conversation_id: int, token: str) -> bool:
        """Tell whether a button was made for this conversation."""
        row = await self._session.get(Button, token)
        return row is not None and row.conversation_id == conversation_id

    async def promise(
        self, conversation_id: int, kind: str, arguments: Mapping[str, Any], language: str, now: datetime
    ) -> int:
        """Note long work to be done and give its id."""
        row = FollowUp(
            conversation_id=conversation_id,
            kind=kind,
            arguments=dict(arguments),
            language=language,
            created_at=now,
        )
        self._session.add(row)
        await self._session.flush()
        return row.id

    async def promised(self, follow_up_id: int) -> Promised | None:
        """Read a promise that is still to be kept, without holding anything."""
        row = await self._session.get(FollowUp, follow_up_id)
        if row is None or row.done_at is not None:
            return None
        conversation = await self._session.get_one(Conversation, row.conversation_id)
        return Promised(
            row.id,
            conversation.id,
            conversation.account_id,
            row.kind,
            row.arguments,
            row.language,
            row.created_at,
            row.attempts,
        )

    async def postpone(self, promised: Promised) -> bool | None:
        """Note that a promise has to wait; True where it is the first of its conversation that does.

        None where another process has noted this or kept the promise meanwhile.
        """
        await self._hold(promised.conversation_id)
        noted = await self._session.scalar(
            update(FollowUp)
            .where(
                FollowUp.id == promised.id,
                FollowUp.done_at.is_(None),
                FollowUp.attempts == promised.attempts,
            )
            .values(attempts=promised.attempts + 1)
            .returning(FollowUp.id)
        )
        if noted is None:
            return None
        others = await self._session.scalar(
            select(func.count())
            .select_from(FollowUp)
            .where(
                FollowUp.conversation_id == promised.conversation_id,
                FollowUp.id != promised.id,
                FollowUp.done_at.is_(None),
                FollowUp.attempts > 0,
            )
        )
        return promised.attempts == 0 and not others

    async def note_made(self, follow_up_id: int, part: str) -> None:
        """Note that a part of a promise is made and kept: tried again, it need not be made once more."""
        row = await self._session.get_one(FollowUp, follow_up_id, with_for_update=True)
        row.arguments = {**row.arguments, "made": [*row.arguments.get("made", ()), part]}
        await self._session.flush()

    async def keep_promise(self, follow_up_id: int, now: datetime) -> bool:
        """Mark a promise kept; False where another process has kept it meanwhile."""
        kept = await self._session.scalar(
            update(FollowUp)
            .where(FollowUp.id == follow_up_id, FollowUp.done_at.is_(None))
            .values(done_at=now)
            .returning(FollowUp.id)
        )
        return kept is not None

    async def note_miss(
        self,
        *,
        day: date,
        words: str,
        language: str | None,
        outcome: str,
        intent: str,
        chosen: str | None = None,
    ) -> None:
        """Note a message that was not surely understood; the same one again only counts."""
        statement = insert(Miss).values(
            day=day, text=words, language=language, outcome=outcome, intent=intent, chosen=chosen
        )
        await self._session.execute(
            statement.on_conflict_do_update(
                index_elements=["text", "outcome"],
                set_={"count": Miss.count + 1, "day": day, "chosen": func.coalesce(chosen, Miss.chosen)},
            )
        )

    async def note_choice(self, words: str, chosen: str) -> None:
        """Note what the person meant when they were asked back."""
        await self._session.execute(
            update(Miss).where(Miss.text == words, Miss.outcome == "clarify").values(chosen=chosen)
        )


async def remove_old(session: AsyncSession, before: datetime) -> int:
    """Remove what was said before a moment, with its replies and buttons, and say how many messages went."""
    await session.execute(delete(Button).where(Button.created_at < before))
    await session.execute(delete(FollowUp).where(FollowUp.done_at < before))
    await session.execute(delete(OutboxMessage).where(OutboxMessage.created_at < before))
    gone = await session.execute(
        delete(InboxMessage).where(InboxMessage.done_at < before).returning(InboxMessage.id)
    )
    await session.execute(delete(Miss).where(Miss.day < before.date()))
    # What a conversation remembers, its last lines among it, goes with the last of its messages.
    silent = ~select(InboxMessage.id).where(InboxMessage.conversation_id == Conversation.id).exists()
    await session.execute(
        update(Conversation).where(silent, Conversation.state != {}).values(state={}),
        execution_options={"synchronize_session": False},
    )
    return len(gone.all())


@dataclass(frozen=True, slots=True)
class MissRecord:
    """A message that was not surely understood, and how often."""

    count: int
    language: str | None
    outcome: str
    intent: str
    chosen: str | None
    text: str


async def frequent_misses(session: AsyncSession, limit: int) -> tuple[MissRecord, ...]:
    """List the most frequent misses."""
    rows = await session.scalars(select(Miss).order_by(Miss.count.desc(), Miss.id.desc()).limit(limit))
    return tuple(
        MissRecord(row.count, row.language, row.outcome, row.intent, row.chosen, row.text) for row in rows
    )
