"""Take requests for access of people whom nobody knows yet (ACC-1 to ACC-3), and let administrators decide.

Whether the company is one of ours is looked up by a job of its own, after the answer: no word tells a stranger, and no
time that the answer takes.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

from sqlalchemy import func, insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from services.access import Access, Colleague
from services.errors import GuichetError
from services.jobs import Jobs
from services.records import AccessRequest, Company, CostCentre, Membership, PortalUser

LOOK_AT_REQUEST = "access_request"
MOST_A_DAY = 3
ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"


@dataclass
class UnknownRequest(GuichetError):
    """A request is not one that this person decides about: another company's and none at all alike (GEN-3)."""


@dataclass
class DecidedAlready(GuichetError):
    """Somebody has decided before."""

    approved: bool


@dataclass(frozen=True, slots=True)
class RequestRecord:
    """A request as it was made; `details` are what the form holds."""

    id: str
    conversation_id: int
    user_id: int | None
    details: Mapping[str, Any]
    language: str
    asked_at: datetime


@dataclass(frozen=True, slots=True)
class Route:
    """Who decides: the people of the company who manage it, or else the Service Centre."""

    request: RequestRecord
    company_name: str | None
    deciders: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided for whom; the colleague is set where access was given."""

    request: RequestRecord
    company_id: int
    colleague: Colleague | None


class FirstAccess:
    """Requests for access, within one transaction."""

    def __init__(
        self, session: AsyncSession, jobs: Jobs, access: Access, company_ids: tuple[int, ...]
    ) -> None:
        self._session = session
        self._jobs = jobs
        self._access = access
        self._company_ids = company_ids

    async def ask(
        self,
        details: Mapping[str, Any],
        *,
        conversation_id: int,
        user_id: int | None,
        language: str,
        now: datetime,
    ) -> str:
        """Keep a request, have it looked at, and give its number."""
        number = "AR-" + "".join(secrets.choice(ALPHABET) for _ in range(8))
        await self._session.execute(
            insert(AccessRequest.__table__)  # type: ignore[arg-type]  # a declared class always has a Table
            .values(
                id=number,
                conversation_id=conversation_id,
                user_id=user_id,
                details=dict(details),
                language=language,
                state="new",
                asked_at=now,
            )
            .inline()
        )
        await self._jobs.defer(self._session, LOOK_AT_REQUEST, request_id=number)
        return number

    async def decide(self, number: str, *, approve: bool, channel: str, now: datetime) -> Decision:
        """Approve or refuse, once. Raises UnknownRequest, DecidedAlready, MayNotManage."""
        row = await self._session.scalar(
            select(AccessRequest)
            .where(AccessRequest.id == number, AccessRequest.company_id.in_(self._company_ids))
            .with_for_update()
        )
        if row is None or row.company_id is None:
            raise UnknownRequest
        if row.state != "asked":
            raise DecidedAlready(row.state == "approved")
        await self._access.check_may_decide(row.company_id)
        colleague = None
        if approve:
            colleague = await self._access.create(
                row.company_id,
                str(row.details["email"]),
                str(row.details["name"]),
                row.language,
                channel=channel,
                now=now,
            )
        await self._access.note_decision(
            row.company_id, colleague, approved=approve, channel=channel, now=now
        )
        row.state, row.decided_at = ("approved" if approve else "refused"), now
        await self._session.flush()
        return Decision(_record(row), row.company_id, colleague)


async def take_request(session: AsyncSession, number: str, now: datetime) -> Route | None:
    """Find who decides about a new request and mark it, under an agent's duty; None where it was looked at before,
    or is one too many of the same chat.
    """
    row = await session.get(AccessRequest, number, with_for_update=True)
    if row is None or row.state != "new":
        return None
    if await _count_of_day(session, row.conversation_id, now) > MOST_A_DAY:
        row.state = "refused"
        return None
    company = await find_company(session, str(row.details.get("number") or ""))
    deciders = await _deciders(session, company.id) if company is not None else ()
    state: Literal["asked", "passed"] = "asked" if deciders else "passed"
    row.state = state
    row.company_id = company.id if company is not None else None
    await session.flush()
    return Route(_record(row), company.name if company else None, deciders)


async def take_waiting(
    session: AsyncSession, is_late: Callable[[RequestRecord], bool]
) -> tuple[RequestRecord, ...]:
    """Take, once each, the requests that no administrator has decided about for too long, under an agent's duty.

    They may still decide: the Service Centre looks after it beside them.
    """
    rows = await session.scalars(
        select(AccessRequest)
        .where(AccessRequest.state == "asked", ~AccessRequest.details.has_key("passed_on"))
        .order_by(AccessRequest.asked_at)
        .with_for_update(skip_locked=True)
    )
    late = [row for row in rows if is_late(_record(row))]
    for row in late:
        row.details = {**row.details, "passed_on": True}
    await session.flush()
    return tuple(map(_record, late))


async def find_company(session: AsyncSession, number: str) -> Company | None:
    """Find a company by its enterprise number or by the PRS number of one of its cost centres."""
    found = await session.scalar(select(Company).where(Company.enterprise_number == number))
    if found is not None:
        return found
    return await session.scalar(
        select(Company).join(CostCentre, CostCentre.company_id == Company.id).where(CostCentre.prs == number)
    )


async def _deciders(session: AsyncSession, company_id: int) -> tuple[int, ...]:
    rows = await session.scalars(
        select(Membership.user_id)
        .join(PortalUser, PortalUser.id == Membership.user_id)
        .where(
            Membership.company_id == company_id,
            Membership.rights.overlap(["users", "admin"]),
            PortalUser.left_at.is_(None),
        )
        .order_by(Membership.id)
    )
    return tuple(rows)


async def _count_of_day(session: AsyncSession, conversation_id: int, now: datetime) -> int:
    count = await session.scalar(
        select(func.count())
        .select_from(AccessRequest)
        .where(
            AccessRequest.conversation_id == conversation_id,
            AccessRequest.asked_at > now - timedelta(days=1),
        )
    )
    return count or 0


def _record(row: AccessRequest) -> RequestRecord:
    return RequestRecord(row.id, row.conversation_id, row.user_id, row.details, row.language, row.asked_at)
