"""Settle phrases of time on the calendar, or say what is wrong with them.

Without a year the latest that is not in the future is meant, ahead the next one. Half a range takes from the other
what it leaves out: "du 3 au 7 mars", "du 28 décembre au 4 janvier 2026".
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from intents.entities.times.days import Span, Unit, month_length, single
from intents.entities.times.ranges import Lasting, Piece
from intents.entities.times.said import (
    Day,
    Pinned,
    Said,
    Weekly,
    Yearly,
    earliest,
    is_pinned,
    latest,
    only,
    pinned_year,
)

FIRST_YEAR: Final = 2000
YEARS_AHEAD: Final = 5

# "Du 20 mars au 3 février" may run over New Year, "du 7 au 3 mars" over the end of a month: only so far.
_MOST_DAYS_OVER_NEW_YEAR = 183
_MOST_DAYS_OVER_MONTH = 14
_LONG = frozenset({Unit.MONTH, Unit.QUARTER, Unit.HALF, Unit.YEAR})


@dataclass(frozen=True, slots=True)
class Flaw:
    """Say what is wrong with a time that was clearly meant; `proposal` is the likely right one."""

    code: str
    value: Span | None = None
    proposal: Span | None = None


@dataclass(frozen=True, slots=True)
class Clock:
    """Hold the day it is, and whether the customer speaks of what is to come."""

    today: date
    ahead: bool


Outcome = Span | Flaw | None


def settle(piece: Piece, clock: Clock) -> Outcome:
    """Settle one phrase; None where the calendar has no such time."""
    if piece.last is not None and not isinstance(piece.last, Lasting):
        first, last = _share_month(piece.first, piece.last)
        piece = replace(piece, first=first, last=last)
    code = _flaw(piece.first, clock) or (
        None if piece.last is None or isinstance(piece.last, Lasting) else _flaw(piece.last, clock)
    )
    if code is None:
        return _settle_sound(piece, clock)
    value = _settle_sound(piece, clock) if code == "year_out_of_range" else None
    return Flaw(code, _span_of(value), _proposal(piece, clock))


def _settle_sound(piece: Piece, clock: Clock) -> Outcome:
    if piece.manner == "range":
        return _settle_range(piece, clock)
    # "D'ici vendredi" looks ahead whatever the message is about.
    span = _settle_one(piece.first, replace(clock, ahead=True) if piece.manner == "by" else clock)
    return None if span is None else _BOUNDED[piece.manner](span, piece.first.grain, clock)


def _settle_one(said: Said, clock: Clock) -> Span | None:
    if clock.ahead:
        # "Lundi" said on a Monday is the next one; a day of the month is today's too.
        return earliest(said, clock.today + timedelta(days=1) if isinstance(said, Weekly) else clock.today)
    return latest(said, clock.today)


def _flaw(said: Said, clock: Clock) -> str | None:
    """Name what is wrong with what was said itself."""
    year = pinned_year(said)
    if isinstance(said, Day) and not said.possible:
        return "no_such_day"
    if year is None:
        return None
    if not FIRST_YEAR <= year <= clock.today.year + YEARS_AHEAD:
        return "year_out_of_range"
    return "no_such_day" if is_pinned(said) and only(said) is None else None


def _span_of(outcome: Outcome) -> Span | None:
    return outcome if isinstance(outcome, Span) else None


def _proposal(piece: Piece, clock: Clock) -> Span | None:
    """Propose the phrase with its days and years put right, if that makes sense of it."""
    first = _repaired(piece.first, clock)
    last = (
        piece.last if piece.last is None or isinstance(piece.last, Lasting) else _repaired(piece.last, clock)
    )
    if first is None or (last is None and piece.last is not None):
        return None
    return _span_of(_settle_sound(replace(piece, first=first, last=last), clock))


def _repaired(said: Said, clock: Clock) -> Said | None:
    """Put right a day that does not exist, and leave out a year that cannot be; None where there is no telling."""
    year = pinned_year(said)
    if year is not None and not FIRST_YEAR <= year <= clock.today.year + YEARS_AHEAD:
        if isinstance(said, Day):
            said = replace(said, year=None)
        elif isinstance(said, Yearly):
            return None if said.grain is Unit.YEAR else replace(said, year=None)
    if isinstance(said, Day) and (not said.possible or (is_pinned(said) and only(said) is None)):
        return _possible_day(said)
    return None if is_pinned(said) and only(said) is None else said


def _possible_day(said: Day) -> Day | None:
    """Find the last day of the month for 31 February, and 25 March for the American 03/25."""
    if said.month is None:
        return None
    if not 1 <= said.month <= 12:
        swapped = replace(said, day=said.month, month=said.day)
        return swapped if swapped.possible else None
    # 29 February is too seldom to propose: the last day of an ordinary February is.
    longest = month_length(said.year or 2001, said.month)
    return replace(said, day=longest) if said.day > longest else None


def _plain(span: Span, _grain: Unit, _clock: Clock) -> Span:
    return span


def _since(span: Span, _grain: Unit, clock: Clock) -> Span:
    return Span(span.start, clock.today) if span.start <= clock.today else span


def _onward(span: Span, grain: Unit, clock: Clock) -> Span:
    return span if clock.ahead else _since(span, grain, clock)


def _until(span: Span, grain: Unit, clock: Clock) -> Span:
    """Begin a stretch of which only the end is said: today if that is to come, else with its month or year."""
    if span.end > clock.today or (clock.ahead and span.end == clock.today):
        return Span(min(clock.today, span.end), span.end)
    first = span.end.replace(day=1)
    return Span(first.replace(month=1) if grain in _LONG else first, span.end)


def _before(span: Span, grain: Unit, clock: Clock) -> Span:
    eve = span.start - timedelta(days=1)
    return _until(single(eve), grain, clock)


def _after(span: Span, _grain: Unit, clock: Clock) -> Span:
    morrow = span.end + timedelta(days=1)
    return single(morrow) if clock.ahead or morrow > clock.today else Span(morrow, clock.today)


def _by(span: Span, _grain: Unit, clock: Clock) -> Span:
    return Span(clock.today, span.end) if span.end >= clock.today else span


_BOUNDED: Final[dict[str, Callable[[Span, Unit, Clock], Span]]] = {
    "plain": _plain,
    "since": _since,
    "onward": _onward,
    "until": _until,
    "before": _before,
    "after": _after,
    "by": _by,
}


def _settle_range(piece: Piece, clock: Clock) -> Outcome:
    first, last = piece.first, piece.last
    if isinstance(last, Lasting):
        begun = _settle_one(first, clock)
        return None if begun is None else last.after(begun)
    if last is None:
        return None
    start, end = _ends(first, last, clock)
    if start is None or end is None:
        return None
    if end.end < start.start:
        swapped = Span(end.start, start.end)
        return Flaw("end_before_start", Span(start.start, end.end), swapped)
    return _unless_backwards(first, last, Span(start.start, end.end), clock)


def _share_month(first: Said, last: Said) -> tuple[Said, Said]:
    """Lend the month, and the year, of one end to the day that lacks it."""
    if not isinstance(first, Day) or not isinstance(last, Day):
        return first, last
    if first.month is None and last.month is not None:
        return _before_in_month(first, last), last
    if last.month is None and first.month is not None:
        if last.day >= first.day:
            same = replace(last, month=first.month, year=first.year or last.year)
            return replace(first, year=same.year), same
        # "Du 28 mars au 4" ends in the month after.
        over = first.month == 12
        year = first.year or last.year
        return replace(first, year=year), replace(
            last, month=1 if over else first.month + 1, year=None if year is None else year + over
        )
    return first, last


def _before_in_month(first: Day, last: Day) -> Day:
    """Give a beginning the month of its end; "du 28 au 3 mars" begins in the month before."""
    month, year = last.month or 1, last.year
    if first.day > last.day:
        earlier, earlier_year = (month - 1, year) if month > 1 else (12, None if year is None else year - 1)
        over = month_length(earlier_year or 2001, earlier) - first.day + last.day
        if over <= _MOST_DAYS_OVER_MONTH:
            return replace(first, month=earlier, year=earlier_year)
    return replace(first, month=month, year=year)


def _ends(first: Said, last: Said, clock: Clock) -> tuple[Span | None, Span | None]:
    """Choose the two ends so that they belong together."""
    if is_pinned(last):
        end = only(last)
        if end is None:
            return None, None
        return (only(first) if is_pinned(first) else latest(first, end.end)), end
    if is_pinned(first):
        start = only(first)
        return start, None if start is None else earliest(last, start.start)
    if clock.ahead:
        running = _from(latest(first, clock.today), last)
        if not isinstance(first, Weekly) and running[1] is not None and running[1].end >= clock.today:
            return running
        return _from(_settle_one(first, clock), last)
    return _from(latest(first, clock.today), last)


def _from(start: Span | None, last: Said) -> tuple[Span | None, Span | None]:
    return start, None if start is None else earliest(last, start.start)


def _unless_backwards(first: Said, last: Said, span: Span, clock: Clock) -> Outcome:
    """Refuse a range of days that fits only when it runs nearly round the year: "du 7 au 3 mars"."""
    if not isinstance(first, Day) or not isinstance(last, Day) or None in (first.month, last.month):
        return span
    if (span.end - span.start).days <= _MOST_DAYS_OVER_NEW_YEAR:
        return span
    if (first.month or 0, first.day) <= (last.month or 0, last.day):
        return span
    start = latest(first, clock.today)
    end = None if start is None else Day(last.day, last.month, start.start.year).at(start.start.year)
    if start is None or end is None:
        return Flaw("end_before_start")
    return Flaw("end_before_start", Span(start.start, end.end), Span(end.start, start.end))


def lend(piece: Piece, lender: Piece, *, behind: bool) -> Piece:
    """Give a phrase of a list the month or year that its neighbour says; `behind` where the neighbour follows."""
    source = (
        lender.first if behind or lender.last is None or isinstance(lender.last, Lasting) else lender.last
    )
    if behind and lender.last is not None and isinstance(lender.last, Day) and lender.last.month is not None:
        source = lender.last
    borrowed = _borrow(piece.last if isinstance(piece.last, Day) else piece.first, source)
    if borrowed is None:
        return piece
    if isinstance(piece.last, Day):
        return replace(piece, last=borrowed, sure=True)
    return replace(piece, first=borrowed, sure=True)


def _borrow(said: Said, source: Said) -> Said | None:
    if isinstance(said, Day) and said.month is None and isinstance(source, Day) and source.month is not None:
        return replace(said, month=source.month, year=source.year)
    if is_pinned(said):
        return None
    if isinstance(source, Yearly | Day) and source.year is not None:
        return _beside(said, source)
    if isinstance(said, Weekly) and isinstance(source, Pinned) and source.weekday is not None:
        span = latest(said, source.span.end)
        return None if span is None else Pinned(span, Unit.DAY, said.first)
    return None


def _beside(said: Said, source: Said) -> Said | None:
    """Give something the year of its neighbour: "septembre et octobre 2025"."""
    if isinstance(said, Yearly | Day) and (isinstance(said, Yearly) or said.month is not None):
        return replace(said, year=pinned_year(source))
    return None
