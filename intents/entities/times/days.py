"""Count with calendar units: whole weeks, months and quarters, and the days that lie so many of them away."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from enum import IntEnum


class Unit(IntEnum):
    """Name a stretch of the calendar that people count in."""

    DAY = 0
    WORKDAY = 1
    WEEKEND = 2
    WEEK = 3
    FORTNIGHT = 4
    QUINZAINE = 5
    MONTH = 6
    QUARTER = 7
    HALF = 8
    YEAR = 9
    HOUR = 10


# More than these is not a period that anybody asks for, and would run off the calendar.
MOST = {
    Unit.DAY: 3660,
    Unit.WORKDAY: 520,
    Unit.WEEKEND: 104,
    Unit.WEEK: 520,
    Unit.FORTNIGHT: 260,
    Unit.QUINZAINE: 240,
    Unit.MONTH: 120,
    Unit.QUARTER: 40,
    Unit.HALF: 20,
    Unit.YEAR: 20,
    Unit.HOUR: 2400,
}

_DAYS = {Unit.DAY: 1, Unit.WEEK: 7, Unit.WEEKEND: 7, Unit.FORTNIGHT: 14, Unit.QUINZAINE: 15}
_MONTHS = {Unit.MONTH: 1, Unit.QUARTER: 3, Unit.HALF: 6, Unit.YEAR: 12}


@dataclass(frozen=True, slots=True)
class Span:
    """Hold a stretch of days, both the first and the last included."""

    start: date
    end: date

    def normal(self) -> dict[str, str]:
        """Write the span in the contract's normal form."""
        return {"start": self.start.isoformat(), "end": self.end.isoformat()}


def single(day: date) -> Span:
    """Make the span of one day."""
    return Span(day, day)


def month_length(year: int, month: int) -> int:
    """Say how many days a month has."""
    return monthrange(year, month)[1]


def months_of(year: int, first: int, count: int) -> Span:
    """Make the span of some whole months of a year."""
    last = first + count - 1
    return Span(date(year, first, 1), date(year, last, month_length(year, last)))


def move_months(day: date, by: int) -> date:
    """Move a day by whole months; where the month is too short, to its last day."""
    index = day.year * 12 + day.month - 1 + by
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, month_length(year, month + 1)))


def unit_around(unit: Unit, day: date) -> Span:
    """Make the whole unit that holds a day: a week runs Monday to Sunday, a quarter is a calendar quarter."""
    monday = day - timedelta(days=day.weekday())
    if unit is Unit.WEEK:
        return Span(monday, monday + timedelta(days=6))
    if unit is Unit.WEEKEND:
        return Span(monday + timedelta(days=5), monday + timedelta(days=6))
    if unit is Unit.FORTNIGHT:
        return Span(monday, monday + timedelta(days=13))
    if unit is Unit.QUINZAINE:
        return half_of_month(day.year, day.month, 1 if day.day <= 15 else 2)
    if unit in _MONTHS:
        size = _MONTHS[unit]
        return months_of(day.year, (day.month - 1) // size * size + 1, size)
    return single(day)


def half_of_month(year: int, month: int, which: int) -> Span:
    """Make the first (1–15) or the second half (16–last) of a month."""
    if which == 1:
        return Span(date(year, month, 1), date(year, month, 15))
    return Span(date(year, month, 16), date(year, month, month_length(year, month)))


def move(unit: Unit, day: date, by: int) -> date:
    """Move a day by so many units."""
    if unit in _MONTHS:
        return move_months(day, by * _MONTHS[unit])
    if unit is Unit.WORKDAY:
        return move_workdays(day, by)
    if unit is Unit.HOUR:
        return day + timedelta(days=-(-by // 24) if by > 0 else by // 24)
    return day + timedelta(days=by * _DAYS[unit])


def move_workdays(day: date, by: int) -> date:
    """Move a day by so many Mondays to Fridays; legal holidays are left to the services that know them."""
    step = timedelta(days=1 if by > 0 else -1)
    left = abs(by)
    while left:
        day += step
        left -= day.weekday() < 5
    return day


def unit_away(unit: Unit, today: date, by: int) -> Span:
    """Make the whole unit that lies so many units from the one of today."""
    if unit is Unit.QUINZAINE:
        return _half_month_away(today, by)
    if unit is Unit.FORTNIGHT and by:
        return last_units(unit, -by, today) if by < 0 else next_units(unit, by, today)
    around = unit_around(unit, today)
    if unit in _MONTHS:
        # The first of the month moves safely; its last day would be clamped in a shorter month.
        return unit_around(unit, move(unit, around.start, by))
    return unit_around(unit, move(unit, today, by))


def _half_month_away(today: date, by: int) -> Span:
    index = (today.year * 12 + today.month - 1) * 2 + (today.day > 15) + by
    months, half = divmod(index, 2)
    return half_of_month(months // 12, months % 12 + 1, half + 1)


def last_units(unit: Unit, count: int, today: date) -> Span:
    """Make the last so many units, which end today: of 3 months on 22 November, 23 August to 22 November."""
    if unit is Unit.HOUR:
        return Span(move(unit, today, -count), today)
    if unit is Unit.WEEKEND:
        latest = unit_around(unit, today if today.weekday() >= 5 else today - timedelta(days=7))
        return Span(latest.start - timedelta(days=7 * (count - 1)), latest.end)
    if unit is Unit.WORKDAY:
        latest_day = today if today.weekday() < 5 else move_workdays(today, -1)
        return Span(move_workdays(latest_day, 1 - count), today)
    return Span(move(unit, today, -count) + timedelta(days=1), today)


def next_units(unit: Unit, count: int, today: date) -> Span:
    """Make the next so many units, which begin tomorrow."""
    if unit is Unit.HOUR:
        return Span(today, move(unit, today, count))
    if unit is Unit.WEEKEND:
        first = unit_around(unit, today + timedelta(days=7) if today.weekday() >= 5 else today)
        return Span(first.start, first.end + timedelta(days=7 * (count - 1)))
    return Span(today + timedelta(days=1), move(unit, today, count))
