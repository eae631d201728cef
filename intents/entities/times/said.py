"""Hold what was said of a time before the calendar settles it: "3", "March", "Monday", "yesterday".

Most of what people say comes back: each year a March, each month a third, each week a Monday. Such a thing counts
its cycles (years, months, weeks), and knows where it lies in each; settling it is choosing the cycle.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from intents.entities.times.days import Span, Unit, month_length, single

_NEAR_MONTHS = 4
_EPOCH_MONDAY = date(1, 1, 1).toordinal()


@dataclass(frozen=True, slots=True)
class Pinned:
    """Say a span that needs no more settling. `weekday` is set where it is a weekday of a named week."""

    span: Span
    grain: Unit
    weekday: int | None = None

    def cycle(self, _day: date) -> int:
        """Give the only cycle there is."""
        return 0

    def at(self, _cycle: int) -> Span | None:
        """Give the span."""
        return self.span


@dataclass(frozen=True, slots=True)
class Yearly:
    """Say what comes back each year: a month, a feast, a week number; `year` where it was said."""

    of_year: Callable[[int], Span | None]
    grain: Unit
    year: int | None = None

    def cycle(self, day: date) -> int:
        """Give the year of a day."""
        return day.year

    def at(self, cycle: int) -> Span | None:
        """Say where it lies in a year; None where the year has none (week 53)."""
        return self.of_year(cycle)


@dataclass(frozen=True, slots=True)
class Weekly:
    """Say what comes back each week: a weekday, or the weekend."""

    first: int
    length: int = 1

    @property
    def grain(self) -> Unit:
        """Say whether it is a day or a weekend."""
        return Unit.DAY if self.length == 1 else Unit.WEEKEND

    def cycle(self, day: date) -> int:
        """Give the number of a day's week since the calendar began."""
        return (day.toordinal() - _EPOCH_MONDAY) // 7

    def at(self, cycle: int) -> Span | None:
        """Say where it lies in a week."""
        ordinal = _EPOCH_MONDAY + 7 * cycle + self.first
        return Span(date.fromordinal(ordinal), date.fromordinal(ordinal + self.length - 1))


@dataclass(frozen=True, slots=True)
class Day:
    """Say a day of a month, whose month, and year, may be missing."""

    day: int
    month: int | None = None
    year: int | None = None
    weekday: int | None = None

    @property
    def grain(self) -> Unit:
        """Say that it is a day."""
        return Unit.DAY

    @property
    def possible(self) -> bool:
        """Tell whether some year has such a day: 29 February, not 30."""
        if self.month is None:
            return 1 <= self.day <= 31
        return 1 <= self.month <= 12 and 1 <= self.day <= month_length(2000, self.month)

    def cycle(self, day: date) -> int:
        """Give the year of a day, or its month where the month was not said."""
        return day.year if self.month is not None else day.year * 12 + day.month - 1

    def at(self, cycle: int) -> Span | None:
        """Say where it lies in a year or month; None where that has no such day."""
        if self.month is not None:
            year, month = cycle, self.month
        else:
            year, month = cycle // 12, cycle % 12 + 1
        if not (1 <= month <= 12 and 1 <= self.day <= month_length(year, month)):
            return None
        return single(date(year, month, self.day))


Said = Pinned | Yearly | Weekly | Day


def pinned_year(said: Said) -> int | None:
    """Give the year that was said with it, if one was."""
    return said.year if isinstance(said, Yearly | Day) else None


def is_pinned(said: Said) -> bool:
    """Tell whether only one span can be meant."""
    if isinstance(said, Day):
        return said.month is not None and said.year is not None
    return isinstance(said, Pinned) or (isinstance(said, Yearly) and said.year is not None)


def only(said: Said) -> Span | None:
    """Give the span of something pinned; None where that year has none."""
    year = pinned_year(said)
    return said.at(0 if year is None else year)


def latest(said: Said, limit: date) -> Span | None:
    """Find the latest one that begins no later than a day; what is pinned is where it is."""
    if is_pinned(said):
        return only(said)
    agreeing = _agreeing(said, limit, -1)
    if agreeing is not None:
        return agreeing
    cycle = said.cycle(limit)
    # A leap day may be eight years away, and what runs over New Year begins in the year before.
    for number in range(cycle + 1, cycle - 9, -1):
        span = said.at(number)
        if span is not None and span.start <= limit:
            return span
    return None


def earliest(said: Said, limit: date) -> Span | None:
    """Find the first one that ends no sooner than a day; what is pinned is where it is."""
    if is_pinned(said):
        return only(said)
    agreeing = _agreeing(said, limit, 1)
    if agreeing is not None:
        return agreeing
    cycle = said.cycle(limit)
    for number in range(cycle - 1, cycle + 9):
        span = said.at(number)
        if span is not None and span.end >= limit:
            return span
    return None


def _agreeing(said: Said, limit: date, step: int) -> Span | None:
    """Find the month in which "Monday the 3rd" is a Monday, if one of the nearest is; else the weekday is a slip."""
    if not isinstance(said, Day) or said.month is not None or said.weekday is None:
        return None
    cycle = said.cycle(limit)
    for number in range(cycle, cycle + _NEAR_MONTHS * step, step):
        span = said.at(number)
        if (
            span is not None
            and span.start.weekday() == said.weekday
            and (span.start - limit).days * step >= 0
        ):
            return span
    return None


def pin(span: Span | None, grain: Unit) -> Pinned | None:
    """Pin a span down, if there is one."""
    return None if span is None else Pinned(span, grain)


def the_last(said: Said, today: date) -> Pinned | None:
    """Pin "last March, last Monday": the latest that was over before today."""
    span = latest(said, today)
    while span is not None and span.end >= today and not is_pinned(said):
        span = latest(said, span.start - timedelta(days=1))
    return pin(span, said.grain)


def the_next(said: Said, today: date) -> Pinned | None:
    """Pin "next March, next Monday": the first that begins after today."""
    span = earliest(said, today + timedelta(days=1))
    while span is not None and span.start <= today and not is_pinned(said):
        span = earliest(said, span.end + timedelta(days=1))
    return pin(span, said.grain)


def within(said: Said, change: Callable[[Span], Span | None], grain: Unit) -> Said | None:
    """Take a piece of it (its beginning, its first Monday), wherever it will come to lie."""
    if isinstance(said, Pinned):
        return pin(change(said.span), grain)
    if isinstance(said, Weekly):
        return None
    whole = said

    def piece(year: int) -> Span | None:
        span = whole.at(year)
        return None if span is None else change(span)

    if isinstance(said, Day) and said.month is None:
        return None
    return Yearly(piece, grain, said.year)


def with_year(said: Said, year: int) -> Said:
    """Say the year with it."""
    return replace(said, year=year) if isinstance(said, Yearly | Day) else said
