"""Read what may stand behind a phrase of time: its year, "dernier, jl., prochain", "in the morning"."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Final

from intents.entities.times.days import Unit
from intents.entities.times.kinds import Kind
from intents.entities.times.line import Line, Parsed
from intents.entities.times.said import (
    Day,
    Pinned,
    Said,
    Weekly,
    Yearly,
    earliest,
    is_pinned,
    the_last,
    the_next,
    with_year,
)

OF_THE: Final[frozenset[Kind]] = frozenset({"of", "the", "of_the", "in"})
_OF_THE_COMMA: Final[frozenset[Kind]] = OF_THE | {"comma"}
_STROKE: Final[frozenset[Kind]] = frozenset({"slash", "dash", "comma"})

# A year far from now before a word is a number of things: "2000 exemplaires".
_NEAR_YEARS = 6
FIRST_YEAR, LAST_YEAR = 1900, 2199


def directed(said: Said, direction: int, line: Line) -> Pinned | None:
    """Pin down "last, this, next March (Monday, Easter)"."""
    today = line.today
    if direction == 0:
        return _this(said, line)
    step = the_last if direction < 0 else the_next
    found = step(said, today)
    if abs(direction) == 2 and found is not None:
        day = found.span.start - timedelta(days=1) if direction < 0 else found.span.end
        found = step(said, day)
    if found is not None and isinstance(said, Weekly) and said.length == 1:
        return replace(found, weekday=said.first)
    return found


def _this(said: Said, line: Line) -> Pinned | None:
    """Find the one of this week or year; ahead, what is over is never meant."""
    running = earliest(said, line.today)
    if running is not None and running.start <= line.today:
        return Pinned(running, said.grain)
    cycle = said.cycle(line.today)
    span = said.at(cycle)
    if span is None or (line.ahead and span.end < line.today):
        return the_next(said, line.today)
    return Pinned(span, said.grain)


def year_at(line: Line, at: int) -> tuple[int, int] | None:
    """Read a year, with "de, of, van" before it: "2025", "'25", "de l'année dernière", "vorig jaar"."""
    if line.any_of(at, _STROKE) and line.has(at + 1, "year"):
        at += 1
    at = line.skip(at, _OF_THE_COMMA)
    if line.unit(at) is Unit.YEAR and line.has(at + 1, "year"):
        at += 1
    year = line.sense(at, "year")
    if year is not None:
        return (year, at + 1) if _is_meant(line, year, at + 1) else None
    short = line.sense(at, "short_year")
    if short is not None:
        return short, at + 1
    return relative_year(line, at)


def _is_meant(line: Line, year: int, behind: int) -> bool:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return False
    return abs(year - line.today.year) <= _NEAR_YEARS or line.ends(behind)


def relative_year(line: Line, at: int) -> tuple[int, int] | None:
    """Read a year counted from this one: "vorig jaar", "l'an dernier", "l'année"."""
    direction = line.sense(at, "dir")
    if direction is not None and line.unit(at + 1) is Unit.YEAR:
        return line.today.year + direction, at + 2
    if line.unit(at) is not Unit.YEAR:
        return None
    direction = line.sense(at + 1, "dir_post")
    if direction is not None:
        return line.today.year + direction, at + 2
    # "le premier trimestre de l'année": of this one.
    determined = line.has(at - 1, "the") or line.has(at - 1, "of_the")
    return (line.today.year, at + 1) if determined and not line.has(at + 1, "num") else None


def short_year_at(line: Line, at: int) -> tuple[int, int] | None:
    """Read a year of two bare digits right behind a month: "mars 26", where nothing is counted by it."""
    number = line.sense(at, "num")
    if number is None or len(line.word(at)) != 2 or not line.is_digits(at) or not line.ends(at + 1):
        return None
    return (2000 + number, at + 1) if 20 <= number <= (line.today.year + 5) % 100 else None


def finish(line: Line, said: Said, end: int) -> Parsed:
    """Add to something said what stands behind it."""
    if said.grain is Unit.DAY and line.has(end, "daypart"):
        end += 1
    if isinstance(said, Yearly | Day) and said.year is None and not _without_month(said):
        year = year_at(line, end)
        if year is not None:
            said, end = with_year(said, year[0]), year[1]
    if is_pinned(said) or _without_month(said):
        return Parsed(said, end)
    direction = line.sense(end, "dir_post")
    if direction is not None:
        pinned = directed(said, direction, line)
        if pinned is not None:
            return Parsed(pinned, end + 1)
    if isinstance(said, Weekly) and line.has(end, "daypart"):
        end += 1
    return Parsed(said, end)


def _without_month(said: Said) -> bool:
    return isinstance(said, Day) and said.month is None
