"""Read the days of a week or month on which something comes back, and write them as parts of an RRULE."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from intents.entities.times.days import Unit
from intents.entities.times.kinds import Kind
from intents.entities.times.line import Line

_DAY_CODES: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
WORKDAYS: Final = (0, 1, 2, 3, 4)
OF_THE: Final[frozenset[Kind]] = frozenset({"of", "the", "of_the", "in"})
ON: Final[frozenset[Kind]] = frozenset({"the", "on_the", "in", "of", "of_the", "comma", "from", "for"})
_ON_EVERY: Final[frozenset[Kind]] = ON | {"every"}
_AND: Final[frozenset[Kind]] = frozenset({"and", "comma"})
_TO: Final[frozenset[Kind]] = frozenset({"to", "dash"})
_STANDS_FOR_MONTH: Final[frozenset[Kind]] = frozenset({"dir_post", "month", "year"})
PART_OF_MONTH: Final = {0: 1, 1: 15, 2: -1}
_MOST_DAYS = 8


def rule_of(frequency: str, interval: int = 1, by: str = "") -> str:
    """Write a rule of a frequency, an interval where it is not 1, and what days it falls on."""
    parts = [f"FREQ={frequency}", f"INTERVAL={interval}" if interval > 1 else "", by]
    return ";".join(part for part in parts if part)


def by_day(days: Sequence[int], rank: int | None = None) -> str:
    """Write weekdays (0 is Monday) as a part of a rule, with the rank they have in a month."""
    prefix = "" if rank is None else str(rank)
    return "BYDAY=" + ",".join(prefix + _DAY_CODES[day] for day in days)


def weekdays_at(line: Line, at: int) -> tuple[list[int], int] | None:
    """Read weekdays, listed or from one to another: "lundi, mercredi et vendredi", "maandag tot vrijdag"."""
    first = _weekday(line, at)
    if first is None:
        return None
    days, end = [first], _behind_day(line, at)
    while len(days) < _MOST_DAYS:
        ranged = line.any_of(end, _TO)
        place = line.skip(end + 1, _ON_EVERY, most=2) if ranged or line.any_of(end, _AND) else end
        following = _weekday(line, place) if place > end else None
        if following is None:
            break
        if ranged:
            before = days[-1]
            days.extend((before + step) % 7 for step in range(1, (following - before) % 7))
        days.append(following)
        end = _behind_day(line, place)
    return sorted(set(days)), end


def _weekday(line: Line, at: int) -> int | None:
    for kind in ("weekday", "weekdays"):
        value = line.sense(at, kind)
        if value is not None:
            return value
    return None


def _behind_day(line: Line, at: int) -> int:
    return at + 2 if line.has(at + 1, "daypart") else at + 1


def days_of_month(line: Line, at: int) -> tuple[str, int] | None:
    """Read the day or days of a month: "le 5", "op de 1e en de 15e", "le premier lundi", "à la fin"."""
    ranked = ranked_day(line, at)
    if ranked is not None:
        return ranked
    days, end = list[int](), at
    while len(days) < _MOST_DAYS:
        place = line.skip(end + 1, ON, most=2) if days and line.any_of(end, _AND) else end
        number = line.sense(place, "num")
        if number is None:
            number = line.sense(place, "nth")
        if number is None or not 1 <= number <= 31 or not line.ends(place + 1) or (days and place == end):
            break
        days.append(number)
        end = place + 1
    if days:
        return "BYMONTHDAY=" + ",".join(map(str, days)), end
    part = line.sense(at, "part")
    return None if part is None else (f"BYMONTHDAY={PART_OF_MONTH[part]}", at + 1)


def _rank(line: Line, at: int) -> int | None:
    rank = line.sense(at, "nth")
    if rank is not None:
        return rank
    direction = line.sense(at, "dir")
    return direction if direction is not None and direction < 0 else None


def ranked_day(line: Line, at: int) -> tuple[str, int] | None:
    """Read "premier lundi", "laatste dag", "first working day"."""
    rank = _rank(line, at)
    if rank is None or rank > 31:
        return None
    weekday = line.sense(at + 1, "weekday")
    if weekday is not None:
        return (by_day((weekday,), rank), at + 2) if rank <= 5 else None
    unit = line.unit(at + 1)
    if line.has(at + 1, "plural"):
        return None
    if unit is Unit.DAY:
        return f"BYMONTHDAY={rank}", at + 2
    if unit is Unit.WORKDAY:
        return f"{by_day(WORKDAYS)};BYSETPOS={rank}", at + 2
    return None


def of_month(line: Line, at: int) -> int | None:
    """Step over "du mois, van elke maand, of the month"; None where a named month or another one stands there."""
    place = line.skip(at, OF_THE | {"comma"}, most=3)
    every = line.has(place, "every")
    place = line.skip(place + 1, frozenset({"the"}), most=1) if every else place
    if line.unit(place) is not Unit.MONTH or (place == at and not every):
        return None
    if not every and line.has(line.skip(place + 1, frozenset({"comma"}), most=1), "every"):
        # "Le 15 du mois, tous les mois" says it twice.
        return of_month(line, place + 1) or place + 1
    return None if names_month(line, place + 1) else place + 1


def names_month(line: Line, at: int) -> bool:
    """Tell whether behind "mois" stands which one, so that it does not come back."""
    return line.counts(at) or line.any_of(at, _STANDS_FOR_MONTH)
