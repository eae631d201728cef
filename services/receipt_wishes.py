"""Note who waits for receipts (REC-2) and who wants to be warned before they are removed (REC-3)."""

from __future__ import annotations

import calendar
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from services.people import OperationalIds
from services.receipts import Look, last_day_kept
from services.records import AwaitedReceipts, OperationalId, ReceiptWarning


@dataclass(frozen=True, slots=True)
class Awaited:
    """Receipts that somebody waits for: those of a period under an operational ID, or of one item by its barcode."""

    id: int
    conversation_id: int
    user_id: int
    company_id: int
    operational_id: str
    start: date
    end: date
    barcode: str
    look: Look


@dataclass(frozen=True, slots=True)
class Warned:
    """Somebody to warn: of the receipts of a week, Monday to Sunday, the first of which go on `going_on`."""

    id: int
    conversation_id: int
    user_id: int
    company_id: int
    start: date
    end: date
    going_on: date


class ReceiptWishes:
    """The wishes of one person in one conversation, in the companies where they hold the right."""

    def __init__(
        self, session: AsyncSession, conversation_id: int, user_id: int | None, company_ids: Sequence[int]
    ) -> None:
        self._session = session
        self._conversation_id = conversation_id
        self._user_id = user_id
        self._company_ids = tuple(company_ids)

    async def wait_for(
        self, code: str, start: date, end: date, look: Look, now: datetime, barcode: str = ""
    ) -> None:
        """Note that receipts are to be sent when all of them are there; the same wish again changes its look only.

        Raises UnknownOperationalId for others'.
        """
        company_id, key = await OperationalIds(self._session, self._company_ids).keys(code)
        values = {
            "conversation_id": self._conversation_id,
            "user_id": self._user_id,
            "company_id": company_id,
            "operational_id_id": key,
            "first_on": start,
            "last_on": end,
            "barcode": barcode,
            "per_page": look.per_page,
            "language": look.language,
            "asked_at": now,
        }
        await self._session.execute(
            insert(AwaitedReceipts)
            .values(values)
            .on_conflict_do_update(
                constraint="uq_awaited_receipts_wish",
                set_={"per_page": look.per_page, "language": look.language, "user_id": self._user_id},
            )
        )

    async def warned_companies(self) -> tuple[int, ...]:
        """List the companies for which this conversation is warned."""
        rows = await self._session.scalars(
            select(ReceiptWarning.company_id).where(
                ReceiptWarning.conversation_id == self._conversation_id,
                ReceiptWarning.user_id == self._user_id,
                ReceiptWarning.company_id.in_(self._company_ids),
            )
        )
        return tuple(rows)

    async def warn(self, company_id: int, today: date, now: datetime) -> None:
        """Begin to warn a month before; what goes sooner than that is told of in the first warning."""
        assert company_id in self._company_ids
        oldest = _monday(today.replace(day=1) - timedelta(days=366))
        while last_day_kept(oldest + timedelta(days=6)) < today:
            oldest += timedelta(weeks=1)
        await self._session.execute(
            insert(ReceiptWarning)
            .values(
                conversation_id=self._conversation_id,
                user_id=self._user_id,
                company_id=company_id,
                warned_until=oldest - timedelta(days=1),
                asked_at=now,
            )
            .on_conflict_do_nothing()
        )

    async def stop_warning(self) -> None:
        """Warn no more."""
        await self._session.execute(
            delete(ReceiptWarning).where(
                ReceiptWarning.conversation_id == self._conversation_id,
                ReceiptWarning.company_id.in_(self._company_ids),
            )
        )


async def awaited_until(session: AsyncSession, today: date) -> tuple[Awaited, ...]:
    """List the wishes whose last day of hand-over is over, in the order of asking, and hold them."""
    rows = await session.execute(
        select(AwaitedReceipts, OperationalId.code)
        .join(OperationalId, OperationalId.id == AwaitedReceipts.operational_id_id)
        .where(AwaitedReceipts.last_on < today)
        .order_by(AwaitedReceipts.id)
        .with_for_update(of=AwaitedReceipts, skip_locked=True)
    )
    return tuple(
        Awaited(
            row.id,
            row.conversation_id,
            row.user_id,
            row.company_id,
            code,
            row.first_on,
            row.last_on,
            row.barcode,
            Look(row.per_page, row.language),
        )
        for row, code in rows
    )


async def forget(session: AsyncSession, awaited: Awaited) -> None:
    """Remove a wish that was fulfilled, or whose person may not have it any more."""
    await session.execute(delete(AwaitedReceipts).where(AwaitedReceipts.id == awaited.id))


async def take_warnings(session: AsyncSession, today: date) -> tuple[Warned, ...]:
    """Take the weeks to warn of: the earliest warning lies a whole month before the first receipts go (REC-3)."""
    rows = await session.scalars(
        select(ReceiptWarning).order_by(ReceiptWarning.id).with_for_update(skip_locked=True)
    )
    taken = []
    for row in rows:
        while warning_day(monday := row.warned_until + timedelta(days=1)) <= today:
            sunday = monday + timedelta(days=6)
            row.warned_until = sunday
            # Of the first week after the wish some may be gone already.
            going_on = max(last_day_kept(monday), today) + timedelta(days=1)
            taken.append(
                Warned(row.id, row.conversation_id, row.user_id, row.company_id, monday, sunday, going_on)
            )
    await session.flush()
    return tuple(taken)


async def end_warning(session: AsyncSession, warning_id: int) -> None:
    """Remove the wish of somebody who may not see these receipts any more."""
    await session.execute(delete(ReceiptWarning).where(ReceiptWarning.id == warning_id))


def warning_day(handed_over_on: date) -> date:
    """Give the day a month before the receipts of a day's hand-over are removed."""
    gone = last_day_kept(handed_over_on) + timedelta(days=1)
    month = gone.replace(day=1) - timedelta(days=1)
    return month.replace(day=min(gone.day, calendar.monthrange(month.year, month.month)[1]))


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
