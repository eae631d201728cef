"""Send the replies of the outbox to the platforms that want them pushed, each in its order, until they have it.

A channel that pushes (Slack, Telegram) is a `Courier`. Sending is a job of its own, under a lock of the conversation's
outbox: retried with growing pauses, or when the platform says (`Later`). What was sent is noted part by part, so that a
death in the middle sends no part again whose number we know.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Protocol

import structlog

from bot.clock import Clock
from bot.seals import FileGrant, Seals
from services.audit import AuditLog
from services.database import Database, Transaction
from services.departures import Departing, Departures
from services.files import FileRecord, Files
from services.jobs import Jobs, Later
from services.people import People

__all__ = ["Courier", "Later", "NotStarted", "Parcel", "Sending", "Undeliverable", "Unreachable"]

log = structlog.get_logger()

SENDING = "send"
ATTEMPTS = 60
WITHOUT_CHANNEL_SECONDS = 30


class Undeliverable(Exception):
    """The platform will never take this reply."""


class Unreachable(Undeliverable):
    """The platform takes no reply for this place, until something is heard from there: the person blocked the bot."""


class NotStarted(Unreachable):
    """The person has not opened the private talk yet: the reply is kept, and goes once something is heard there."""


class Note(Protocol):
    """What keeps the platform's number of a part."""

    async def __call__(self, platform_id: str, *, last: bool = False) -> None:
        """Keep a number; with `last` the reply is gone, in the same transaction."""


@dataclass(frozen=True, slots=True)
class Parcel:
    """One reply on its way, with what a courier needs beside it.

    `reply` holds the drawn blocks (docs/replies.md), the place, and the platform's numbers of the parts that went
    before. `note` keeps the number of each part once the platform has it, and takes the `last` one for the whole;
    `file` reads a file that its person may still
    have, else None; `link` gives an address of it on our own pages that expires, None where no public address is set.
    """

    reply: Departing
    note: Note
    file: Callable[[str], Awaitable[FileRecord | None]]
    link: Callable[[str], str | None]

    @property
    def parts_gone(self) -> int:
        """Count the parts that the platform has already."""
        return len(self.reply.platform_ids)


class Courier(Protocol):
    """What a channel that pushes does with a reply.

    Raises Later where the platform wants a pause, Undeliverable where it will never take it, Unreachable where it will
    take none for this place, NotStarted where it will once the person has written; any other error is tried again with
    growing pauses.
    """

    async def deliver(self, parcel: Parcel) -> None:
        """Send the parts of a reply that have not gone yet, noting each."""


@dataclass(slots=True)
class Sending:
    """The outbox's way out: it defers the sending of what is posted, and does it.

    `couriers` stand under the names of their channels; what is posted in other channels is read there.
    """

    database: Database
    jobs: Jobs
    clock: Clock
    seals: Seals
    public_url: str = ""
    couriers: dict[str, Courier] = field(default_factory=dict)

    def takes(self, channel: str) -> bool:
        """Tell whether replies to a channel are sent; those to others are read where they stand."""
        return channel in self.couriers

    async def announce(self, session: Transaction, conversation_id: int, outbox_id: int) -> None:
        """Defer the sending of a reply in the transaction that posts it."""
        await self.jobs.defer(session, SENDING, lock=f"outbox:{conversation_id}", outbox_id=outbox_id)

    async def send(self, outbox_id: int) -> None:
        """Send one reply, after those that waited for the person to write; run again, it sends what is left."""
        reply = await self._departing(outbox_id)
        if reply is None:
            return
        if reply.waiting and not reply.reachable:
            # It waits like those before it.
            return
        for earlier_id in reply.waiting:
            earlier = await self._departing(earlier_id)
            if earlier is not None and not await self._push(earlier):
                return
        await self._push(reply)

    async def _departing(self, outbox_id: int) -> Departing | None:
        async with self.database.transaction() as session:
            return await Departures(session).departing(outbox_id)

    async def _push(self, reply: Departing) -> bool:
        """Send one reply, or put it away; False where it is kept until something is heard from its place."""
        courier = self.couriers.get(reply.channel)
        if courier is None:
            # Posted when the channel was on; it may come back.
            raise Later(WITHOUT_CHANNEL_SECONDS)
        outbox_id, kept = reply.outbox_id, False
        refused_at: datetime | None = None
        gone = asyncio.Event()
        try:
            if reply.reachable:
                await courier.deliver(self._parcel(reply, gone))
        except Undeliverable as error:
            log.warning("undeliverable", channel=reply.channel, outbox_id=outbox_id, reason=str(error))
            refused_at = datetime.now(UTC) if isinstance(error, Unreachable) else None
            kept = isinstance(error, NotStarted)
        if gone.is_set():
            return True
        async with self.database.transaction() as session:
            departures = Departures(session)
            if refused_at is not None:
                await departures.note_unreachable(outbox_id, refused_at)
            if not kept:
                await departures.mark_sent(outbox_id, datetime.now(UTC))
        return not kept

    def _parcel(self, reply: Departing, gone: asyncio.Event) -> Parcel:
        async def note(platform_id: str, *, last: bool = False) -> None:
            async with self.database.transaction() as session:
                sent_at = datetime.now(UTC) if last else None
                await Departures(session).note_part(reply.outbox_id, platform_id, sent_at=sent_at)
            if last:
                gone.set()

        async def file(file_id: str) -> FileRecord | None:
            return await self._file(reply, file_id)

        def link(file_id: str) -> str | None:
            if not self.public_url or reply.user_id is None:
                return None
            grant = self.seals.file(FileGrant(file_id, reply.user_id))
            return f"{self.public_url.rstrip('/')}/files/{grant}"

        return Parcel(reply, note, file, link)

    async def _file(self, reply: Departing, file_id: str) -> FileRecord | None:
        """Read a file as its person, who must still be linked and may still have it (GEN-3), and write that down."""
        if reply.user_id is None or not reply.private:
            return None
        now = self.clock.now()
        async with self.database.transaction() as session:
            people = People(session)
            if await people.user(reply.user_id) is None:
                return None
            await people.enter_as(reply.user_id)
            file = await Files(session).read(file_id, now)
            if file is None or file.user_id != reply.user_id:
                return None
            await AuditLog(session).note(
                actor=reply.user_id,
                subject=file.company_id,
                action="file:sent",
                channel=reply.channel,
                at=now,
            )
            return file
