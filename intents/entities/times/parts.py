"""Read pieces of a longer stretch: fin octobre, first week of March, le dernier vendredi du mois, H1 of a month."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from typing import Final

from intents.entities.times.dates import month
from intents.entities.times.days import (
    Span,
    Unit,
    half_of_month,
    month_length,
    months_of,
    move_workdays,
    single,
    unit_around,
)
from intents.entities.times.kinds import Kind
from intents.entities.times.line import Line, Parsed
from intents.entities.times.marks import figure, quarter, week_number, year
from intents.entities.times.named import feast
from intents.entities.times.said import Pinned, within
from intents.entities.times.tails import OF_THE
from intents.entities.times.units import number_at, unit_phrase

_OF_THE_DASH: Final[frozenset[Kind]] = OF_THE | {"dash"}
_DETERMINED: Final[frozenset[Kind]] = frozenset({"of", "of_the", "the", "in", "dash"})
_LONG: Final = frozenset({Unit.WEEK, Unit.MONTH, Unit.QUARTER, Unit.HALF, Unit.YEAR})
_MONTHS_OF_YEAR: Final = ((1, 3), (5, 4), (10, 3))
_DAYS_OF_WEEK: Final = ((0, 1), (2, 3), (4, 6))

# How to take a piece out of a longer stretch, and of what grain the piece is.
_Taking = tuple[Callable[[Span], Span | None], Unit]

BEGINNING: Final = 0
END: Final = 2


def part_of(which: int, grain: Unit, span: Span) -> Span | None:
    """Take the beginning (0), middle (1) or end (2).

    Of a month 1–10, 11–20, 21–last; of a week Monday–Tuesday, Wednesday–Thursday, Friday–Sunday; of a year
    January–March, May–August, October–December; of anything else a third, where it has three days.
    """
    if grain is Unit.MONTH:
        year, at = span.start.year, span.start.month
        first, last = ((1, 10), (11, 20), (21, month_length(year, at)))[which]
        return Span(date(year, at, first), date(year, at, last))
    if grain is Unit.WEEK and (span.end - span.start).days == 6:
        first, last = _DAYS_OF_WEEK[which]
        return Span(span.start + timedelta(days=first), span.start + timedelta(days=last))
    if grain is Unit.YEAR:
        return months_of(span.start.year, *_MONTHS_OF_YEAR[which])
    if grain is Unit.QUARTER:
        return months_of(span.start.year, span.start.month + which, 1)
    if (span.end - span.start).days < 2:
        return None
    third = ((span.end - span.start).days + 1) // 3
    bounds = [span.start, span.start + timedelta(days=third), span.end + timedelta(days=1 - third)]
    ends = [*(bound - timedelta(days=1) for bound in bounds[1:]), span.end]
    return Span(bounds[which], ends[which])


def container(line: Line, at: int) -> Parsed | None:
    """Read the longer stretch that something is a piece of; a bare unit behind "of the" is this one."""
    readers = (month, unit_phrase, year, quarter, week_number, figure, feast)
    found = [parsed for reader in readers if (parsed := reader(line, at)) is not None]
    found = [parsed for parsed in found if parsed.said.grain is not Unit.DAY]
    if found:
        return max(found, key=lambda parsed: parsed.end)
    unit = line.unit(at)
    if unit in _LONG and not line.has(at, "plural"):
        return Parsed(Pinned(unit_around(unit, line.today), unit), at + 1)
    if unit is Unit.MONTH and line.word(at) == "mois" and not line.has(at - 1, "num"):
        return Parsed(Pinned(unit_around(unit, line.today), unit), at + 1)
    return None


def part(line: Line, at: int, instead: int | None = None) -> Parsed | None:
    """Read "début mars", "mi-décembre", "eind vorige week", "the end of the month", "Ende 2025".

    `instead` takes another part of the same stretch than the one said.
    """
    in_one_word = line.sense(at, "part_of_unit")
    if in_one_word is not None:
        unit, which = Unit(in_one_word // 10), in_one_word % 10
        whole = Pinned(unit_around(unit, line.today), unit)
        said = within(whole, partial(part_of, which, unit), Unit.FORTNIGHT)
        return None if said is None else Parsed(said, at + 1)
    value = line.sense(at, "part")
    if value is None:
        return None
    long = container(line, line.skip(at + 1, _OF_THE_DASH, most=4))
    if long is None:
        return None
    which = value if instead is None else instead
    said = within(long.said, partial(part_of, which, long.said.grain), Unit.FORTNIGHT)
    return None if said is None else Parsed(said, long.end)


def nth(line: Line, at: int) -> Parsed | None:
    """Read "la première semaine de mars", "laatste maandag van oktober", "les 3 premiers mois de 2026"."""
    at = line.skip(at, frozenset({"the"}), most=1)
    count, rank, place = _count_and_rank(line, at)
    if rank is None:
        return None
    if count is None and line.has(place, "plural") and line.unit(place) is Unit.DAY:
        # "Les premiers jours d'octobre".
        which = BEGINNING if rank > 0 else END
        take: _Taking | None = partial(part_of, which, Unit.MONTH), Unit.FORTNIGHT
    else:
        take = _taker(line, place, rank, count or 1)
    if take is None:
        return None
    change, grain = take
    behind = line.skip(place + 1, _DETERMINED, most=4)
    long = container(line, behind)
    if long is None or (
        behind == place + 1 and long.said.grain is Unit.YEAR and line.unit(behind) is not None
    ):
        return None
    said = within(long.said, change, grain)
    return None if said is None else Parsed(said, long.end)


def _count_and_rank(line: Line, at: int) -> tuple[int | None, int | None, int]:
    """Read "3 premiers", "first 3", "dernier": how many, which, and the place after."""
    count: int | None = None
    rank: int | None = None
    for _ in range(2):
        value = _rank(line, at)
        number = number_at(line, at)
        if value is not None and rank is None:
            rank, at = value, at + 1
        elif number is not None and count is None and number[0]:
            count, at = number
    return count, rank, at


def _rank(line: Line, at: int) -> int | None:
    rank = line.sense(at, "nth")
    if rank is not None:
        return rank
    direction = line.sense(at, "dir")
    return direction if direction is not None and direction < 0 else None


def _taker(line: Line, at: int, rank: int, count: int) -> _Taking | None:
    """Say how to take the ranked piece out of a longer stretch, and of what grain it is."""
    weekday = line.sense(at, "weekday")
    if weekday is not None:
        return partial(_nth_weekday, weekday, 1, rank), Unit.DAY
    if line.has(at, "halves"):
        return partial(_nth_half, rank), Unit.FORTNIGHT
    unit = line.unit(at)
    if unit is None or unit is Unit.HOUR:
        return None
    if unit in {Unit.QUINZAINE, Unit.HALF}:
        return partial(_nth_half, rank), Unit.FORTNIGHT
    if unit is Unit.WEEKEND:
        return partial(_nth_weekday, 5, 2, rank), Unit.WEEKEND
    if unit is Unit.WORKDAY:
        return partial(_nth_workday, rank), Unit.DAY
    if unit is Unit.WEEK:
        return partial(_nth_weeks, rank, count), Unit.WEEK if count == 1 else Unit.FORTNIGHT
    grain = unit if count == 1 else Unit.FORTNIGHT
    return partial(_nth_units, unit, rank, count), grain


def _nth_weekday(first: int, length: int, rank: int, span: Span) -> Span | None:
    if rank > 0:
        start = span.start + timedelta(days=(first - span.start.weekday()) % 7 + 7 * (rank - 1))
    else:
        start = span.end - timedelta(days=(span.end.weekday() - first) % 7 - 7 * (rank + 1))
    return Span(start, start + timedelta(days=length - 1)) if span.start <= start <= span.end else None


def _nth_weeks(rank: int, count: int, span: Span) -> Span | None:
    """Take whole weeks: the first begins with a month's first Monday, the last lies mostly in it.

    In a year both are the weeks that lie mostly in it, as ISO counts them.
    """
    if (span.end - span.start).days > 360:
        span = Span(span.start - timedelta(days=3), span.end - timedelta(days=3))
    elif rank < 0:
        span = Span(span.start, span.end - timedelta(days=3))
    first = _nth_weekday(0, 7, rank, span)
    if first is None:
        return None
    if rank > 0:
        return Span(first.start, first.end + timedelta(days=7 * (count - 1)))
    return Span(first.start - timedelta(days=7 * (count - 1)), first.end)


def _nth_half(rank: int, span: Span) -> Span | None:
    half = rank if rank > 0 else 3 + rank
    if half not in (1, 2):
        return None
    if (span.end - span.start).days <= 31:
        return half_of_month(span.start.year, span.start.month, half)
    size = ((span.end.year - span.start.year) * 12 + span.end.month - span.start.month + 1) // 2
    return months_of(span.start.year, span.start.month + size * (half - 1), size) if size else None


def _nth_workday(rank: int, span: Span) -> Span | None:
    edge = span.start - timedelta(days=1) if rank > 0 else span.end + timedelta(days=1)
    day = move_workdays(edge, rank)
    return single(day) if span.start <= day <= span.end else None


def _nth_units(unit: Unit, rank: int, count: int, span: Span) -> Span | None:
    """Take so many days, months or quarters from the beginning or the end of a longer stretch."""
    if unit is Unit.YEAR:
        return None
    units = [unit_around(unit, span.start)]
    while units[-1].end < span.end and len(units) < 400:
        units.append(unit_around(unit, units[-1].end + timedelta(days=1)))
    index = rank - 1 if rank > 0 else len(units) + rank
    last = index + count - 1 if rank > 0 else index
    first = index if rank > 0 else index - count + 1
    if not 0 <= first <= last < len(units):
        return None
    return Span(units[first].start, units[last].end)
