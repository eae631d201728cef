"""Find registered items and parcels (ITM-1 to ITM-5), within the companies of who asks (GEN-3)."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from services.records import Company, Item, OperationalId

LIMIT = 1000


@dataclass(frozen=True, slots=True)
class ItemQuery:
    """What is looked for; every criterion narrows, an empty one does not (ITM-1). Both days are included."""

    company_id: int | None = None
    operational_ids: tuple[str, ...] = ()
    barcodes: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    start: date | None = None
    end: date | None = None


@dataclass(frozen=True, slots=True)
class ItemSummary:
    """An item as lists and reports show it (ITM-2); weight in grams, price in euro cents without VAT."""

    id: int
    barcode: str
    company_id: int
    operational_id: str
    handed_over_on: date
    item_type: str
    with_ar: bool
    postcode: str
    weight_grams: int
    price_cents: int
    is_demo: bool


@dataclass(frozen=True, slots=True)
class FoundItems:
    """How many items there are, and the first thousand of them, latest hand-over first (GEN-5)."""

    total: int
    items: tuple[ItemSummary, ...]


@dataclass(frozen=True, slots=True)
class DayCount:
    """How many items of a type were handed over on a day."""

    day: date
    item_type: str
    count: int


@dataclass(frozen=True, slots=True)
class OwnOperationalId:
    """An operational ID of a company in scope (GEN-7)."""

    code: str
    name: str
    company_id: int


class ItemRegister:
    """The items of the companies where somebody holds the right to see them."""

    def __init__(self, session: AsyncSession, company_ids: Sequence[int]) -> None:
        self._session = session
        self._company_ids = tuple(company_ids)

    async def find(self, query: ItemQuery, *, limit: int = LIMIT) -> FoundItems:
        """Find the items that match, the same way whether a number is another's or does not exist (GEN-3)."""
        conditions = await self._conditions(query)
        if conditions is None:
            return FoundItems(0, ())
        total = await self._session.scalar(select(func.count()).select_from(Item).where(*conditions))
        if not total:
            return FoundItems(0, ())
        rows = await self._session.execute(_rows(conditions, limit))
        return FoundItems(total, tuple(ItemSummary(*row) for row in rows))

    async def counts(self, query: ItemQuery) -> tuple[DayCount, ...]:
        """Count the items that match, by day and type: what narrower searches would find (GEN-5)."""
        conditions = await self._conditions(query)
        if conditions is None:
            return ()
        rows = await self._session.execute(
            select(Item.handed_over_on, Item.item_type, func.count())
            .where(*conditions)
            .group_by(Item.handed_over_on, Item.item_type)
            .order_by(Item.handed_over_on, Item.item_type)
        )
        return tuple(DayCount(*row) for row in rows)

    async def nearest_day(self, query: ItemQuery) -> date | None:
        """Give the day nearest to the query's period on which there are items; the earlier of two."""
        assert query.start is not None
        assert query.end is not None
        open_ended = await self._conditions(
            ItemQuery(query.company_id, query.operational_ids, types=query.types)
        )
        if open_ended is None:
            return None
        before = await self._edge(open_ended, Item.handed_over_on < query.start, latest=True)
        after = await self._edge(open_ended, Item.handed_over_on > query.end, latest=False)
        if before is None or after is None:
            return before or after
        return before if query.start - before <= after - query.end else after

    async def existing(self, barcodes: Collection[str]) -> tuple[str, ...]:
        """Choose from some barcodes those of items in scope."""
        found = await self._session.scalars(
            select(Item.barcode)
            .where(Item.barcode.in_(barcodes), Item.company_id.in_(self._company_ids))
            .order_by(Item.barcode)
        )
        return tuple(found)

    async def operational_ids(self, company_id: int | None = None) -> tuple[OwnOperationalId, ...]:
        """List the operational IDs of one company in scope, or of all."""
        rows = await self._session.execute(
            select(OperationalId.code, OperationalId.name, OperationalId.company_id)
            .where(OperationalId.company_id.in_(self._companies(company_id)))
            .order_by(OperationalId.code)
        )
        return tuple(OwnOperationalId(*row) for row in rows)

    def _companies(self, company_id: int | None) -> tuple[int, ...]:
        if company_id is None:
            return self._company_ids
        return tuple(known for known in self._company_ids if known == company_id)

    async def _edge(
        self, conditions: Sequence[ColumnElement[bool]], beyond: ColumnElement[bool], *, latest: bool
    ) -> date | None:
        """Read one end of an index instead of all the days that lie beyond."""
        order = Item.handed_over_on.desc() if latest else Item.handed_over_on
        return await self._session.scalar(
            select(Item.handed_over_on).where(*conditions, beyond).order_by(order).limit(1)
        )

    async def _conditions(self, query: ItemQuery) -> list[ColumnElement[bool]] | None:
        """Turn a query into conditions on indexed columns; None where nothing can match."""
        companies = self._companies(query.company_id)
        conditions: list[ColumnElement[bool]] = [_one_of(Item.company_id, companies)]
        if query.operational_ids:
            # Looked up first: the planner then knows how many items hang on these very ids.
            ids = await self._ids_of(query.operational_ids, companies)
            if not ids:
                return None
            conditions.append(_one_of(Item.operational_id_id, ids))
        if query.barcodes:
            conditions.append(Item.barcode.in_(query.barcodes))
        if query.types:
            conditions.append(_one_of(Item.item_type, query.types))
        if query.start is not None:
            conditions.append(Item.handed_over_on >= query.start)
        if query.end is not None:
            conditions.append(Item.handed_over_on <= query.end)
        return conditions if companies else None

    async def _ids_of(self, codes: Sequence[str], companies: Sequence[int]) -> tuple[int, ...]:
        found = await self._session.scalars(
            select(OperationalId.id).where(
                OperationalId.code.in_(codes), OperationalId.company_id.in_(companies)
            )
        )
        return tuple(found)


def _one_of(column: Any, values: Sequence[Any]) -> ColumnElement[bool]:
    """Compare with one value where there is one only: an index then gives its rows in order."""
    condition: ColumnElement[bool] = column == values[0] if len(values) == 1 else column.in_(values)
    return condition


def _rows(conditions: Sequence[ColumnElement[bool]], limit: int) -> Select[*tuple[Any, ...]]:
    """Read the latest items first, and name their company and operational ID only afterwards."""
    latest = (
        select(Item)
        .where(*conditions)
        .order_by(Item.handed_over_on.desc(), Item.barcode)
        .limit(limit)
        .subquery()
    )
    return (
        select(
            latest.c.id,
            latest.c.barcode,
            latest.c.company_id,
            OperationalId.code,
            latest.c.handed_over_on,
            latest.c.item_type,
            latest.c.with_ar,
            latest.c.postcode,
            latest.c.weight_grams,
            latest.c.price_cents,
            Company.is_demo,
        )
        .join(OperationalId, OperationalId.id == latest.c.operational_id_id)
        .join(Company, Company.id == latest.c.company_id)
        .order_by(latest.c.handed_over_on.desc(), latest.c.barcode)
    )
