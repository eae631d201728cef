"""Keep what becomes of the replies that platforms are given: which parts went, who cannot be reached, which thread."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Text, func, literal, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from services.records import ChatAccount, Conversation, InboxMessage, OutboxMessage

# Longer than this, an answer that could not be given answers nothing any more.
KEPT_WAITING = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Departing:
    """A reply that a platform is to be given; `platform_ids` number the parts that it has already.

    `answers` is the platform's identity of the message answered; `user_id` is the person now linked to the account.
    `reachable` is False where the platform refused to carry anything there, and nothing was heard from there since.
    `waiting` are the replies before it, of the last day, that were kept for the moment when something is heard.
    """

    outbox_id: int
    channel: str
    account_key: str
    place_key: str
    private: bool
    user_id: int | None
    language: str
    blocks: Sequence[Mapping[str, Any]]
    platform_ids: Sequence[str]
    answers: str | None
    thread: str | None
    posted_at: datetime
    reachable: bool = True
    thread_root: str | None = None
    waiting: tuple[int, ...] = ()


class Departures:
    """The outbox as platforms empty it, within one transaction."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def departing(self, outbox_id: int) -> Departing | None:
        """Read a reply that is to be sent; None where it has gone."""
        found = (
            await self._session.execute(
                select(OutboxMessage, Conversation, ChatAccount, InboxMessage.event_id)
                .join(Conversation, Conversation.id == OutboxMessage.conversation_id)
                .join(ChatAccount, ChatAccount.id == Conversation.account_id)
                .outerjoin(InboxMessage, InboxMessage.id == OutboxMessage.inbox_id)
                .where(OutboxMessage.id == outbox_id, OutboxMessage.sent_at.is_(None))
            )
        ).one_or_none()
        if found is None:
            return None
        row, conversation, account, answered = found
        return Departing(
            row.id,
            account.channel,
            account.account_key,
            conversation.place_key,
            conversation.private,
            account.user_id,
            row.language,
            row.blocks,
            tuple(row.platform_ids),
            answered,
            row.thread,
            row.created_at,
            await self._is_reachable(conversation),
            None if row.thread is None else await self._thread_root(row),
            () if conversation.unreachable_since is None else await self._waiting_before(row),
        )

    async def _waiting_before(self, row: OutboxMessage) -> tuple[int, ...]:
        found = await self._session.scalars(
            select(OutboxMessage.id)
            .where(
                OutboxMessage.conversation_id == row.conversation_id,
                OutboxMessage.id < row.id,
                OutboxMessage.sent_at.is_(None),
                OutboxMessage.created_at > row.created_at - KEPT_WAITING,
            )
            .order_by(OutboxMessage.id)
        )
        return tuple(found)

    async def _thread_root(self, row: OutboxMessage) -> str | None:
        """Give the platform's number of what begins a thread of a conversation; None for its first reply."""
        numbers = await self._session.scalar(
            select(OutboxMessage.platform_ids)
            .where(
                OutboxMessage.conversation_id == row.conversation_id,
                OutboxMessage.thread == row.thread,
                OutboxMessage.id < row.id,
                OutboxMessage.platform_ids != [],
            )
            .order_by(OutboxMessage.id)
            .limit(1)
        )
        return str(numbers[0]) if numbers else None

    async def thread_at(self, conversation_id: int, platform_id: str) -> str | None:
        """Name the thread that a platform's number stands in; None where it stands in none of ours."""
        return await self._session.scalar(
            select(OutboxMessage.thread)
            .where(
                OutboxMessage.conversation_id == conversation_id,
                OutboxMessage.thread.is_not(None),
                OutboxMessage.platform_ids.contains([platform_id]),
            )
            .limit(1)
        )

    async def _is_reachable(self, conversation: Conversation) -> bool:
        if conversation.unreachable_since is None:
            return True
        heard = await self._session.scalar(
            select(InboxMessage.id)
            .where(
                InboxMessage.conversation_id == conversation.id,
                InboxMessage.received_at > conversation.unreachable_since,
            )
            .limit(1)
        )
        return heard is not None

    async def note_unreachable(self, outbox_id: int, now: datetime) -> None:
        """Keep that the platform carries nothing to a reply's place, until something is heard from there."""
        row = await self._session.get_one(OutboxMessage, outbox_id)
        await self._session.execute(
            update(Conversation).where(Conversation.id == row.conversation_id).values(unreachable_since=now)
        )

    async def note_part(self, outbox_id: int, platform_id: str, *, sent_at: datetime | None = None) -> None:
        """Keep the platform's number of a part of a reply that it has taken; `sent_at` where it is the last one."""
        number = func.to_jsonb(literal(platform_id, Text))
        await self._session.execute(
            update(OutboxMessage)
            .where(OutboxMessage.id == outbox_id)
            .values(platform_ids=OutboxMessage.platform_ids.concat(number), sent_at=sent_at)
        )

    async def mark_sent(self, outbox_id: int, now: datetime) -> None:
        """Mark a reply as gone."""
        await self._session.execute(
            update(OutboxMessage).where(OutboxMessage.id == outbox_id).values(sent_at=now)
        )
