"""Find invoices and read their lines (INV-1 to INV-8), within the companies of who asks (GEN-3)."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from services.records import (
    AwaitedInvoice,
    Company,
    CostCentre,
    Invoice,
    InvoiceLine,
    Membership,
    OperationalId,
)

LIMIT = 1000


@dataclass(frozen=True, slots=True)
class InvoiceQuery:
    """What is looked for; every criterion narrows (INV-1).

    `numbers` of fewer than ten digits match as a beginning (INV-2). `start` and `end` are days; an invoice whose
    month holds any of them is found (INV-3).
    """

    company_id: int | None = None
    numbers: tuple[str, ...] = ()
    prs: tuple[str, ...] = ()
    operational_ids: tuple[str, ...] = ()
    start: date | None = None
    end: date | None = None


@dataclass(frozen=True, slots=True)
class InvoiceSummary:
    """An invoice as a result shows it (INV-4); amounts in euro cents."""

    id: int
    number: str
    prs: str
    cost_centre: str
    company_id: int
    customer: str
    month: date
    net_cents: int
    vat_cents: int
    is_demo: bool


@dataclass(frozen=True, slots=True)
class Found:
    """How many invoices there are, and the first thousand of them, newest month first (GEN-5)."""

    total: int
    invoices: tuple[InvoiceSummary, ...]


@dataclass(frozen=True, slots=True)
class LineOfDay:
    """A row of an annex (INV-6)."""

    day: date
    item_type: str
    quantity: int
    unit_cents: int
    handling_cents: int
    vat_percent: int


@dataclass(frozen=True, slots=True)
class MonthCount:
    """How many invoices of a search a month holds."""

    month: date
    count: int


class InvoiceRegister:
    """The invoices of some companies, as visible on one day (INV-8)."""

    def __init__(self, session: AsyncSession, company_ids: Sequence[int], today: date) -> None:
        self._session = session
        self._company_ids = tuple(company_ids)
        self._today = today

    async def find(self, query: InvoiceQuery, *, limit: int = LIMIT) -> Found:
        """Find the invoices that match, the same way whether a number is another's or does not exist (GEN-3)."""
        # Counted in the same statement: a search is most of what is asked.
        matching = self._visible(query).add_columns(func.count().over())
        found = await self._session.execute(
            matching.order_by(Invoice.month.desc(), CostCentre.prs, Invoice.number).limit(limit)
        )
        rows = [tuple(row) for row in found]
        return Found(rows[0][-1] if rows else 0, tuple(InvoiceSummary(*row[:-1]) for row in rows))

    async def by_id(self, invoice_ids: Collection[int]) -> tuple[InvoiceSummary, ...]:
        """Read invoices by their ids, those that are visible and in scope, by cost centre."""
        rows = await self._session.execute(
            self._visible(InvoiceQuery()).where(Invoice.id.in_(invoice_ids)).order_by(CostCentre.prs)
        )
        return tuple(InvoiceSummary(*row) for row in rows)

    async def lines(self, invoice_id: int) -> tuple[LineOfDay, ...]:
        """Read an invoice's lines, by day and type."""
        rows = await self._session.execute(
            select(
                InvoiceLine.day,
                InvoiceLine.item_type,
                InvoiceLine.quantity,
                InvoiceLine.unit_cents,
                InvoiceLine.handling_cents,
                InvoiceLine.vat_percent,
            )
            .where(InvoiceLine.invoice_id == invoice_id, InvoiceLine.company_id.in_(self._company_ids))
            .order_by(InvoiceLine.day, InvoiceLine.item_type)
        )
        return tuple(LineOfDay(*row) for row in rows)

    async def months(self, query: InvoiceQuery) -> tuple[date, ...]:
        """List the months that have a visible invoice for the query's company and cost centres, newest first."""
        unbounded = InvoiceQuery(query.company_id, prs=query.prs, operational_ids=query.operational_ids)
        months = self._visible(unbounded).with_only_columns(Invoice.month).distinct()
        return tuple(await self._session.scalars(months.order_by(Invoice.month.desc())))

    async def count_by_month(self, query: InvoiceQuery) -> tuple[MonthCount, ...]:
        """Count the invoices that match in each month, newest first (GEN-5)."""
        matching = self._visible(query).with_only_columns(Invoice.month, func.count())
        rows = await self._session.execute(matching.group_by(Invoice.month).order_by(Invoice.month.desc()))
        return tuple(MonthCount(month, count) for month, count in rows)

    async def await_month(self, conversation_id: int, user_id: int, company_id: int, month: date) -> bool:
        """Note that somebody wants the annex of a month when it appears (INV-8); False where noted already."""
        known = await self._session.scalar(
            select(AwaitedInvoice.id).where(
                AwaitedInvoice.conversation_id == conversation_id,
                AwaitedInvoice.company_id == company_id,
                AwaitedInvoice.month == month,
            )
        )
        if known is None:
            await self._note_awaited(conversation_id, user_id, company_id, month)
        return known is None

    async def _note_awaited(self, conversation_id: int, user_id: int, company_id: int, month: date) -> None:
        now = await self._session.scalar(select(func.now()))
        assert now is not None
        self._session.add(
            AwaitedInvoice(
                conversation_id=conversation_id,
                user_id=user_id,
                company_id=company_id,
                month=month,
                asked_at=now,
            )
        )
        await self._session.flush()

    def _visible(self, query: InvoiceQuery) -> Select[*tuple[Any, ...]]:
        companies = self._company_ids if query.company_id is None else (query.company_id,)
        statement = (
            select(
                Invoice.id,
                Invoice.number,
                CostCentre.prs,
                CostCentre.name,
                Invoice.company_id,
                Company.name,
                Invoice.month,
                Invoice.net_cents,
                Invoice.vat_cents,
                Company.is_demo,
            )
            .join(CostCentre, CostCentre.id == Invoice.cost_centre_id)
            .join(Company, Company.id == Invoice.company_id)
            .where(
                Invoice.company_id.in_(set(companies) & set(self._company_ids)),
                Invoice.sent_on <= self._today,
            )
        )
        return _narrowed(statement, query)


