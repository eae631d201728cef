"""Order supplies: which products there are, how many of each, and what was ordered before (SUP-1 to SUP-4)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from types import MappingProxyType

from sqlalchemy import ColumnElement, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from services.calendar import BRUSSELS, BusinessCalendar
from services.errors import GuichetError
from services.people import OperationalIds
from services.records import OperationalId, SupplyOrder, SupplyOrderLine, SupplyProduct

# Business days within which an order is posted (SUP-2).
POSTED_WITHIN = 4
# The same order within this time was perhaps sent twice.
REPEATED_WITHIN = timedelta(minutes=10)
MOST_HISTORY = 10
# The number is made of the key, which counts the orders of all companies: a highest number could not be asked for,
# since a transaction sees only its own.
NEXT_ID = text("SELECT nextval(pg_get_serial_sequence('supply_orders', 'id'))")


@dataclass(frozen=True, slots=True)
class Product:
    """A product of the list, its name by language; `from_collector` is not ordered by the form (SUP-3)."""

    code: str
    family: str | None
    names: Mapping[str, str]
    unit: str
    minimum: int
    maximum: int
    picture: str
    from_collector: bool


@dataclass(frozen=True, slots=True)
class Line:
    """How many of a product."""

    product: str
    quantity: int


@dataclass(frozen=True, slots=True)
class Order:
    """An order that was placed; `posted_by` is the latest day on which it is posted (SUP-2)."""

    number: str
    operational_id: str
    contact_person: str
    address: str
    ordered_at: datetime
    posted_by: date
    lines: tuple[Line, ...]


@dataclass
class NotOrderedHere(GuichetError):
    """A product is not on the list, no longer on it, or handed out by the person who collects (SUP-3)."""

    product: str


@dataclass
class QuantityOutOfBounds(GuichetError):
    """More or fewer of a product than one order may hold (SUP-1)."""

    product: str
    quantity: int
    minimum: int
    maximum: int


class Supplies:
    """The list of supplies and the orders of the companies where somebody holds the right."""

    def __init__(self, session: AsyncSession, company_ids: Sequence[int], calendar: BusinessCalendar) -> None:
        self._session = session
        self._company_ids = tuple(company_ids)
        self._calendar = calendar
        self._operational_ids = OperationalIds(session, self._company_ids)

    async def products(self) -> tuple[Product, ...]:
        """List the products in the Service Centre's order, those from the collector too."""
        rows = await self._session.scalars(
            select(SupplyProduct)
            .where(SupplyProduct.is_active)
            .order_by(SupplyProduct.position, SupplyProduct.code)
        )
        return tuple(map(_product, rows))

    def posted_by(self, ordered_at: datetime) -> date:
        """Give the latest day on which an order is posted (SUP-2)."""
        return self._calendar.add_business_days(ordered_at.astimezone(BRUSSELS).date(), POSTED_WITHIN)

    async def place(
        self,
        *,
        operational_id: str,
        lines: Sequence[Line],
        contact_person: str,
        address: str,
        user_id: int,
        now: datetime,
    ) -> Order:
        """Place an order; raises UnknownOperationalId, NotOrderedHere or QuantityOutOfBounds."""
        await self._check(lines)
        company_id, operational_id_id = await self._operational_ids.keys(operational_id)
        order_id = await self._session.scalar(NEXT_ID)
        placed = SupplyOrder(
            id=order_id,
            number=f"SU-{order_id:08d}",
            company_id=company_id,
            operational_id_id=operational_id_id,
            user_id=user_id,
            contact_person=contact_person,
            address=address,
            ordered_at=now,
            posted_by=self.posted_by(now),
        )
        self._session.add(placed)
        await self._session.flush()
        self._session.add_all(
            SupplyOrderLine(
                company_id=company_id, order_id=placed.id, product_code=line.product, quantity=line.quantity
            )
            for line in lines
        )
        await self._session.flush()
        return _order(placed, operational_id, lines)

    async def repeated(self, operational_id: str, lines: Sequence[Line], now: datetime) -> Order | None:
        """Find the same order for the same operational ID in the last ten minutes."""
        recent = await self._orders(
            SupplyOrder.ordered_at > now - REPEATED_WITHIN,
            SupplyOrder.ordered_at <= now,
            OperationalId.code == operational_id,
        )
        wanted = {line.product: line.quantity for line in lines}
        return next(
            (order for order in recent if {line.product: line.quantity for line in order.lines} == wanted),
            None,
        )

    async def history(self, limit: int = MOST_HISTORY) -> tuple[Order, ...]:
        """List the latest orders, newest first."""
        return await self._orders(limit=limit)

    async def _check(self, lines: Sequence[Line]) -> None:
        products = {product.code: product for product in await self.products()}
        for line in lines:
            product = products.get(line.product)
            if product is None or product.from_collector:
                raise NotOrderedHere(line.product)
            if not product.minimum <= line.quantity <= product.maximum:
                raise QuantityOutOfBounds(product.code, line.quantity, product.minimum, product.maximum)

    async def _orders(self, *conditions: ColumnElement[bool], limit: int = MOST_HISTORY) -> tuple[Order, ...]:
        rows = (
            await self._session.execute(
                select(SupplyOrder, OperationalId.code)
                .join(OperationalId, OperationalId.id == SupplyOrder.operational_id_id)
                .where(SupplyOrder.company_id.in_(self._company_ids), *conditions)
                .order_by(SupplyOrder.ordered_at.desc(), SupplyOrder.id.desc())
                .limit(limit)
            )
        ).all()
        lines = await self._lines([order.id for order, _code in rows])
        return tuple(_order(order, code, lines.get(order.id, ())) for order, code in rows)

    async def _lines(self, order_ids: Sequence[int]) -> dict[int, list[Line]]:
        rows = await self._session.scalars(
            select(SupplyOrderLine)
            .where(SupplyOrderLine.order_id.in_(order_ids), SupplyOrderLine.company_id.in_(self._company_ids))
            .order_by(SupplyOrderLine.id)
        )
        found: dict[int, list[Line]] = {}
        for row in rows:
            found.setdefault(row.order_id, []).append(Line(row.product_code, row.quantity))
        return found


def _product(row: SupplyProduct) -> Product:
    return Product(
        code=row.code,
        family=row.family,
        names=MappingProxyType({"fr": row.name_fr, "nl": row.name_nl, "en": row.name_en, "de": row.name_de}),
        unit=row.unit,
        minimum=row.minimum,
        maximum=row.maximum,
        picture=row.picture,
        from_collector=row.from_collector,
    )


def _order(row: SupplyOrder, code: str, lines: Sequence[Line]) -> Order:
    return Order(
        row.number, code, row.contact_person, row.address, row.ordered_at, row.posted_by, tuple(lines)
    )
