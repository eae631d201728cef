"""Let administrators decide who may do what in their companies (ACC-4 to ACC-6, ACC-9).

What the actor may is read anew, with the company's memberships held, at the moment of each change: no form, button or
session that is older than a revocation counts.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import delete, func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from services.audit import AuditLog
from services.errors import GuichetError
from services.linking import cut_links
from services.records import ChatAccount, Conversation, Membership, PortalUser, Schedule

APPLICATION_RIGHTS = ("invoices", "transactions", "distripost")
MANAGEMENT_RIGHTS = ("users", "admin")
ALL_RIGHTS = (*APPLICATION_RIGHTS, *MANAGEMENT_RIGHTS)


@dataclass
class MayNotManage(GuichetError):
    """The actor has no management right in the company, or not the one that this change needs."""

    needed: Literal["users", "admin"]


@dataclass
class NotHeld(GuichetError):
    """The actor does not hold rights themselves, so cannot give or take them (ACC-4)."""

    rights: tuple[str, ...]


@dataclass
class LastAdministrator(GuichetError):
    """The company would be left without an administrator."""


@dataclass
class NoColleague(GuichetError):
    """Nobody of that address belongs to the company; whether they have an account elsewhere is nobody's business."""

    email: str


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody of a company with their rights there."""

    user_id: int
    name: str
    email: str
    language: str | None
    rights: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Changed:
    """What was really changed: rights that were there already, or not there, are not in it."""

    colleague: Colleague
    rights: tuple[str, ...]


class Access:
    """The rights in some companies, as one of their people changes them; within one transaction."""

    def __init__(self, session: AsyncSession, actor_id: int | None, company_ids: Sequence[int]) -> None:
        self._session = session
        self._actor_id = actor_id
        self._company_ids = tuple(company_ids)

    async def colleagues(self, company_id: int) -> tuple[Colleague, ...]:
        """List the people of a company by name."""
        rows = await self._session.execute(
            select(PortalUser, Membership.rights)
            .join(Membership, Membership.user_id == PortalUser.id)
            .where(
                Membership.company_id == company_id,
                Membership.company_id.in_(self._company_ids),
                PortalUser.left_at.is_(None),
            )
            .order_by(PortalUser.name, PortalUser.id)
        )
        return tuple(_colleague(user, rights) for user, rights in rows)

    async def colleague(self, company_id: int, email: str) -> Colleague:
        """Find one of a company's people by address; raises NoColleague."""
        wanted = email.strip().lower()
        for colleague in await self.colleagues(company_id):
            if colleague.email == wanted:
                return colleague
        raise NoColleague(email)

    async def grant(
        self, company_id: int, email: str, rights: Collection[str], *, channel: str, now: datetime
    ) -> Changed:
        """Give rights. Raises MayNotManage, NotHeld, NoColleague."""
        await self._check_may(company_id, rights)
        colleague = await self.colleague(company_id, email)
        given = _ordered(set(rights) - set(colleague.rights))
        changed = await self._set_rights(company_id, colleague, set(colleague.rights) | set(rights))
        await self._note("access.grant", company_id, colleague, given, channel, now)
        return Changed(changed, given)

    async def revoke(
        self, company_id: int, email: str, rights: Collection[str], *, channel: str, now: datetime
    ) -> Changed:
        """Take rights away. Raises MayNotManage, NotHeld, NoColleague, LastAdministrator."""
        colleague = await self._check_may_touch(company_id, email, rights)
        taken = _ordered(set(rights) & set(colleague.rights))
        changed = await self._set_rights(company_id, colleague, set(colleague.rights) - set(rights))
        await self._note("access.revoke", company_id, colleague, taken, channel, now)
        return Changed(changed, taken)

    async def hand_over(self, company_id: int, email: str, *, channel: str, now: datetime) -> Changed:
        """Make somebody administrator in the actor's place. Raises as `grant`."""
        changed = await self.grant(company_id, email, MANAGEMENT_RIGHTS, channel=channel, now=now)
        own = next(c for c in await self.colleagues(company_id) if c.user_id == self._actor_id)
        if own.user_id != changed.colleague.user_id:
            await self.revoke(company_id, own.email, MANAGEMENT_RIGHTS, channel=channel, now=now)
        return changed

    async def create(
        self, company_id: int, email: str, name: str, language: str, *, channel: str, now: datetime
    ) -> Colleague:
        """Add somebody without any right (ACC-5); who is there already stays as they are. Raises MayNotManage."""
        await self._check_may(company_id, ())
        user_id = await find_or_make_user(self._session, email, name, language)
        await self._session.execute(
            insert(Membership)
            .values(user_id=user_id, company_id=company_id, rights=[])
            .on_conflict_do_nothing()
        )
        colleague = await self.colleague(company_id, email)
        await self._note("access.create_user", company_id, colleague, (), channel, now)
        return colleague

    async def remove(self, company_id: int, email: str, *, channel: str, now: datetime) -> Colleague:
        """Take somebody out of a company at one stroke: rights, regular sendings, open forms, and with the last company
        the links of their chats. Raises MayNotManage, NotHeld, NoColleague, LastAdministrator.
        """
        known = await self.colleague(company_id, email)
        colleague = await self._check_may_touch(company_id, email, known.rights)
        await self._session.execute(
            delete(Membership).where(
                Membership.user_id == colleague.user_id, Membership.company_id == company_id
            )
        )
        await self._stop_schedules(company_id, colleague.user_id)
        await self._take_out(colleague.user_id, now)
        await self._note("access.remove", company_id, colleague, colleague.rights, channel, now)
        return colleague

    async def check_may_decide(self, company_id: int) -> None:
        """Check that the actor may decide who becomes a user of a company (ACC-2). Raises MayNotManage."""
        await self._check_may(company_id, ())

    async def note_decision(
        self, company_id: int, colleague: Colleague | None, *, approved: bool, channel: str, now: datetime
    ) -> None:
        """Note in the audit log that a request was decided; who was refused stands in it with no name."""
        await AuditLog(self._session).note(
            actor=self._actor_id,
            subject=company_id,
            person=colleague.user_id if colleague else None,
            action="access.approve" if approved else "access.refuse",
            channel=channel,
            at=now,
        )

    async def _check_may(self, company_id: int, rights: Collection[str]) -> frozenset[str]:
        """Hold the company's memberships and check that the actor may give or take these rights (ACC-4)."""
        held = await self._held(company_id)
        needed: Literal["users", "admin"] = "admin" if set(rights) & set(MANAGEMENT_RIGHTS) else "users"
        if needed not in held and "admin" not in held:
            raise MayNotManage(needed)
        missing = _ordered(set(rights) - held)
        if missing:
            raise NotHeld(missing)
        return held

    async def _check_may_touch(self, company_id: int, email: str, rights: Collection[str]) -> Colleague:
        """Check that the actor may take rights from this person, who may be an administrator, even the last one."""
        held = await self._check_may(company_id, rights)
        colleague = await self.colleague(company_id, email)
        if "admin" in colleague.rights and "admin" not in held:
            raise MayNotManage("admin")
        others = [c for c in await self.colleagues(company_id) if c.user_id != colleague.user_id]
        if "admin" in set(rights) & set(colleague.rights) and not any("admin" in c.rights for c in others):
            raise LastAdministrator
        return colleague

    async def _held(self, company_id: int) -> frozenset[str]:
        if company_id not in self._company_ids:
            return frozenset()
        rows = await self._session.execute(
            select(Membership.user_id, Membership.rights)
            .where(Membership.company_id == company_id)
            .order_by(Membership.id)
            .with_for_update()
        )
        return frozenset(next((rights for user_id, rights in rows if user_id == self._actor_id), ()))

    async def _set_rights(self, company_id: int, colleague: Colleague, rights: set[str]) -> Colleague:
        await self._session.execute(
            update(Membership)
            .where(Membership.user_id == colleague.user_id, Membership.company_id == company_id)
            .values(rights=list(_ordered(rights)))
        )
        return await self.colleague(company_id, colleague.email)

    async def _stop_schedules(self, company_id: int, user_id: int) -> None:
        await self._session.execute(
            update(Schedule)
            .where(Schedule.user_id == user_id, Schedule.company_id == company_id)
            .values(state="stopped", next_at=None)
        )

    async def _take_out(self, user_id: int, now: datetime) -> None:
        """Close what the person has open; with their last company gone, they are nobody here any more."""
        accounts = select(ChatAccount.id).where(ChatAccount.user_id == user_id)
        await self._session.execute(
            update(Conversation)
            .where(Conversation.account_id.in_(accounts))
            .values(state={})
            .execution_options(synchronize_session=False)
        )
        if await has_companies(self._session, user_id):
            return
        await cut_links(self._session, tuple(await self._session.scalars(accounts)))
        await self._session.execute(
            update(PortalUser)
            .where(PortalUser.id == user_id, PortalUser.is_agent.is_(False))
            .values(left_at=now)
        )

    async def _note(
        self,
        action: str,
        company_id: int,
        colleague: Colleague,
        rights: tuple[str, ...],
        channel: str,
        now: datetime,
    ) -> None:
        await AuditLog(self._session).note(
            actor=self._actor_id,
            subject=company_id,
            person=colleague.user_id,
            action=action,
            channel=channel,
            at=now,
            rights=list(rights),
        )


async def has_companies(session: AsyncSession, user_id: int) -> bool:
    """Tell whether a person belongs to any company, also to one that the actor does not see."""
    # Row-level security hides the others' companies from the actor: the database itself answers, with a yes or a no.
    return bool(await session.scalar(select(func.has_companies(user_id))))


async def find_or_make_user(session: AsyncSession, email: str, name: str, language: str) -> int:
    """Give the portal user of an address, making one where there is none; who had left is back, but no agent."""
    address = email.strip().lower()
    await session.execute(
        insert(PortalUser)
        .values(email=address, name=name.strip(), language=language, is_agent=False, agent_rights=[])
        .on_conflict_do_nothing()
    )
    await session.execute(
        update(PortalUser)
        .where(PortalUser.email == address, PortalUser.is_agent.is_(False))
        .values(left_at=None)
    )
    user_id = await session.scalar(select(PortalUser.id).where(PortalUser.email == address))
    assert user_id is not None
    return user_id


def _colleague(user: PortalUser, rights: Sequence[str]) -> Colleague:
    return Colleague(user.id, user.name, user.email, user.language, _ordered(set(rights)))


def _ordered(rights: set[str]) -> tuple[str, ...]:
    return tuple(right for right in ALL_RIGHTS if right in rights)
