"""Set up the first companies, users and agents, from the command line: before there is an administrator (ACC-1)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from services.access import find_or_make_user
from services.audit import AuditLog
from services.errors import GuichetError
from services.first_access import find_company
from services.linking import cut_links
from services.records import ChatAccount, Company, Membership, PortalUser

CHANNEL = "command"


@dataclass
class NoSuchCompany(GuichetError):
    """No company has this enterprise or PRS number."""

    number: str


@dataclass
class NoSuchUser(GuichetError):
    """Nobody has this address."""

    email: str


class Bootstrap:
    """What the operator of the machine may do, under an agent's duty; each of it in the audit log."""

    def __init__(self, session: AsyncSession, now: datetime) -> None:
        self._session = session
        self._now = now

    async def add_company(self, name: str, number: str, city: str) -> bool:
        """Add a company; False where its enterprise number is there already."""
        added = await self._session.scalar(
            insert(Company)
            .values(name=name, enterprise_number=number, city=city, links_only=False, is_demo=False)
            .on_conflict_do_nothing()
            .returning(Company.id)
        )
        if added is not None:
            await self._note("company.add", company_id=added)
        return added is not None

    async def add_user(
        self, email: str, name: str, language: str, number: str, rights: Sequence[str]
    ) -> tuple[str, ...]:
        """Add a user to a company with rights beside those held, and give them all. Raises NoSuchCompany."""
        company = await find_company(self._session, number)
        if company is None:
            raise NoSuchCompany(number)
        user_id = await find_or_make_user(self._session, email, name, language)
        await self._session.execute(
            insert(Membership)
            .values(user_id=user_id, company_id=company.id, rights=[])
            .on_conflict_do_nothing()
        )
        row = await self._session.scalar(
            select(Membership)
            .where(Membership.user_id == user_id, Membership.company_id == company.id)
            .with_for_update()
        )
        assert row is not None
        row.rights = sorted({*row.rights, *rights})
        await self._session.flush()
        await self._note("access.grant", company_id=company.id, person=user_id, rights=sorted(rights))
        return tuple(row.rights)

    async def add_agent(self, email: str, name: str, language: str, rights: Sequence[str]) -> None:
        """Make somebody an agent of the Service Centre, with these rights of agents and no others."""
        user_id = await find_or_make_user(self._session, email, name, language)
        await self._session.execute(
            update(PortalUser)
            .where(PortalUser.id == user_id)
            .values(is_agent=True, agent_rights=sorted(rights), left_at=None)
        )
        await self._note("agent.add", person=user_id, rights=sorted(rights))

    async def remove_agent(self, email: str) -> None:
        """Take an agent out at once: rights, links and what is open in their chats. Raises NoSuchUser."""
        user_id = await self._session.scalar(
            update(PortalUser)
            .where(PortalUser.email == email.strip().lower(), PortalUser.is_agent)
            .values(is_agent=False, agent_rights=[], left_at=self._now)
            .returning(PortalUser.id)
        )
        if user_id is None:
            raise NoSuchUser(email)
        accounts = await self._session.scalars(select(ChatAccount.id).where(ChatAccount.user_id == user_id))
        await cut_links(self._session, tuple(accounts))
        await self._note("agent.remove", person=user_id)

    async def _note(
        self,
        action: str,
        *,
        company_id: int | None = None,
        person: int | None = None,
        rights: Sequence[str] = (),
    ) -> None:
        await AuditLog(self._session).note(
            actor=None,
            subject=company_id,
            person=person,
            action=action,
            channel=CHANNEL,
            at=self._now,
            rights=list(rights),
        )
