"""Count the days of a recurrence in local time, whatever the clocks do (REP-3).

A recurrence is the RRULE of RFC 5545 as `intents` reads it from a message, made definite here: "every week" has a day
of the week, "every month" a day of the month.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from typing import Literal

from dateutil.rrule import DAILY, FR, MO, MONTHLY, SA, SU, TH, TU, WE, WEEKLY, YEARLY, rrule, weekday

from services.calendar import BRUSSELS, BusinessCalendar
from services.errors import NotARecurrence

FREQUENCIES: dict[str, Literal[0, 1, 2, 3]] = {
    "DAILY": DAILY,
    "WEEKLY": WEEKLY,
    "MONTHLY": MONTHLY,
    "YEARLY": YEARLY,
}
DAYS: dict[str, weekday] = {"MO": MO, "TU": TU, "WE": WE, "TH": TH, "FR": FR, "SA": SA, "SU": SU}
CODES = tuple(DAYS)
WORKDAYS = (0, 1, 2, 3, 4)
MOST_BETWEEN = 60
# Every month has this many days; a later one stands for the last day of the months that lack it.
SHORTEST_MONTH = 28
PARTS = frozenset({"FREQ", "INTERVAL", "BYDAY", "BYMONTHDAY", "BYSETPOS"})


@dataclass(frozen=True, slots=True)
class Recurrence:
    """How often something comes back.

    `weekdays` count from Monday, 0; with `rank` the n-th such day of the month is meant, from its end where negative.
    `month_days` are days of the month, -1 the last one. `working_day` is the n-th business day of the month.
    """

    frequency: str
    interval: int = 1
    weekdays: tuple[int, ...] = ()
    rank: int | None = None
    month_days: tuple[int, ...] = ()
    working_day: int | None = None


def read_recurrence(rule: str) -> Recurrence:
    """Read a rule; one without a day gets the first of its week, month, quarter or year.

    Raises NotARecurrence for what is no rule, or one that a sending could not follow.
    """
    parts = _parts(rule)
    frequency, interval = parts["FREQ"], _number(rule, parts.get("INTERVAL", "1"), 1, MOST_BETWEEN)
    weekdays, rank = _weekdays(rule, parts.get("BYDAY", ""))
    month_days = tuple(
        _number(rule, part, -31, 31) for part in parts.get("BYMONTHDAY", "").split(",") if part
    )
    if "BYSETPOS" in parts:
        if frequency != "MONTHLY" or weekdays != WORKDAYS:
            raise NotARecurrence(rule)
        return Recurrence(
            frequency, interval, working_day=_number(rule, parts["BYSETPOS"], -SHORTEST_MONTH, 31)
        )
    if 0 in month_days or (month_days and frequency != "MONTHLY") or (rank and frequency != "MONTHLY"):
        raise NotARecurrence(rule)
    if frequency == "WEEKLY":
        weekdays = weekdays or (0,)
    elif frequency == "MONTHLY" and not weekdays:
        month_days = month_days or (1,)
    elif weekdays and rank is None:
        raise NotARecurrence(rule)
    return Recurrence(frequency, interval, weekdays, rank, month_days)


def write_rule(recurrence: Recurrence) -> str:
    """Write a recurrence as the rule that `read_recurrence` reads."""
    parts = [f"FREQ={recurrence.frequency}"]
    if recurrence.interval > 1:
        parts.append(f"INTERVAL={recurrence.interval}")
    if recurrence.working_day is not None:
        return ";".join((*parts, "BYDAY=MO,TU,WE,TH,FR", f"BYSETPOS={recurrence.working_day}"))
    if recurrence.weekdays:
        rank = "" if recurrence.rank is None else str(recurrence.rank)
        parts.append("BYDAY=" + ",".join(f"{rank}{CODES[day]}" for day in recurrence.weekdays))
    if recurrence.month_days:
        parts.append("BYMONTHDAY=" + ",".join(map(str, recurrence.month_days)))
    return ";".join(parts)


def first_day(recurrence: Recurrence, after: date, calendar: BusinessCalendar) -> date:
    """Give the first day after a day on which the recurrence falls, from which its intervals are counted.

    Quarters and half-years begin with the calendar's, not with the month in which they were asked for.
    """
    if recurrence.frequency == "YEARLY":
        return date(after.year + 1, 1, 1)
    start = after + timedelta(days=1)
    if recurrence.frequency == "MONTHLY" and recurrence.interval in {3, 6}:
        whole = (start.month - 1) % recurrence.interval
        start_of_unit = date(start.year, start.month - whole, 1)
        return next(
            day for day in _days(recurrence, start_of_unit, calendar, recurrence.interval) if day >= start
        )
    return next(_days(recurrence, start, calendar, 1))


class Timetable:
    """The moments of a recurrence from a first day on, at a time of the clock in Brussels."""

    def __init__(self, recurrence: Recurrence, starts_on: date, at: time, calendar: BusinessCalendar) -> None:
        self._recurrence = recurrence
        self._starts_on = starts_on
        self._at = at
        self._calendar = calendar

    def next_after(self, moment: datetime) -> datetime:
        """Give the first moment later than another one."""
        return next(due for due in self._moments() if due > moment)

    def latest_until(self, moment: datetime) -> datetime | None:
        """Give the last moment that is not later than another one; None before the first."""
        first = next(self._moments())
        if first > moment:
            return None
        return next(due for due, following in pairwise(self._moments()) if following > moment)

    def count_between(self, first: datetime, last: datetime) -> int:
        """Count the moments from one on and before another one."""
        count = 0
        for due in self._moments():
            if due >= last:
                return count
            count += due >= first
        return count

    def _moments(self) -> Iterator[datetime]:
        """List the moments; a time that the change to summer time skips comes an hour later."""
        interval = self._recurrence.interval
        start = self._starts_on
        if self._recurrence.frequency == "MONTHLY":
            start = start.replace(day=1)
        for day in _days(self._recurrence, start, self._calendar, interval):
            if day >= self._starts_on:
                # In UTC: two moments of one zone would be compared by their clocks, blind to summer time.
                yield datetime.combine(day, self._at, BRUSSELS).astimezone(UTC)


def _days(recurrence: Recurrence, start: date, calendar: BusinessCalendar, interval: int) -> Iterator[date]:
    if recurrence.working_day is not None:
        return _working_days(recurrence.working_day, start, calendar, interval)
    if any(day > SHORTEST_MONTH for day in recurrence.month_days):
        return _late_days(recurrence.month_days, start, interval)
    rule = rrule(
        FREQUENCIES[recurrence.frequency],
        dtstart=datetime.combine(start, time()),
        interval=interval,
        byweekday=[_ranked(day, recurrence.rank) for day in recurrence.weekdays] or None,
        bymonthday=recurrence.month_days or None,
    )
    return (moment.date() for moment in rule)


def _late_days(wanted: tuple[int, ...], start: date, interval: int) -> Iterator[date]:
    """List days of months, the last day in place of one that a month lacks."""
    for first in _months(start, interval):
        last = _last_day(first)
        days = {last + 1 + day if day < 0 else min(day, last) for day in wanted}
        yield from (first.replace(day=day) for day in sorted(days) if first.replace(day=day) >= start)


def _working_days(position: int, start: date, calendar: BusinessCalendar, interval: int) -> Iterator[date]:
    for first in _months(start, interval):
        days = [
            day
            for number in range(1, _last_day(first) + 1)
            if calendar.is_business_day(day := first.replace(day=number))
        ]
        index = position - 1 if position > 0 else position
        if -len(days) <= index < len(days) and days[index] >= start:
            yield days[index]


def _months(start: date, interval: int) -> Iterator[date]:
    first = datetime.combine(start.replace(day=1), time())
    return (moment.date() for moment in rrule(MONTHLY, dtstart=first, interval=interval))


def _last_day(first: date) -> int:
    return ((first + timedelta(days=31)).replace(day=1) - timedelta(days=1)).day


def _ranked(day: int, rank: int | None) -> weekday:
    code = DAYS[CODES[day]]
    return code if rank is None else code(rank)


def _parts(rule: str) -> dict[str, str]:
    pairs = [part.split("=", 1) for part in rule.split(";")]
    if len(rule) > 200 or any(len(pair) != 2 or pair[0] not in PARTS for pair in pairs):
        raise NotARecurrence(rule)
    parts = {pair[0]: pair[1] for pair in pairs}
    if len(parts) != len(pairs) or parts.get("FREQ") not in FREQUENCIES:
        raise NotARecurrence(rule)
    return parts


def _number(rule: str, text: str, low: int, high: int) -> int:
    try:
        number = int(text)
    except ValueError:
        raise NotARecurrence(rule) from None
    if not low <= number <= high or number == 0:
        raise NotARecurrence(rule)
    return number


def _weekdays(rule: str, text: str) -> tuple[tuple[int, ...], int | None]:
    """Read "MO,TH" or "-1FR": days of the week, and the one rank that they share."""
    days, ranks = set[int](), set[int | None]()
    for part in filter(None, text.split(",")):
        code, rank = part[-2:], part[:-2]
        if code not in CODES:
            raise NotARecurrence(rule)
        days.add(CODES.index(code))
        ranks.add(_number(rule, rank, -5, 5) if rank else None)
    if len(ranks) > 1:
        raise NotARecurrence(rule)
    return tuple(sorted(days)), ranks.pop() if ranks else None
