"""Let agents work on a customer's behalf, within exactly the customer's companies and rights (ACC-10)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from services.database import Scope, enter
from services.errors import GuichetError
from services.people import MembershipRecord
from services.records import (
    Company,
    CostCentre,
    Membership,
    OnBehalfAction,
    OnBehalfSession,
    PortalUser,
)

IDLE = timedelta(minutes=30)
# Who works for a company, not for one of its people, gives no rights and makes no administrators (ACC-4).
MANAGEMENT = frozenset({"users", "admin"})


@dataclass(frozen=True, slots=True)
class Working:
    """An agent's work for a customer that goes on, or has just ended for want of a word."""

    id: int
    agent_id: int
    customer_id: int | None
    customer_name: str
    reason: str
    ends_at: datetime
    is_over: bool


@dataclass(frozen=True, slots=True)
class CustomerRecord:
    """Whom an agent can work for: a person, or a company where there is no person."""

    customer_id: int | None
    name: str
    company_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Visit:
    """Who looked at a customer's data, why, and what was asked for."""

    agent_name: str
    reason: str
    started_at: datetime
    ended_at: datetime | None
    intents: tuple[str, ...]


@dataclass
class UnknownCustomer(GuichetError):
    """No customer has this address or PRS number, or it is a colleague's."""

    said: str