def _narrowed(statement: Select[*tuple[Any, ...]], query: InvoiceQuery) -> Select[*tuple[Any, ...]]:
    if query.numbers:
        statement = statement.where(or_(*(Invoice.number.startswith(number) for number in query.numbers)))
    if query.prs:
        statement = statement.where(CostCentre.prs.in_(query.prs))
    if query.operational_ids:
        statement = statement.where(
            select(OperationalId.id)
            .where(
                OperationalId.cost_centre_id == CostCentre.id, OperationalId.code.in_(query.operational_ids)
            )
            .exists()
        )
    if query.start and query.end:
        first = query.start.replace(day=1)
        statement = statement.where(and_(Invoice.month >= first, Invoice.month <= query.end))
    return statement


@dataclass(frozen=True, slots=True)
class Awaited:
    """A person who waits for a month's annex, and where to send it."""

    id: int
    conversation_id: int
    user_id: int
    company_id: int
    month: date


async def appeared(session: AsyncSession, today: date) -> tuple[Awaited, ...]:
    """List the awaited months that have become visible, for people who still hold the right (INV-8)."""
    visible = (
        select(Invoice.id)
        .where(
            Invoice.company_id == AwaitedInvoice.company_id,
            Invoice.month == AwaitedInvoice.month,
            Invoice.sent_on <= today,
        )
        .exists()
    )
    entitled = (
        select(Membership.id)
        .where(
            Membership.user_id == AwaitedInvoice.user_id,
            Membership.company_id == AwaitedInvoice.company_id,
            Membership.rights.contains(["invoices"]),
        )
        .exists()
    )
    rows = await session.scalars(
        select(AwaitedInvoice).where(visible, entitled).order_by(AwaitedInvoice.id).with_for_update()
    )
    return tuple(Awaited(row.id, row.conversation_id, row.user_id, row.company_id, row.month) for row in rows)


async def forget_awaited(session: AsyncSession, awaited: Awaited) -> None:
    """Remove a wish that has been fulfilled."""
    row = await session.get(AwaitedInvoice, awaited.id)
    if row is not None:
        await session.delete(row)
