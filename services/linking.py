"""Link a chat account to a portal user by a code sent to the user's address (ACC-8).

Nothing here tells whether an address is known: the same rows are written and the same work is done for both.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, or_, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from services.audit import AuditLog
from services.errors import GuichetError
from services.jobs import Jobs
from services.records import ChatAccount, Conversation, LinkCode, LinkLock, PortalUser

LINK_MAIL = "link_mail"
VALID = timedelta(minutes=10)
LOCKED = timedelta(minutes=15)
MOST_TRIES = 5
# Each code is a mail: more of them than tries serve nobody but those who want to flood a mailbox.
MOST_CODES = 6
# Compared with where there is no code, so that a guess costs the same.
NO_DIGEST = bytes(32)


@dataclass
class WrongCode(GuichetError):
    """A code is not the one sent, or too old; `tries_left` more may be tried."""

    tries_left: int


@dataclass
class LinkLocked(GuichetError):
    """Too many wrong codes: nothing more is taken before a moment."""

    until: datetime


@dataclass(frozen=True, slots=True)
class FreshCode:
    """A code to be sent, which is kept nowhere, and to whom."""

    code: str
    user_id: int
    name: str
    address: str
    language: str | None


class Linking:
    """The links of one chat account, within one transaction; `secret` keys the digests."""

    def __init__(self, session: AsyncSession, jobs: Jobs, secret: str, account_id: int) -> None:
        self._session = session
        self._jobs = jobs
        self._secret = secret.encode()
        self._account_id = account_id

    async def ask(self, email: str, language: str, now: datetime) -> None:
        """Ask for a code; a job makes and sends it, if the address is somebody's. Raises LinkLocked."""
        address = self._address(email)
        await self._check_locks(await self._hold_locks(self._keys(address), now), now)
        await self._count_code(address, now)
        user_id = await self._session.scalar(
            select(PortalUser.id).where(
                PortalUser.email == email.strip().lower(), PortalUser.left_at.is_(None)
            )
        )
        asked = {"user_id": user_id, "address": address, "digest": None, "asked_at": now, "expires_at": None}
        await self._session.execute(
            insert(LinkCode)
            .values(account_id=self._account_id, **asked)
            .on_conflict_do_update(index_elements=["account_id"], set_=asked)
        )
        await self._jobs.defer(self._session, LINK_MAIL, account_id=self._account_id, language=language)

    async def redeem(self, code: str, channel: str, now: datetime) -> int:
        """Link the account to the user whose code it is, once, and give their id. Raises WrongCode, LinkLocked."""
        pending = await self._session.get(
            LinkCode, self._account_id, with_for_update=True, populate_existing=True
        )
        locks = await self._hold_locks(self._keys(pending.address if pending else None), now)
        await self._check_locks(locks, now)
        expected = pending.digest if pending is not None and pending.digest is not None else NO_DIGEST
        is_right = hmac.compare_digest(digest_of(self._secret, self._account_id, code), expected)
        is_valid = pending is not None and pending.expires_at is not None and now < pending.expires_at
        if pending is None or not (is_right and is_valid) or not await self._is_here(pending.user_id):
            raise self._failed(locks, pending, now)
        user_id = pending.user_id
        assert user_id is not None
        await self._session.delete(pending)
        for lock in locks:
            await self._session.delete(lock)
        await self._session.execute(
            update(ChatAccount).where(ChatAccount.id == self._account_id).values(user_id=user_id)
        )
        await AuditLog(self._session).note(
            actor=user_id, subject=None, action="access.link", channel=channel, at=now
        )
        return user_id

    async def channels(self, user_id: int) -> tuple[str, ...]:
        """List the channels of all chat accounts that are linked to a person."""
        rows = await self._session.scalars(
            select(ChatAccount.channel).where(ChatAccount.user_id == user_id).order_by(ChatAccount.id)
        )
        return tuple(rows)

    async def unlink(self, user_id: int, channel: str, now: datetime, *, everywhere: bool) -> int:
        """Unlink this account, or all of the person's, and say how many; open forms there are closed."""
        accounts = select(ChatAccount.id).where(ChatAccount.user_id == user_id)
        if not everywhere:
            accounts = accounts.where(ChatAccount.id == self._account_id)
        gone = await cut_links(self._session, tuple(await self._session.scalars(accounts)))
        await AuditLog(self._session).note(
            actor=user_id, subject=None, action="access.unlink", channel=channel, at=now, chats=gone
        )
        return gone

    async def _count_code(self, address: str, now: datetime) -> None:
        """Count a code asked for by this chat and for this address, known or not; raises LinkLocked after too many."""
        asked = await self._hold_locks(tuple(f"asked:{key}" for key in self._keys(address)), now)
        await self._check_locks(asked, now)
        for lock in asked:
            lock.failures += 1
            lock.failed_at = now
            if lock.failures >= MOST_CODES:
                lock.locked_until = now + LOCKED

    async def _is_here(self, user_id: int | None) -> bool:
        """Tell whether the person has not left since the code was sent."""
        found = await self._session.scalar(
            select(PortalUser.id).where(PortalUser.id == (user_id or 0), PortalUser.left_at.is_(None))
        )
        return found is not None

    def _address(self, email: str) -> str:
        return hmac.new(self._secret, f"address:{email.strip().lower()}".encode(), hashlib.sha256).hexdigest()

    def _keys(self, address: str | None) -> tuple[str, ...]:
        account = f"account:{self._account_id}"
        return (account,) if address is None else (account, f"address:{address}")

    async def _hold_locks(self, keys: tuple[str, ...], now: datetime) -> tuple[LinkLock, ...]:
        """Hold the counts of wrong codes, in one order, so that guesses at the same time are counted one by one."""
        await self._session.execute(
            insert(LinkLock)
            .values([{"key": key, "failures": 0, "failed_at": now} for key in keys])
            .on_conflict_do_nothing()
        )
        rows = await self._session.scalars(
            select(LinkLock)
            .where(LinkLock.key.in_(keys))
            .order_by(LinkLock.key)
            .with_for_update()
            .execution_options(populate_existing=True)
        )
        locks = tuple(rows)
        for lock in locks:
            if lock.locked_until is not None and lock.locked_until <= now:
                lock.failures, lock.locked_until = 0, None
            elif lock.failed_at + LOCKED <= now:
                lock.failures = 0
        return locks

    async def _check_locks(self, locks: tuple[LinkLock, ...], now: datetime) -> None:
        until = max((lock.locked_until for lock in locks if lock.locked_until is not None), default=None)
        if until is not None and until > now:
            raise LinkLocked(until)

    def _failed(
        self, locks: tuple[LinkLock, ...], pending: LinkCode | None, now: datetime
    ) -> WrongCode | LinkLocked:
        for lock in locks:
            lock.failures += 1
            lock.failed_at = now
        tries_left = MOST_TRIES - max(lock.failures for lock in locks)
        if tries_left > 0:
            return WrongCode(tries_left)
        until = now + LOCKED
        for lock in locks:
            lock.locked_until = until
        if pending is not None:
            pending.digest = None
        return LinkLocked(until)


