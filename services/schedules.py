"""Keep what is to be sent regularly, and say what is due (REP-3)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time
from typing import Literal

from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncSession

from services.calendar import BRUSSELS, BusinessCalendar
from services.records import Schedule
from services.recurrence import Timetable, first_day, read_recurrence

Subject = Literal["report", "receipts"]
State = Literal["active", "paused", "stopped"]


@dataclass(frozen=True, slots=True)
class NewSchedule:
    """What is to be sent to whom, how often; empty lists mean all operational IDs or types."""

    company_id: int
    user_id: int
    conversation_id: int
    subject: Subject
    recurrence: str
    span: str
    operational_ids: tuple[str, ...]
    item_types: tuple[str, ...]
    language: str


@dataclass(frozen=True, slots=True)
class ScheduleRecord:
    """A regular sending as it stands; `next_at` is None while it is paused and once it is stopped."""

    id: int
    wish: NewSchedule
    state: State
    next_at: datetime | None


@dataclass(frozen=True, slots=True)
class Due:
    """A sending whose time has come: the latest one, with how many before it were missed in a downtime."""

    schedule_id: int
    due_at: datetime
    missed: int


class Schedules:
    """The regular sendings of one person in the companies where they hold the right (GEN-3)."""

    def __init__(
        self,
        session: AsyncSession,
        user_id: int | None,
        company_ids: Sequence[int],
        at: time,
        calendar: BusinessCalendar,
    ) -> None:
        self._session = session
        self._user_id = user_id
        self._company_ids = tuple(company_ids)
        self._at = at
        self._calendar = calendar

    async def list_all(self) -> tuple[ScheduleRecord, ...]:
        """List what has not been stopped, oldest first."""
        rows = await self._session.scalars(self._own().order_by(Schedule.id))
        return tuple(map(_record, rows))

    async def add(self, wish: NewSchedule, now: datetime) -> ScheduleRecord:
        """Begin a regular sending; its first one is on the first day after today. Raises NotARecurrence."""
        today = now.astimezone(BRUSSELS).date()
        starts_on = first_day(read_recurrence(wish.recurrence), today, self._calendar)
        row = Schedule(
            company_id=wish.company_id,
            user_id=wish.user_id,
            conversation_id=wish.conversation_id,
            subject=wish.subject,
            recurrence=wish.recurrence,
            span=wish.span,
            operational_ids=list(wish.operational_ids),
            item_types=list(wish.item_types),
            language=wish.language,
            state="active",
            starts_on=starts_on,
            created_at=now,
        )
        row.next_at = _timetable(row, self._at, self._calendar).next_after(now)
        self._session.add(row)
        await self._session.flush()
        return _record(row)

    async def change(self, schedule_id: int, state: State, now: datetime) -> ScheduleRecord | None:
        """Pause, resume or stop a sending; None where the person has none of that number.

        What fell due during a pause is not sent afterwards.
        """
        row = await self._session.scalar(self._own().where(Schedule.id == schedule_id).with_for_update())
        if row is None:
            return None
        row.state = state
        row.next_at = _timetable(row, self._at, self._calendar).next_after(now) if state == "active" else None
        await self._session.flush()
        return _record(row)

    def _own(self) -> Select[Schedule]:
        return select(Schedule).where(
            Schedule.user_id == self._user_id,
            Schedule.company_id.in_(self._company_ids),
            Schedule.state != "stopped",
        )


async def take_due(
    session: AsyncSession, now: datetime, at: time, calendar: BusinessCalendar
) -> tuple[Due, ...]:
    """Take what is due and set each to its next time: after a downtime one sending stands for all missed ones."""
    rows = await session.scalars(
        select(Schedule)
        .where(Schedule.state == "active", Schedule.next_at <= now)
        .order_by(Schedule.id)
        .with_for_update(skip_locked=True)
    )
    taken = []
    for row in rows:
        assert row.next_at is not None
        timetable = _timetable(row, at, calendar)
        latest = timetable.latest_until(now) or row.next_at
        missed = timetable.count_between(row.next_at, latest)
        row.next_at = timetable.next_after(now)
        taken.append(Due(row.id, latest, missed))
    return tuple(taken)


async def begin_sending(session: AsyncSession, schedule_id: int, due_at: datetime) -> ScheduleRecord | None:
    """Mark a sending as gone out, within the transaction that sends it; None where it has or is not wanted any more."""
    row = await session.get(Schedule, schedule_id, with_for_update=True)
    if row is None or row.state != "active" or (row.sent_for is not None and row.sent_for >= due_at):
        return None
    row.sent_for = due_at
    # Written at once: the transaction goes on within the scope of the person.
    await session.flush()
    return _record(row)


async def end_sending(session: AsyncSession, schedule_id: int) -> None:
    """Stop a sending whose person may not have it any more."""
    row = await session.get_one(Schedule, schedule_id)
    row.state, row.next_at = "stopped", None
    await session.flush()


def _timetable(row: Schedule, at: time, calendar: BusinessCalendar) -> Timetable:
    return Timetable(read_recurrence(row.recurrence), row.starts_on, at, calendar)


def _record(row: Schedule) -> ScheduleRecord:
    wish = NewSchedule(
        company_id=row.company_id,
        user_id=row.user_id,
        conversation_id=row.conversation_id,
        subject="receipts" if row.subject == "receipts" else "report",
        recurrence=row.recurrence,
        span=row.span,
        operational_ids=tuple(row.operational_ids),
        item_types=tuple(row.item_types),
        language=row.language,
    )
    state: State = "active" if row.state == "active" else "paused" if row.state == "paused" else "stopped"
    return ScheduleRecord(row.id, wish, state, row.next_at)
