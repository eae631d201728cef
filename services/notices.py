"""Tell people what was changed for them (ACC-9): noted in the transaction of the change, told by a job of its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import delete, insert
from sqlalchemy.ext.asyncio import AsyncSession

from services.jobs import Jobs
from services.people import last_conversation
from services.records import AccessRequest, Conversation, Notice, PortalUser

TELL = "tell"


@dataclass(frozen=True, slots=True)
class Recipient:
    """Where a notice goes: a conversation, or else an address."""

    conversation_id: int | None
    account_id: int | None
    address: str | None
    name: str
    language: str


@dataclass(frozen=True, slots=True)
class NoticeRecord:
    """A notice still to be told."""

    id: int
    kind: str
    arguments: Mapping[str, Any]
    recipient: Recipient


class Notices:
    """Note what somebody is to be told, within one transaction."""

    def __init__(self, session: AsyncSession, jobs: Jobs) -> None:
        self._session = session
        self._jobs = jobs

    async def to_person(self, user_id: int, kind: str, language: str, **arguments: Any) -> None:
        """Tell a portal user in the chat they last wrote in, else by mail."""
        await self._note(kind, language, arguments, user_id=user_id)

    async def to_conversation(self, conversation_id: int, kind: str, language: str, **arguments: Any) -> None:
        """Tell whoever talks in a conversation."""
        await self._note(kind, language, arguments, conversation_id=conversation_id)

    async def to_address(self, address: str, kind: str, language: str, **arguments: Any) -> None:
        """Tell by mail."""
        await self._note(kind, language, arguments, address=address)

    async def _note(self, kind: str, language: str, arguments: Mapping[str, Any], **whom: Any) -> None:
        notice_id = await self._session.scalar(
            insert(Notice)
            .values(
                kind=kind, arguments=dict(arguments), language=language, created_at=datetime.now(UTC), **whom
            )
            .returning(Notice.id)
        )
        assert notice_id is not None
        await self._jobs.defer(self._session, TELL, notice_id=notice_id)


async def take_notice(session: AsyncSession, notice_id: int, now: datetime) -> NoticeRecord | None:
    """Mark a notice told, within the transaction that tells it, and say to whom; None where it was told before."""
    row = await session.get(Notice, notice_id, with_for_update=True)
    if row is None or row.done_at is not None:
        return None
    row.done_at = now
    await session.flush()
    notice = NoticeRecord(row.id, row.kind, row.arguments, await _recipient(session, row))
    # Once told, nobody needs the address any more.
    row.address = None
    return notice


async def remove_told(session: AsyncSession, before: datetime) -> int:
    """Remove what was told long ago, and requests for access that are over: both hold names and addresses."""
    gone = await session.scalars(delete(Notice).where(Notice.done_at < before).returning(Notice.id))
    await session.execute(
        delete(AccessRequest).where(
            AccessRequest.asked_at < before, AccessRequest.state.not_in(("new", "asked"))
        )
    )
    return len(gone.all())


async def _recipient(session: AsyncSession, row: Notice) -> Recipient:
    if row.address is not None:
        return Recipient(None, None, row.address, "", row.language)
    if row.conversation_id is not None:
        place = await session.get_one(Conversation, row.conversation_id)
        return Recipient(place.id, place.account_id, None, "", row.language)
    user = await session.get_one(PortalUser, row.user_id)
    found = await last_conversation(session, user.id)
    if found is None:
        return Recipient(None, None, user.email, user.name, user.language or row.language)
    conversation_id, account_id, language = found
    return Recipient(conversation_id, account_id, None, user.name, language or user.language or row.language)