class OnBehalf:
    """The work of agents for customers, within one transaction."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def going_on(self, account_id: int, now: datetime) -> Working | None:
        """Find what goes on in a chat account; after 30 idle minutes it is ended, and told once as over."""
        row = await self._session.scalar(
            select(OnBehalfSession).where(
                OnBehalfSession.account_id == account_id, OnBehalfSession.ended_at.is_(None)
            )
        )
        if row is None:
            return None
        is_over = now >= row.last_at + IDLE
        if is_over:
            row.ended_at = row.last_at + IDLE
            await self._session.flush()
        name = await self._name(row.customer_id, row.company_ids)
        return Working(row.id, row.agent_id, row.customer_id, name, row.reason, row.last_at + IDLE, is_over)

    async def is_going_on(self, account_id: int, now: datetime) -> bool:
        """Tell whether an agent works for a customer in a chat account, without ending what is idle."""
        found = await self._session.scalar(
            select(OnBehalfSession.id).where(
                OnBehalfSession.account_id == account_id,
                OnBehalfSession.ended_at.is_(None),
                OnBehalfSession.last_at > now - IDLE,
            )
        )
        return found is not None

    async def enter_as(self, working: Working) -> tuple[MembershipRecord, ...]:
        """Narrow the transaction to the customer's companies, with the rights they have at this very moment."""
        row = await self._session.get_one(OnBehalfSession, working.id)
        await enter(self._session, Scope(row.agent_id, tuple(row.company_ids)))
        records = await self._rights(row.customer_id, row.company_ids)
        await enter(self._session, Scope(row.customer_id, tuple(record.company_id for record in records)))
        return records

    async def find(self, said: str) -> CustomerRecord:
        """Find a customer by address or PRS number, for an agent at work; raises UnknownCustomer."""
        if "@" in said:
            user = await self._session.scalar(
                select(PortalUser).where(
                    PortalUser.email == said.strip().lower(), PortalUser.left_at.is_(None)
                )
            )
            if user is None or user.is_agent:
                raise UnknownCustomer(said)
            companies = await self._session.scalars(
                select(Membership.company_id).where(Membership.user_id == user.id)
            )
            return CustomerRecord(user.id, user.name, tuple(companies))
        row = (
            await self._session.execute(
                select(Company.id, Company.name)
                .join(CostCentre, CostCentre.company_id == Company.id)
                .where(CostCentre.prs == said.strip())
            )
        ).first()
        if row is None:
            raise UnknownCustomer(said)
        return CustomerRecord(None, row.name, (row.id,))

    async def begin(
        self, *, agent_id: int, account_id: int, customer: CustomerRecord, reason: str, now: datetime
    ) -> None:
        """Begin to work for a customer, in place of another."""
        await self.end(agent_id, account_id, now)
        self._session.add(
            OnBehalfSession(
                agent_id=agent_id,
                account_id=account_id,
                customer_id=customer.customer_id,
                company_ids=list(customer.company_ids),
                reason=reason[:300],
                started_at=now,
                last_at=now,
            )
        )
        await self._session.flush()

    async def note(self, agent_id: int, account_id: int, intent: str, now: datetime) -> bool:
        """Note what was asked for and begin the thirty minutes anew; False where it has just been ended.

        The transaction is the agent's own after it.
        """
        await enter(self._session, Scope(agent_id))
        session_id = await self._session.scalar(
            update(OnBehalfSession)
            .where(OnBehalfSession.account_id == account_id, OnBehalfSession.ended_at.is_(None))
            .values(last_at=now)
            .returning(OnBehalfSession.id)
        )
        if session_id is not None:
            self._session.add(OnBehalfAction(session_id=session_id, intent=intent, at=now))
            await self._session.flush()
        return session_id is not None

    async def end(self, agent_id: int, account_id: int, now: datetime) -> bool:
        """End what goes on in a chat account and say whether there was something; the scope is the agent's after."""
        await enter(self._session, Scope(agent_id))
        ended = await self._session.scalar(
            update(OnBehalfSession)
            .where(OnBehalfSession.account_id == account_id, OnBehalfSession.ended_at.is_(None))
            .values(ended_at=now)
            .returning(OnBehalfSession.id)
        )
        return ended is not None

    async def companies_of(self, agent_id: int, now: datetime) -> tuple[int, ...]:
        """List the companies that an agent works for now, in whatever chat: their files are handed out to the agent."""
        rows = await self._session.scalars(
            select(OnBehalfSession.company_ids).where(
                OnBehalfSession.agent_id == agent_id,
                OnBehalfSession.ended_at.is_(None),
                OnBehalfSession.last_at > now - IDLE,
            )
        )
        return tuple(company_id for company_ids in rows for company_id in company_ids)

    async def visits(
        self, person_id: int, company_ids: tuple[int, ...], now: datetime, limit: int = 20
    ) -> tuple[Visit, ...]:
        """List who looked at a person's data or at that of the companies where they hold a right, latest first."""
        of_company = OnBehalfSession.company_ids.overlap(list(company_ids))
        rows = await self._session.execute(
            select(
                PortalUser.name,
                OnBehalfSession,
                select(func.array_agg(OnBehalfAction.intent.distinct()))
                .where(OnBehalfAction.session_id == OnBehalfSession.id)
                .scalar_subquery(),
            )
            .join(PortalUser, PortalUser.id == OnBehalfSession.agent_id)
            .where(or_(OnBehalfSession.customer_id == person_id, of_company))
            .order_by(OnBehalfSession.started_at.desc())
            .limit(limit)
        )
        return tuple(
            Visit(name, row.reason, row.started_at, _ended(row, now), tuple(intents or ()))
            for name, row, intents in rows
        )

    async def _name(self, customer_id: int | None, company_ids: list[int]) -> str:
        if customer_id is not None:
            return (await self._session.get_one(PortalUser, customer_id)).name
        # The companies are out of the agent's own scope: this session is what opens them.
        await enter(self._session, Scope(company_ids=tuple(company_ids)))
        return await self._session.scalar(select(Company.name).where(Company.id.in_(company_ids))) or ""

    async def _rights(self, customer_id: int | None, company_ids: list[int]) -> tuple[MembershipRecord, ...]:
        statement = (
            select(Company.id, Company.name, Membership.rights, Company.links_only, PortalUser.id)
            .join(Membership, Membership.company_id == Company.id)
            .join(PortalUser, PortalUser.id == Membership.user_id)
            .where(Company.id.in_(company_ids), PortalUser.left_at.is_(None))
            .order_by(Company.name)
        )
        if customer_id is not None:
            statement = statement.where(PortalUser.id == customer_id)
        found: dict[int, MembershipRecord] = {}
        for company_id, name, rights, links_only, _user in await self._session.execute(statement):
            held = frozenset(rights) if customer_id is not None else frozenset(rights) - MANAGEMENT
            earlier = found[company_id].rights if company_id in found else frozenset()
            found[company_id] = MembershipRecord(company_id, name, earlier | held, links_only)
        return tuple(found.values())


def _ended(row: OnBehalfSession, now: datetime) -> datetime | None:
    over = row.last_at + IDLE
    return row.ended_at or (over if now >= over else None)
