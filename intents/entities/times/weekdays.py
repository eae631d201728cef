"""Read weekdays and weekends: lundi, last Monday, maandag van vorige week, Montag in einer Woche, lundi 3."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from intents.entities.times.dates import day_of_month
from intents.entities.times.days import Span, Unit, single
from intents.entities.times.kinds import Kind
from intents.entities.times.line import Line, Parsed
from intents.entities.times.said import Day, Pinned, Said, Weekly, the_next
from intents.entities.times.tails import OF_THE, directed, finish
from intents.entities.times.units import duration_at, unit_phrase

_OF_THE_ON: Final[frozenset[Kind]] = OF_THE | {"on_the"}
_WEEKEND = Weekly(5, 2)


def weekday_phrase(line: Line, at: int) -> Parsed | None:
    """Read a weekday or a weekend with all that places it."""
    direction = line.sense(at, "dir")
    if direction is None and line.word(at) == "nu":
        # The Flemish "nu vrijdag" is the coming Friday.
        direction = 1
    if direction is not None:
        weekly = _weekly_at(line, at + 1, directed_too=True)
        date = day_of_month(line, at + 1) if weekly is not None else None
        if date is not None:
            # "Aanstaande maandag 23 november".
            pinned = directed(date.said, direction, line)
            return date if pinned is None else Parsed(pinned, date.end)
        pinned = None if weekly is None else directed(weekly, direction, line)
        return None if pinned is None else finish(line, pinned, at + 2)
    if line.has(at, "weekday_short") and line.has(at + 1, "dir_post") and len(line.word(at)) >= 3:
        return finish(line, Weekly(line.sense(at, "weekday_short") or 0), at + 1)
    weekly = _weekly_at(line, at, directed_too=False)
    if weekly is None:
        return None
    return _placed(line, weekly, at + 1) or finish(line, weekly, at + 1)


def _weekly_at(line: Line, at: int, *, directed_too: bool) -> Weekly | None:
    weekday = line.sense(at, "weekday")
    if weekday is not None:
        return Weekly(weekday)
    if not directed_too and line.unit(at) is Unit.WEEKEND and not line.has(at - 1, "dir"):
        return _WEEKEND
    # "next fri" is a Friday; "ce sam" may be anybody.
    short = line.sense(at, "weekday_short")
    if directed_too and short is not None and len(line.word(at)) >= 3 and line.in_language(at, "en"):
        return Weekly(short)
    return None


def _placed(line: Line, weekly: Weekly, at: int) -> Parsed | None:
    """Read the week, or the day of the month, that a weekday is given behind it."""
    if line.has(at, "daypart"):
        at += 1
    if weekly.length == 1:
        day = _day_number(line, weekly, at)
        if day is not None:
            return day
    later = _weeks_later(line, weekly, at)
    if later is not None:
        return later
    place = line.skip(at, _OF_THE_ON)
    if place > at and line.unit(place) is Unit.WEEK:
        # "lundi de la semaine": the articles belong to the week.
        place = at
    week = unit_phrase(line, place) or unit_phrase(line, line.skip(at, _OF_THE_ON))
    if week is None or not isinstance(week.said, Pinned) or week.said.grain is not Unit.WEEK:
        return None
    monday = week.said.span.start
    span = Span(
        monday + timedelta(days=weekly.first), monday + timedelta(days=weekly.first + weekly.length - 1)
    )
    weekday = weekly.first if weekly.length == 1 else None
    return Parsed(Pinned(span, weekly.grain, weekday), week.end)


def _day_number(line: Line, weekly: Weekly, at: int) -> Parsed | None:
    """Read "lundi 3": a day of whichever month has it on that weekday."""
    if line.has(at, "the") or line.has(at, "on_the"):
        at += 1
    number = line.sense(at, "num")
    if number is None or not line.is_digits(at) or not 1 <= number <= 31 or not line.ends(at + 1):
        return None
    return Parsed(Day(number, weekday=weekly.first), at + 1)


def _weeks_later(line: Line, weekly: Weekly, at: int) -> Parsed | None:
    """Read "lundi en huit", "maandag over twee weken", "Montag in einer Woche"."""
    upcoming = the_next(weekly, line.today)
    if upcoming is None:
        return None
    if line.word(at) == "en" and line.sense(at + 1, "num") in (8, 15) and not line.is_digits(at + 1):
        weeks, end = (1 if line.sense(at + 1, "num") == 8 else 2), at + 2
    else:
        length = duration_at(line, at + 1) if line.has(at, "ahead") else None
        if length is None or length[0] not in {Unit.WEEK, Unit.DAY}:
            return None
        weeks, end = length[1], length[2]
        if length[0] is Unit.DAY:
            # "Over 14 dagen", "dans quinze jours".
            weeks = {7: 1, 8: 1, 14: 2, 15: 2}.get(weeks, 0)
        if not weeks:
            return None
    later: Said = Pinned(single(upcoming.span.start + timedelta(days=7 * weeks)), Unit.DAY, weekly.first)
    return Parsed(later, end)
