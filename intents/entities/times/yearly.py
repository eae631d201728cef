"""Say the things that every year has: its months, quarters, halves, numbered weeks and feasts."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial

from intents.entities.times.days import Span, Unit, months_of
from intents.entities.times.feasts import Feast, feast_in
from intents.entities.times.said import Yearly


def _months(year: int, *, first: int, count: int) -> Span:
    return months_of(year, first, count)


def _week(year: int, *, number: int) -> Span | None:
    """Find an ISO week; a year of 52 weeks has no week 53."""
    try:
        monday = date.fromisocalendar(year, number, 1)
    except ValueError:
        return None
    return Span(monday, monday + timedelta(days=6))


def month_said(month: int, year: int | None = None) -> Yearly:
    """Say a month."""
    return Yearly(partial(_months, first=month, count=1), Unit.MONTH, year)


def quarter_said(quarter: int, year: int | None = None) -> Yearly:
    """Say a calendar quarter, 1 to 4."""
    return Yearly(partial(_months, first=3 * quarter - 2, count=3), Unit.QUARTER, year)


def half_said(half: int, year: int | None = None) -> Yearly:
    """Say a half of the year, 1 or 2."""
    return Yearly(partial(_months, first=6 * half - 5, count=6), Unit.HALF, year)


def week_said(number: int, year: int | None = None) -> Yearly:
    """Say a week by its ISO number, 1 to 53."""
    return Yearly(partial(_week, number=number), Unit.WEEK, year)


def feast_said(feast: Feast) -> Yearly:
    """Say a feast; one of several days counts as a stretch, like a week."""
    some_year = feast_in(feast, 2000)
    grain = Unit.DAY if some_year.start == some_year.end else Unit.WEEK
    return Yearly(partial(feast_in, feast), grain)


def year_said(year: int) -> Yearly:
    """Say a whole year."""
    return Yearly(partial(_months, first=1, count=12), Unit.YEAR, year)
