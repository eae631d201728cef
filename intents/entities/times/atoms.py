"""Read one time at a place, by whichever family of phrases reads most of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from intents.entities.times.dates import day_of_month, directed_day, month
from intents.entities.times.days import Unit
from intents.entities.times.kinds import Kind
from intents.entities.times.line import Line, Parsed
from intents.entities.times.marks import figure, quarter, week_number, week_of, year
from intents.entities.times.named import day_name, feast, this_morning
from intents.entities.times.of_year import of_year
from intents.entities.times.parts import nth, part
from intents.entities.times.said import Day
from intents.entities.times.units import unit_phrase
from intents.entities.times.weekdays import weekday_phrase

Reader = Callable[[Line, int], Parsed | None]

_ARTICLES: Final[frozenset[Kind]] = frozenset({"the", "on_the"})
_OF_ARTICLES: Final[frozenset[Kind]] = frozenset({"the", "on_the", "of", "of_the", "in", "onward"})
_DATED: Final = (day_of_month, figure, weekday_phrase, day_name, feast)


def _dated_week(line: Line, at: int) -> Parsed | None:
    """Read "la semaine du 3 mars", "de week van maandag"."""
    if line.unit(at) not in {Unit.WEEK, Unit.WEEKEND} or line.has(at - 1, "num"):
        return None
    place = line.skip(at + 1, _OF_ARTICLES)
    if place == at + 1:
        return None
    found = [parsed for reader in _DATED if (parsed := reader(line, place)) is not None]
    bare = bare_day(line, place)
    if bare is not None:
        found.append(bare)
    return week_of(line, at, max(found, key=lambda parsed: parsed.end)) if found else None


# The families that may begin with a word of each kind, so that most are never tried.
_STARTERS: Final[dict[Kind, tuple[Reader, ...]]] = {
    "month": (month, day_of_month),
    "month_noun": (month,),
    "weekday": (day_of_month, weekday_phrase),
    "weekday_short": (day_of_month, weekday_phrase),
    "day": (day_name,),
    "unit": (unit_phrase, weekday_phrase, quarter, week_number, year, of_year, _dated_week),
    "feast": (feast,),
    "part": (part,),
    "part_of_unit": (part,),
    "num": (day_of_month, unit_phrase, nth),
    "nth": (day_of_month, nth, quarter, week_number),
    "year": (figure, year),
    "dir": (unit_phrase, weekday_phrase, month, directed_day, of_year, feast, nth, quarter, this_morning),
    "of": (unit_phrase,),
    "of_the": (unit_phrase,),
    "for": (unit_phrase,),
    "whole": (unit_phrase, year),
    "rest": (unit_phrase,),
    "ago": (unit_phrase,),
    "ahead": (unit_phrase,),
    "several": (unit_phrase,),
    "unit_to_date": (unit_phrase,),
    "past_unit": (unit_phrase,),
    "now": (weekday_phrase,),
}


def atom(line: Line, at: int) -> Parsed | None:
    """Read the longest time that begins at a place; of two as long, the one of the family named first."""
    return line.remember("atom", at, _longest)


def _longest(line: Line, at: int) -> Parsed | None:
    if line.said(at) is not None:
        return figure(line, at)
    best: Parsed | None = None
    tried: list[Reader] = []
    for kind in line.senses(at):
        for reader in _STARTERS.get(kind, ()):
            if reader in tried:
                continue
            tried.append(reader)
            parsed = reader(line, at)
            if parsed is not None and (best is None or parsed.end > best.end):
                best = parsed
    return best


def bound(line: Line, at: int) -> Parsed | None:
    """Read a time with the articles before it, where they do not belong to a longer one."""
    parsed = atom(line, at)
    place = line.skip(at, _ARTICLES, most=2)
    behind = atom(line, place) if place > at else None
    if parsed is None or (behind is not None and behind.end > parsed.end):
        return behind
    return parsed


def bare_day(line: Line, at: int, *, words: bool = False) -> Parsed | None:
    """Read a day of the month of which no month is said: "3", "3e", "lundi 3"; with `words`, "trois" too."""
    weekday = line.sense(at, "weekday")
    if weekday is None:
        weekday = line.sense(at, "weekday_short")
    if weekday is not None:
        at += 1
    number = line.sense(at, "num")
    if number is None or not 1 <= number <= 31:
        return None
    # In words only "le deux" is a day: "twee" counts.
    if not line.is_digits(at) and (line.has(at, "article") or not (words or line.word(at - 1) == "le")):
        return None
    if line.is_digits(at) and len(line.word(at)) > 2:
        return None
    return Parsed(Day(number, weekday=weekday), at + 1)
