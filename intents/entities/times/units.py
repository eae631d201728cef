"""Read stretches counted from now: last week, this month, the last 7 days, three days ago, in two weeks."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Final

from intents.entities.times.days import (
    MOST,
    Span,
    Unit,
    last_units,
    move,
    next_units,
    single,
    unit_around,
    unit_away,
)
from intents.entities.times.kinds import Kind
from intents.entities.times.line import Line, Parsed
from intents.entities.times.said import Pinned, Said, Weekly
from intents.entities.times.tails import OF_THE, finish

_WHOLE_THE: Final[frozenset[Kind]] = frozenset({"whole", "the"})
_NOT_THIS: Final[frozenset[Kind]] = frozenset({"num", "year", "month", "dir_post", "of", "of_the", "nth"})
_FROM: Final[frozenset[Kind]] = frozenset({"from", "onward"})
_OF_FOR: Final[frozenset[Kind]] = frozenset({"of", "for", "in"})

_TWO_AWAY: Final = {("before", "last"): -2, ("after", "next"): 2}

# "The last days" without a number: so many, ending today.
_FEW: Final = {Unit.DAY: 7, Unit.WEEK: 4, Unit.MONTH: 3, Unit.YEAR: 3, Unit.QUARTER: 2}
_SINGLE_DAYS: Final = frozenset({Unit.DAY, Unit.WORKDAY, Unit.HOUR})


def unit_phrase(line: Line, at: int) -> Parsed | None:
    """Read any stretch counted from now, the longest that is said."""
    return line.remember("unit", at, _longest)


def _longest(line: Line, at: int) -> Parsed | None:
    best: Parsed | None = None
    for kind in line.senses(at):
        for reader in _STARTERS.get(kind, ()):
            parsed = reader(line, at)
            if parsed is not None and (best is None or parsed.end > best.end):
                best = parsed
    return None if best is None else _weekday_of(line, best) or best


def _weekday_of(line: Line, parsed: Parsed) -> Parsed | None:
    """Read "vorige week dinsdag": a weekday behind its week."""
    said = parsed.said
    if not isinstance(said, Pinned) or said.grain is not Unit.WEEK:
        return None
    at = line.skip(parsed.end, frozenset({"the", "on_the", "in", "comma"}), most=2)
    weekday = line.sense(at, "weekday")
    if weekday is None or (said.span.end - said.span.start).days != 6 or line.has(at + 1, "num"):
        return None
    day = said.span.start + timedelta(days=weekday)
    return finish(line, Pinned(single(day), Unit.DAY, weekday), at + 1)


def number_at(line: Line, at: int) -> tuple[int, int] | None:
    """Read how many: a number, or "quelques" (0)."""
    if line.has(at, "several"):
        return 0, at + 1
    number = line.sense(at, "num")
    return None if number is None or number < 1 else (number, at + 1)


def _pin(span: Span, unit: Unit) -> Pinned:
    return Pinned(span, Unit.DAY if unit in _SINGLE_DAYS and span.start == span.end else unit)


def _counted(line: Line, at: int) -> Parsed | None:
    """Read "les 7 derniers jours", "the past two weeks", "de laatste dagen", "les 3 mois écoulés"."""
    at = line.skip(at, _WHOLE_THE)
    direction, number, end = _directions_and_number(line, at)
    unit = line.unit(end)
    if unit is None or (line.counts(at) and direction is not None and not _many(line, end)):
        return None
    if direction is None and number:
        direction = line.sense(end + 1, "dir_post")
        behind = end + 2
    else:
        behind = end + 2 if line.sense(end + 1, "dir_post") == 0 else end + 1
    if direction is None or abs(direction) > 1:
        return None
    if number is None:
        # Without a number only the plural counts several: "ces derniers jours"; "le mois dernier" is one month.
        if not _is_plural(line, end) or line.counts(at - 1) or (direction == 0 and behind == end + 1):
            return None
        number = 0
    count = number or _FEW.get(unit, 0)
    if not 1 <= count <= MOST[unit]:
        return None
    span = next_units(unit, count, line.today) if direction > 0 else last_units(unit, count, line.today)
    return Parsed(Pinned(span, Unit.FORTNIGHT), behind)


def _many(line: Line, at: int) -> bool:
    """Tell whether a number may count the unit over the word between: "3 derniers mois", not "22 volgende maand"."""
    return line.has(at, "plural") or line.word(at) == "mois"


def _is_plural(line: Line, at: int) -> bool:
    """Tell whether a unit is said of several; of the French "mois" only the word beside it tells."""
    if line.word(at) != "mois":
        return line.has(at, "plural")
    return any(line.has(place, "dir") and line.word(place).endswith("s") for place in (at - 1, at + 1))


def _directions_and_number(line: Line, at: int) -> tuple[int | None, int | None, int]:
    """Read "ces 3 derniers", "3 derniers", "last 3", in any order; "this past" means past."""
    direction: int | None = None
    number: int | None = None
    for _ in range(4):
        value = line.sense(at, "dir")
        counted = number_at(line, at)
        if counted is not None and number is None and not line.has(at, "article"):
            number, at = counted
        elif value is not None and (value or number is None):
            # "This past week": the second word decides.
            direction = direction or value
            at += 1
        else:
            break
    return direction, number, at


def _directed_unit(line: Line, at: int) -> Parsed | None:
    """Read "last week", "vorige maand", "ce mois-ci", "the coming weekend", "diese laufende Woche", "Vormonat"."""
    past = line.sense(at, "past_unit")
    if past is not None:
        return Parsed(_pin(_away(line, Unit(past), -1), Unit(past)), at + 1)
    at = line.skip(at, _WHOLE_THE)
    direction = line.sense(at, "dir")
    if direction is None:
        return None
    second = line.sense(at + 1, "dir")
    if second is not None:
        direction, at = second or direction, at + 1
    unit = line.unit(at + 1)
    # "The next day" is the one after something else.
    if unit is None or unit is Unit.HOUR or (unit is Unit.DAY and direction) or _is_plural(line, at + 1):
        return None
    end = at + 2
    behind = line.sense(end, "dir_post")
    if behind is not None and direction == 0:
        # "ce mois-ci", "cette semaine passée".
        direction, end = behind, end + 1
    elif unit is Unit.YEAR and line.has(end, "year"):
        return None
    return Parsed(_pin(_away(line, unit, direction), unit), end)


def _away(line: Line, unit: Unit, direction: int) -> Span:
    if unit is Unit.WORKDAY:
        today = line.today
        return single(
            move(unit, today, direction) if direction or today.weekday() < 5 else move(unit, today, 1)
        )
    return unit_away(unit, line.today, direction)


def _unit_then_direction(line: Line, at: int) -> Parsed | None:
    """Read "la semaine dernière", "le mois en cours", "the week before last"."""
    at = line.skip(at, _WHOLE_THE)
    unit = line.unit(at)
    direction, end = line.sense(at + 1, "dir_post"), at + 2
    pair = (line.word(at + 1), line.word(at + 2))
    if pair in _TWO_AWAY:
        direction, end = _TWO_AWAY[pair], at + 3
    if unit is None or direction is None or _is_plural(line, at):
        return None
    if unit in _SINGLE_DAYS and unit is not Unit.WORKDAY:
        return None
    return Parsed(_pin(_away(line, unit, direction), unit), end)


def _ago(line: Line, at: int) -> Parsed | None:
    """Read "il y a trois jours", "drie dagen geleden", "vor zwei Wochen": the day, or that whole week or month."""
    before = line.has(at, "ago")
    counted = number_at(line, at + 1 if before else at)
    if counted is None:
        return None
    number, end = counted
    unit = line.unit(end)
    if unit is None or not (before or line.has(end + 1, "ago_post")):
        return None
    number = number or _FEW.get(unit, 0)
    if not 1 <= number <= MOST[unit]:
        return None
    return Parsed(_moved(line, unit, -number), end + 1 if before else end + 2)


def _ahead(line: Line, at: int) -> Parsed | None:
    """Read "dans 10 jours", "over twee weken", "in 3 Tagen", "two weeks from now"."""
    before = line.has(at, "ahead")
    within = before and line.has(at + 1, "the") and not line.has(at + 1, "num")
    counted = number_at(line, at + 1 + within if before else at)
    if counted is None:
        return None
    number, end = counted
    unit = line.unit(end)
    if within and unit is not None and 1 <= number <= MOST[unit]:
        # "Dans les 10 jours": from today on.
        span = Span(line.today, next_units(unit, number, line.today).end)
        return Parsed(Pinned(span, Unit.FORTNIGHT), end + 1)
    if not before:
        if not line.any_of(end + 1, _FROM) or not (
            line.has(end + 2, "now") or line.sense(end + 2, "day") == 0
        ):
            return None
        return None if unit is None else Parsed(_moved(line, unit, number), end + 3)
    number = number or _FEW.get(unit, 0) if unit is not None else 0
    if unit is None or unit is Unit.HOUR or not 1 <= number <= MOST[unit]:
        return None
    # English "over a week" is more than a week, not the Dutch "in a week".
    if line.word(at) == "over" and line.word(at + 1) in {"a", "an"}:
        return None
    return Parsed(_moved(line, unit, number), end + 1)


def _moved(line: Line, unit: Unit, by: int) -> Pinned:
    if unit in _SINGLE_DAYS:
        return Pinned(single(move(unit, line.today, by)), Unit.DAY)
    if unit in {Unit.FORTNIGHT, Unit.QUINZAINE}:
        return Pinned(unit_around(Unit.WEEK, move(Unit.WEEK, line.today, 2 * by)), Unit.WEEK)
    return Pinned(unit_away(unit, line.today, by), unit)


def _this_unit(line: Line, at: int) -> Parsed | None:
    """Read "de la semaine", "du mois", "heel de week", "the whole month": this one."""
    place = _behind_of_the(line, at)
    is_whole = place is not None
    if place is None:
        place = line.skip(at, _WHOLE_THE)
        is_whole = any(line.has(passed, "whole") for passed in range(at, place))
    at = place
    unit = line.unit(at)
    if unit is None or _is_plural(line, at):
        return None
    if line.has(at + 1, "whole"):
        at, is_whole = at + 1, True
    if not is_whole or unit in {Unit.HOUR, Unit.WORKDAY} or line.any_of(at + 1, _NOT_THIS):
        return None
    if unit is Unit.DAY and line.word(at - 1) in {"am", "im", "au"}:
        return None
    return Parsed(_this(line, unit), at + 1)


def _behind_of_the(line: Line, at: int) -> int | None:
    """Step over "de la, du, van de, for the"; None where they do not stand there."""
    if line.any_of(at, _OF_FOR) and line.has(at + 1, "the") and line.unit(at + 2) is not None:
        return at + 2
    return at + 1 if line.has(at, "of_the") and line.unit(at + 1) is not None else None


def _this(line: Line, unit: Unit) -> Said:
    if unit is Unit.WEEKEND:
        return Weekly(5, 2)
    return _pin(unit_around(unit, line.today), unit)


def _rest(line: Line, at: int) -> Parsed | None:
    """Read "le reste de la semaine": from today to its end."""
    if not line.has(at, "rest"):
        return None
    at = line.skip(at + 1, OF_THE)
    found = _directed_unit(line, at)
    unit = line.unit(at)
    if found is not None and isinstance(found.said, Pinned):
        span, end = found.said.span, found.end
    elif unit is not None:
        span, end = unit_around(unit, line.today), at + 1
    else:
        return None
    start = max(span.start, line.today)
    return Parsed(Pinned(Span(start, span.end), Unit.FORTNIGHT), end) if start <= span.end else None


def _to_date(line: Line, at: int) -> Parsed | None:
    """Read "year to date", "ytd"."""
    short = line.sense(at, "unit_to_date")
    if short is not None:
        span = Span(unit_around(Unit(short), line.today).start, line.today)
        return Parsed(Pinned(span, Unit.FORTNIGHT), at + 1)
    unit = line.unit(at)
    if unit is None or not line.has(at + 1, "to_date"):
        return None
    return Parsed(Pinned(Span(unit_around(unit, line.today).start, line.today), Unit.FORTNIGHT), at + 2)


def duration_at(line: Line, at: int) -> tuple[Unit, int, int] | None:
    """Read how long: "3 semaines", "une semaine", "quelques jours"; the unit, how many, the place after."""
    counted = number_at(line, at)
    if counted is None:
        return None
    number, end = counted
    unit = line.unit(end)
    if unit is None:
        return None
    number = number or _FEW.get(unit, 0)
    return (unit, number, end + 1) if 1 <= number <= MOST[unit] else None


# Which of them may begin with a word of each kind.
_STARTERS: Final[dict[Kind, tuple[Callable[[Line, int], Parsed | None], ...]]] = {
    "dir": (_counted, _directed_unit),
    "num": (_counted, _ago, _ahead),
    "several": (_counted, _ago, _ahead),
    "unit": (_unit_then_direction, _this_unit, _to_date),
    "the": (_counted, _directed_unit, _unit_then_direction, _this_unit),
    "whole": (_counted, _directed_unit, _unit_then_direction, _this_unit),
    "of": (_this_unit,),
    "of_the": (_this_unit,),
    "for": (_this_unit,),
    "in": (_this_unit,),
    "ago": (_ago,),
    "ahead": (_ahead,),
    "rest": (_rest,),
    "past_unit": (_directed_unit,),
    "unit_to_date": (_to_date,),
}
