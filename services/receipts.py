"""Keep the reports of receipts: one a day of hand-over and operational ID, for one year (REC-3, REC-5, REC-6)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, delete, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from services.people import OperationalIds
from services.records import Company, Item, OperationalId, ReceiptReport

# A parcel has no receipt (ITM-3).
WITHOUT_RECEIPT = "parcel"


@dataclass(frozen=True, slots=True)
class ReceiptDay:
    """How many items with a receipt were handed over on a day under an operational ID."""

    operational_id: str
    company_id: int
    day: date
    count: int


@dataclass(frozen=True, slots=True)
class ReceiptItem:
    """An item as its receipt shows it (REC-6)."""

    barcode: str
    item_type: str
    with_ar: bool
    addressee: str


@dataclass(frozen=True, slots=True)
class ReceiptSource:
    """What a report is made of: the items of one day and operational ID, in the order of their barcodes."""

    company_id: int
    operational_id: str
    day: date
    sender: str
    is_demo: bool
    items: tuple[ReceiptItem, ...]


@dataclass(frozen=True, slots=True)
class ReportRecord:
    """A report in the list of reports (REC-5); `generated_at` is None until it is made for the first time."""

    id: int
    company_id: int
    operational_id: str
    day: date
    per_page: int
    language: str
    receipts: int
    generated_at: datetime | None


@dataclass(frozen=True, slots=True)
class ReportFile:
    """A report with its signed PDF."""

    report: ReportRecord
    content: bytes


@dataclass(frozen=True, slots=True)
class Look:
    """How the receipts are wanted: so many on a page, in a language (REC-1)."""

    per_page: int
    language: str


def last_day_kept(handed_over_on: date) -> date:
    """Give the last day on which the receipts of a day's hand-over are kept: a year later (REC-3).

    The year runs from hand-over, whenever a report is generated; that of 29 February ends on 28 February.
    """
    try:
        return handed_over_on.replace(year=handed_over_on.year + 1)
    except ValueError:
        return date(handed_over_on.year + 1, 2, 28)


def oldest_day_kept(today: date) -> date:
    """Give the earliest day of hand-over whose receipts are still kept on a day."""
    day = today.replace(year=today.year - 1, day=28) if (today.month, today.day) == (2, 29) else None
    day = day or today.replace(year=today.year - 1)
    while last_day_kept(day) < today:
        day += timedelta(days=1)
    return day


class ReceiptRegister:
    """The receipts of the companies where somebody holds the right to see them (GEN-3)."""

    def __init__(self, session: AsyncSession, company_ids: Sequence[int]) -> None:
        self._session = session
        self._company_ids = tuple(company_ids)

    async def days(self, codes: Sequence[str], start: date, end: date) -> tuple[ReceiptDay, ...]:
        """List the days of a period, both included, on which there are receipts; in the order of IDs and days."""
        rows = await self._session.execute(
            self._items(OperationalId.code, Item.company_id, Item.handed_over_on, func.count())
            .where(OperationalId.code.in_(codes), Item.handed_over_on.between(start, end))
            .group_by(OperationalId.code, Item.company_id, Item.handed_over_on)
            .order_by(OperationalId.code, Item.handed_over_on)
        )
        return tuple(ReceiptDay(*row) for row in rows)

    async def source(self, code: str, day: date) -> ReceiptSource | None:
        """Read what the report of a day and an operational ID is made of; None where there is nothing."""
        return await self._source(Item.handed_over_on == day, OperationalId.code == code)

    async def source_of(self, barcode: str) -> ReceiptSource | None:
        """Read what the receipt of one item is made of; None where there is no such item or it has none."""
        return await self._source(Item.barcode == barcode)

    async def want(self, code: str, day: date, look: Look) -> None:
        """Note that a report is to be made; one that is there already stays as it is until then."""
        company_id, key = await OperationalIds(self._session, self._company_ids).keys(code)
        await self._session.execute(
            insert(ReceiptReport)
            .values(
                company_id=company_id,
                operational_id_id=key,
                handed_over_on=day,
                state="wanted",
                per_page=look.per_page,
                language=look.language,
                receipts=0,
            )
            .on_conflict_do_nothing()
        )

    async def store(
        self, code: str, day: date, look: Look, *, content: bytes, receipts: int, generated_at: datetime
    ) -> int:
        """Keep a report that was made, in place of an earlier one, and give its number (REC-5).

        Raises UnknownOperationalId for others'.
        """
        company_id, key = await OperationalIds(self._session, self._company_ids).keys(code)
        made = {
            "state": "made",
            "per_page": look.per_page,
            "language": look.language,
            "receipts": receipts,
            "generated_at": generated_at,
            "content": content,
        }
        report_id: int | None = await self._session.scalar(
            insert(ReceiptReport)
            .values(company_id=company_id, operational_id_id=key, handed_over_on=day, **made)
            .on_conflict_do_update(index_elements=["operational_id_id", "handed_over_on"], set_=made)
            .returning(ReceiptReport.id)
        )
        assert report_id is not None
        return report_id

    async def reports(
        self,
        codes: Sequence[str],
        start: date | None,
        end: date | None,
        limit: int,
    ) -> tuple[int, tuple[ReportRecord, ...]]:
        """Count the reports of a period and list the first of them, latest hand-over first."""
        chosen: list[ColumnElement[bool]] = [ReceiptReport.company_id.in_(self._company_ids)]
        if codes:
            chosen.append(OperationalId.code.in_(codes))
        if start is not None:
            chosen.append(ReceiptReport.handed_over_on >= start)
        if end is not None:
            chosen.append(ReceiptReport.handed_over_on <= end)
        total = await self._session.scalar(_reports(func.count()).where(*chosen))
        rows = await self._session.execute(
            _reports(*REPORT)
            .where(*chosen)
            .order_by(ReceiptReport.handed_over_on.desc(), OperationalId.code)
            .limit(limit)
        )
        return total or 0, tuple(ReportRecord(*row) for row in rows)

    async def files(self, report_ids: Sequence[int]) -> tuple[ReportFile, ...]:
        """Read the signed PDFs of reports by their numbers, in the order of IDs and days; others' are not there."""
        rows = await self._session.execute(
            _reports(*REPORT, ReceiptReport.content)
            .where(
                ReceiptReport.id.in_(report_ids),
                ReceiptReport.company_id.in_(self._company_ids),
                ReceiptReport.state == "made",
            )
            .order_by(OperationalId.code, ReceiptReport.handed_over_on)
        )
        return tuple(ReportFile(ReportRecord(*row[:-1]), row[-1]) for row in rows)

    async def has_files(self, report_ids: Sequence[int], today: date) -> bool:
        """Tell whether any file of these reports is still to be had on a day, without reading it (REC-3)."""
        found = await self._session.scalar(
            select(ReceiptReport.id)
            .where(
                ReceiptReport.id.in_(report_ids),
                ReceiptReport.company_id.in_(self._company_ids),
                ReceiptReport.state == "made",
                # The job that removes them for good comes an hour later at most.
                ReceiptReport.handed_over_on >= oldest_day_kept(today),
            )
            .limit(1)
        )
        return found is not None

    async def made(self, code: str, day: date, look: Look) -> ReportFile | None:
        """Read the report of a day and an operational ID, where it is there and looks like this."""
        found = await self._session.scalar(
            _reports(ReceiptReport.id).where(
                ReceiptReport.company_id.in_(self._company_ids),
                OperationalId.code == code,
                ReceiptReport.handed_over_on == day,
                ReceiptReport.per_page == look.per_page,
                ReceiptReport.language == look.language,
            )
        )
        files = await self.files((found,)) if found is not None else ()
        return files[0] if files else None

    def _items(self, *columns: Any) -> Select[*tuple[Any, ...]]:
        return (
            select(*columns)
            .select_from(Item)
            .join(OperationalId, OperationalId.id == Item.operational_id_id)
            .where(Item.company_id.in_(self._company_ids), Item.item_type != WITHOUT_RECEIPT)
        )

    async def _source(self, *conditions: Any) -> ReceiptSource | None:
        rows = (
            await self._session.execute(
                self._items(Item, OperationalId.code, Company.name, Company.city, Company.is_demo)
                .join(Company, Company.id == Item.company_id)
                .where(*conditions)
                .order_by(Item.barcode)
            )
        ).all()
        if not rows:
            return None
        first, code, name, city, is_demo = rows[0]
        items = tuple(_receipt_item(row[0]) for row in rows)
        sender = ", ".join(filter(None, (name, city)))
        return ReceiptSource(first.company_id, code, first.handed_over_on, sender, is_demo, items)


async def remove_gone(session: AsyncSession, today: date) -> int:
    """Remove for good the reports whose year is over and say how many there were (REC-3)."""
    gone = await session.execute(
        delete(ReceiptReport)
        .where(ReceiptReport.handed_over_on < oldest_day_kept(today))
        .returning(ReceiptReport.id)
    )
    return len(gone.all())


REPORT = (
    ReceiptReport.id,
    ReceiptReport.company_id,
    OperationalId.code,
    ReceiptReport.handed_over_on,
    ReceiptReport.per_page,
    ReceiptReport.language,
    ReceiptReport.receipts,
    ReceiptReport.generated_at,
)


def _reports(*columns: Any) -> Select[*tuple[Any, ...]]:
    return (
        select(*columns)
        .select_from(ReceiptReport)
        .join(OperationalId, OperationalId.id == ReceiptReport.operational_id_id)
    )


def _receipt_item(row: Item) -> ReceiptItem:
    addressee = ", ".join(filter(None, (row.addressee, row.postcode)))
    return ReceiptItem(row.barcode, row.item_type, row.with_ar, addressee)