async def make_code(
    session: AsyncSession, secret: str, account_id: int, asked_until: datetime, now: datetime
) -> FreshCode | None:
    """Make the code that an account asked for, valid from now; None where nobody has the address or it is too late.

    Made anew for each sending: what a mail that got lost may hold is worth nothing.
    """
    pending = await session.get(LinkCode, account_id, with_for_update=True)
    user = await session.get(PortalUser, pending.user_id or 0) if pending is not None else None
    if pending is None or user is None or user.left_at is not None or pending.asked_at < asked_until:
        return None
    code = f"{secrets.randbelow(1_000_000):06d}"
    pending.digest = digest_of(secret.encode(), account_id, code)
    pending.expires_at = now + VALID
    await session.flush()
    return FreshCode(code, user.id, user.name, user.email, user.language)


def digest_of(secret: bytes, account_id: int, code: str) -> bytes:
    """Give what is kept of a code: without the key, which is not in the database, a million guesses tell nothing."""
    digits = "".join(code.split())
    return hmac.new(secret, f"link:{account_id}:{digits}".encode(), hashlib.sha256).digest()


async def cut_links(session: AsyncSession, account_ids: tuple[int, ...]) -> int:
    """Unlink chat accounts, close what is open in their conversations, and say how many were linked."""
    await session.execute(
        update(Conversation)
        .where(Conversation.account_id.in_(account_ids))
        .values(state={})
        .execution_options(synchronize_session=False)
    )
    gone = await session.scalars(
        update(ChatAccount)
        .where(ChatAccount.id.in_(account_ids), ChatAccount.user_id.is_not(None))
        .values(user_id=None)
        .returning(ChatAccount.id)
    )
    return len(gone.all())


async def remove_stale(session: AsyncSession, before: datetime) -> int:
    """Remove codes and counts that mean nothing any more."""
    gone = await session.scalars(
        delete(LinkCode).where(LinkCode.asked_at < before).returning(LinkCode.account_id)
    )
    await session.execute(
        delete(LinkLock).where(
            LinkLock.failed_at < before, or_(LinkLock.locked_until.is_(None), LinkLock.locked_until < before)
        )
    )
    return len(gone.all())
