"""Ask for value-added options, activate them, and say what they change (OPT-1 to OPT-3, REC-2)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import Select, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from services.calendar import BusinessCalendar
from services.errors import GuichetError
from services.people import OperationalIds
from services.records import OperationalId, Option, OptionRequest

# Business days that lie between asking and the first day (OPT-2).
AHEAD = 5
# Calendar days from the hand-over to the receipt (REC-2).
RECEIPT_AFTER = timedelta(days=3)
RECEIPT_NEXT_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class OptionKind:
    """An option that can be asked for; its name is a brand, the same in every language."""

    code: str
    name: str
    has_last_day: bool
    next_day_receipts: bool


@dataclass(frozen=True, slots=True)
class OptionSpan:
    """An option asked for, refused or active for an operational ID, both days included; no end without `last_on`."""

    id: int
    option: str
    operational_id: str
    first_on: date
    last_on: date | None
    state: str
    ticket_number: str | None

    def covers(self, day: date) -> bool:
        """Tell whether a day lies in it."""
        return self.first_on <= day and (self.last_on is None or day <= self.last_on)


@dataclass
class UnknownOption(GuichetError):
    """An option is not offered, or no longer."""

    code: str


@dataclass
class TooSoon(GuichetError):
    """A first day lies less than five business days ahead (OPT-2)."""

    first_possible: date


@dataclass
class LastDayMissing(GuichetError):
    """An option that only stops for a while was asked for without its last day (OPT-3)."""

    code: str


@dataclass
class NotWaiting(GuichetError):
    """A request is not there, or somebody has decided on it already."""

    request_id: int


class Options:
    """The options of the operational IDs of the companies where somebody holds the right."""

    def __init__(self, session: AsyncSession, company_ids: Sequence[int], calendar: BusinessCalendar) -> None:
        self._session = session
        self._company_ids = tuple(company_ids)
        self._calendar = calendar
        self._operational_ids = OperationalIds(session, self._company_ids)

    async def kinds(self) -> tuple[OptionKind, ...]:
        """List the options that can be asked for (OPT-1)."""
        rows = await self._session.scalars(
            select(Option).where(Option.is_active).order_by(Option.position, Option.code)
        )
        return tuple(OptionKind(row.code, row.name, row.has_last_day, row.next_day_receipts) for row in rows)

    async def kind(self, code: str) -> OptionKind | None:
        """Find an option by its code."""
        return next((kind for kind in await self.kinds() if kind.code == code), None)

    def first_possible_day(self, today: date) -> date:
        """Give the first day that can be asked for on a day (OPT-2)."""
        return self._calendar.add_business_days(today, AHEAD)

    async def request(
        self,
        *,
        option: str,
        operational_id: str,
        first_on: date,
        last_on: date | None,
        user_id: int,
        ticket_number: str,
        now: datetime,
        today: date,
    ) -> OptionSpan:
        """Note a request for an agent to decide on.

        Raises UnknownOption, UnknownOperationalId, TooSoon or LastDayMissing.
        """
        kind = await self.kind(option)
        if kind is None:
            raise UnknownOption(option)
        if first_on < self.first_possible_day(today):
            raise TooSoon(self.first_possible_day(today))
        if kind.has_last_day and last_on is None:
            raise LastDayMissing(option)
        company_id, operational_id_id = await self._operational_ids.keys(operational_id)
        asked = OptionRequest(
            company_id=company_id,
            operational_id_id=operational_id_id,
            option_code=option,
            first_on=first_on,
            last_on=last_on,
            state="requested",
            user_id=user_id,
            ticket_number=ticket_number,
            requested_at=now,
        )
        self._session.add(asked)
        await self._session.flush()
        return _span(asked, operational_id)

    async def overlapping(
        self, option: str, operational_id: str, first_on: date, last_on: date | None
    ) -> OptionSpan | None:
        """Find the same option, asked for or active, on some of the same days."""
        found = self._spans((operational_id,), first_on, last_on).where(
            OptionRequest.option_code == option, OptionRequest.state != "refused"
        )
        row = (await self._session.execute(found.order_by(OptionRequest.first_on))).first()
        return None if row is None else _span(row[0], row[1])

    async def receipts_available_on(self, operational_id: str, handed_over_on: date) -> date:
        """Give the day from which the receipts of a day's hand-over are there (REC-2)."""
        days = await self.receipts_available((operational_id,), handed_over_on, handed_over_on)
        return days[operational_id, handed_over_on]

    async def receipts_available(
        self, operational_ids: Sequence[str], start: date, end: date
    ) -> dict[tuple[str, date], date]:
        """Give the same for operational IDs and each day of a period, both ends included, in one query.

        The days are those of the calendar in Brussels; what counts is the option on the day of the hand-over.
        """
        rows = await self._session.execute(
            self._spans(operational_ids, start, end)
            .join(Option, Option.code == OptionRequest.option_code)
            .where(Option.next_day_receipts, OptionRequest.state == "active")
        )
        spans = [_span(request, code) for request, code in rows]
        return {
            (code, day): day + (RECEIPT_NEXT_DAY if _is_covered(spans, code, day) else RECEIPT_AFTER)
            for code in operational_ids
            for day in (start + timedelta(days=offset) for offset in range((end - start).days + 1))
        }

    def _spans(
        self, operational_ids: Sequence[str], start: date, end: date | None
    ) -> Select[OptionRequest, str]:
        statement = (
            select(OptionRequest, OperationalId.code)
            .join(OperationalId, OperationalId.id == OptionRequest.operational_id_id)
            .where(
                OptionRequest.company_id.in_(self._company_ids),
                OperationalId.code.in_(operational_ids),
                or_(OptionRequest.last_on.is_(None), OptionRequest.last_on >= start),
            )
        )
        return statement if end is None else statement.where(OptionRequest.first_on <= end)


async def activate(session: AsyncSession, request_id: int, *, agent_id: int, now: datetime) -> OptionSpan:
    """Activate what was asked for: it counts from its first day on (OPT-3); raises NotWaiting.

    The transaction is that of an agent at work, who may see the requests of all companies.
    """
    return await _decide(session, request_id, "active", agent_id, now)


async def refuse(session: AsyncSession, request_id: int, *, agent_id: int, now: datetime) -> OptionSpan:
    """Refuse what was asked for; raises NotWaiting."""
    return await _decide(session, request_id, "refused", agent_id, now)


async def _decide(
    session: AsyncSession, request_id: int, state: str, agent_id: int, now: datetime
) -> OptionSpan:
    row = (
        await session.execute(
            select(OptionRequest, OperationalId.code)
            .join(OperationalId, OperationalId.id == OptionRequest.operational_id_id)
            .where(OptionRequest.id == request_id, OptionRequest.state == "requested")
            .with_for_update(of=OptionRequest)
        )
    ).one_or_none()
    if row is None:
        raise NotWaiting(request_id)
    request, code = row
    request.state, request.decided_by, request.decided_at = state, agent_id, now
    await session.flush()
    return _span(request, code)


def _is_covered(spans: Sequence[OptionSpan], code: str, day: date) -> bool:
    return any(span.operational_id == code and span.covers(day) for span in spans)


def _span(row: OptionRequest, code: str) -> OptionSpan:
    return OptionSpan(row.id, row.option_code, code, row.first_on, row.last_on, row.state, row.ticket_number)
