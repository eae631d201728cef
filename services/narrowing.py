"""Find the narrower searches that really fit a limit, from what a search counts by day and type (GEN-5)."""

from __future__ import annotations

import calendar
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from services.items import LIMIT, DayCount

MOST_TYPES = 3
MOST_PERIODS = 6

Span = tuple[date, date]


@dataclass(frozen=True, slots=True)
class Narrower:
    """A narrower search with what it would find: a period, a type where it is one only, and their items."""

    start: date
    end: date
    item_type: str | None
    count: int


def narrower(counts: Sequence[DayCount], start: date, end: date, limit: int = LIMIT) -> tuple[Narrower, ...]:
    """Offer single types over the whole period, then the longest periods that fit, latest first.

    Months are tried before weeks and days; where not even days fit, the days of single types are. Each one offered
    finds something and at most `limit`.
    """
    types = [
        Narrower(start, end, item_type, count)
        for item_type, count in _by_type(counts).items()
        if count <= limit
    ]
    # A type that is all there is would narrow nothing.
    several = [offer for offer in types if offer.count < sum(count.count for count in counts)]
    periods = _periods(counts, start, end, limit) or _periods_of_types(counts, start, end, limit)
    return (*several[:MOST_TYPES], *periods[:MOST_PERIODS])


def _periods(counts: Iterable[DayCount], start: date, end: date, limit: int) -> list[Narrower]:
    """Take the longest unit of which every part fits, else the longest of which some part does."""
    of_day: dict[date, int] = {}
    for count in counts:
        of_day[count.day] = of_day.get(count.day, 0) + count.count
    some: list[Narrower] = []
    for unit in (_month, _week, _day):
        parts = _parts(of_day, start, end, unit)
        if len(parts) == 1 and unit is not _day:
            continue
        fitting = [part for part in parts if part.count <= limit]
        if fitting and len(fitting) == len(parts):
            return fitting
        some = some or fitting
    return some


def _periods_of_types(counts: Sequence[DayCount], start: date, end: date, limit: int) -> list[Narrower]:
    offers = []
    for item_type in _by_type(counts):
        of_type = [count for count in counts if count.item_type == item_type]
        offers += [
            Narrower(offer.start, offer.end, item_type, offer.count)
            for offer in _periods(of_type, start, end, limit)
        ]
    return sorted(offers, key=lambda offer: (offer.start, -offer.count), reverse=True)


def _parts(
    of_day: Mapping[date, int], start: date, end: date, unit: Callable[[date], Span]
) -> list[Narrower]:
    """Add up what each unit of the period holds, latest first; units at the edges are cut to the period."""
    sums: dict[Span, int] = {}
    for day, count in of_day.items():
        first, last = unit(day)
        span = max(first, start), min(last, end)
        sums[span] = sums.get(span, 0) + count
    return [Narrower(*span, None, count) for span, count in sorted(sums.items(), reverse=True)]


def _by_type(counts: Iterable[DayCount]) -> dict[str, int]:
    sums: dict[str, int] = {}
    for count in counts:
        sums[count.item_type] = sums.get(count.item_type, 0) + count.count
    return dict(sorted(sums.items(), key=lambda pair: -pair[1]))


def _month(day: date) -> Span:
    return day.replace(day=1), day.replace(day=calendar.monthrange(day.year, day.month)[1])


def _week(day: date) -> Span:
    monday = day - timedelta(days=day.weekday())
    return monday, monday + timedelta(days=6)


def _day(day: date) -> Span:
    return day, day
