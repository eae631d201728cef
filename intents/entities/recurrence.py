"""Find how often something is wanted ("chaque lundi", "elke eerste van de maand") and write it as an RRULE.

The value is the rule of RFC 5545 without its "RRULE:", such as `FREQ=MONTHLY;BYDAY=1MO`. "Tous les quinze
jours" is every two weeks, a quarter three months, the end of the month its last day.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final, NamedTuple

from intents.entities.mention import Mention
from intents.entities.times.days import Unit
from intents.entities.times.kinds import Kind
from intents.entities.times.line import Line
from intents.entities.times.reading import read_items
from intents.understanding import Language

_DAY_CODES: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_WORKDAYS: Final = (0, 1, 2, 3, 4)
_OF_THE: Final[frozenset[Kind]] = frozenset({"of", "the", "of_the", "in"})
_ON: Final[frozenset[Kind]] = frozenset({"the", "on_the", "in", "of", "of_the", "comma", "from", "for"})
_ON_EVERY: Final[frozenset[Kind]] = _ON | {"every"}
_AND: Final[frozenset[Kind]] = frozenset({"and", "comma"})
_TO: Final[frozenset[Kind]] = frozenset({"to", "dash"})
_BEGINS: Final[frozenset[Kind]] = frozenset(
    {"every", "rule", "times", "weekday", "weekdays", "nth", "dir", "part", "num", "unit", "part_of_unit"}
)
_STANDS_FOR_MONTH: Final[frozenset[Kind]] = frozenset({"dir_post", "month", "year"})
_DETERMINERS: Final[frozenset[Kind]] = frozenset({"the", "on_the", "in", "of_the"})

_OUT_OF: Final = frozenset({"sur", "op", "of", "auf"})
_PER: Final[frozenset[Kind]] = frozenset({"per", "article", "of_the", "in", "slash"})
_UNCOUNTED_TIMES: Final = frozenset({"fois", "keer", "maal", "times", "time", "mal", "x"})
_ARTICLES: Final = frozenset({"le", "la", "het", "the", "dem", "des", "der"})

# How often a unit comes back: its frequency and how many of them make one.
_OFTEN: Final[dict[Unit, tuple[str, int]]] = {
    Unit.DAY: ("DAILY", 1),
    Unit.WEEK: ("WEEKLY", 1),
    Unit.FORTNIGHT: ("WEEKLY", 2),
    Unit.QUINZAINE: ("WEEKLY", 2),
    Unit.MONTH: ("MONTHLY", 1),
    Unit.QUARTER: ("MONTHLY", 3),
    Unit.HALF: ("MONTHLY", 6),
    Unit.YEAR: ("YEARLY", 1),
}
# The adverbs and adjectives of the lexicon, by their index there: "quotidien", "wekelijks", "quarterly"…
_RULES: Final[dict[int, tuple[str, int]]] = {
    1: ("DAILY", 1),
    2: ("WEEKLY", 1),
    3: ("MONTHLY", 1),
    4: ("MONTHLY", 3),
    5: ("MONTHLY", 6),
    6: ("YEARLY", 1),
    7: ("WEEKLY", 2),
    8: ("MONTHLY", 2),
}
# "Tous les quinze jours" counts both ends, and means two weeks.
_DAYS_AS_WEEKS: Final = {7: 1, 8: 1, 14: 2, 15: 2}
_PART_OF_MONTH: Final = {0: 1, 1: 15, 2: -1}
_PART_OF_WEEK: Final = {0: 0, 1: 2, 2: 4}
_MOST_DAYS = 8

# The rules do not depend on the day; the line wants one.
_ANY_DAY: Final = date(2000, 1, 1)


class Found(NamedTuple):
    """Hold a rule that was read and the place after it."""

    rule: str
    end: int


def find_recurrences(text: str, *, language: Language | None) -> list[Mention]:
    """Find each recurrence of a message, in the order in which they are said."""
    items = read_items(text)
    line = Line(items, today=_ANY_DAY, ahead=True, language=language)
    mentions: list[Mention] = []
    at = 0
    while at < len(items):
        found = _recurrence_at(line, at) if line.any_of(at, _BEGINS) else None
        if found is None:
            at += 1
            continue
        mentions.append(Mention("recurrence", found.rule, items[at].start, items[found.end - 1].end))
        at = found.end
    return mentions


def _recurrence_at(line: Line, at: int) -> Found | None:
    for reader in (
        _every,
        _adverb,
        _once_per,
        _day_then_often,
        _on_weekdays,
        _ranked_of_month,
        _part_of_month,
        _out_of_two,
    ):
        found = reader(line, at)
        if found is not None:
            return found
    return None


def _rule(frequency: str, interval: int = 1, by: str = "") -> str:
    parts = [f"FREQ={frequency}", f"INTERVAL={interval}" if interval > 1 else "", by]
    return ";".join(part for part in parts if part)


def _by_day(days: Sequence[int], rank: int | None = None) -> str:
    prefix = "" if rank is None else str(rank)
    return "BYDAY=" + ",".join(prefix + _DAY_CODES[day] for day in days)


def _every(line: Line, at: int) -> Found | None:
    """Read "chaque…, elke…, every…, jeden…" and what comes back."""
    if not line.has(at, "every"):
        return None
    place = line.skip(at + 1, frozenset({"the"}), most=1)
    days = _weekdays_at(line, place)
    if days is not None:
        return Found(_rule("WEEKLY", by=_by_day(days[0])), days[1])
    if line.has(place, "daypart") or line.has(place, "part") or line.has(place, "part_of_unit"):
        return _every_part(line, place)
    every_second = line.word(at) in {"om de", "om het"}
    count, place = _count(line, place)
    unit = line.unit(place)
    if unit is not None:
        # The Dutch "om de week" is every second week.
        return _every_unit(line, place, unit, count or (2 if every_second else 1))
    if count == 2:
        days = _weekdays_at(line, place)
        if days is not None and not _of_month(line, days[1]):
            return Found(_rule("WEEKLY", 2, _by_day(days[0])), days[1])
    return _every_ranked(line, line.skip(at + 1, frozenset({"the"}), most=1))


def _count(line: Line, at: int) -> tuple[int | None, int]:
    """Read how many go to one: "twee", "3", "other", "2nd"."""
    other = line.sense(at, "other")
    if other is not None:
        return other, at + 1
    number = line.sense(at, "num")
    if number is None and line.is_digits(at):
        number = line.sense(at, "nth")
    return (number, at + 1) if number is not None and 1 <= number <= 60 else (None, at)


def _every_unit(line: Line, at: int, unit: Unit, count: int) -> Found | None:
    if unit is Unit.HOUR:
        return None
    if unit is Unit.WORKDAY:
        return Found(_rule("WEEKLY", by=_by_day(_WORKDAYS)), at + 1)
    if unit is Unit.WEEKEND:
        return Found(_rule("WEEKLY", count, _by_day((5, 6))), at + 1)
    if unit is Unit.DAY and count in _DAYS_AS_WEEKS:
        return _with_days(line, at + 1, "WEEKLY", _DAYS_AS_WEEKS[count])
    frequency, each = _OFTEN[unit]
    return _with_days(line, at + 1, frequency, each * count)


def _with_days(line: Line, at: int, frequency: str, interval: int) -> Found:
    """Add the days that are named behind: "chaque semaine le lundi", "maandelijks op de 5e"."""
    place = line.skip(at, _ON, most=3)
    if frequency == "DAILY":
        days = _weekdays_at(line, place)
        if line.has(at, "except") or (line.unit(place) is Unit.WORKDAY and place > at):
            return Found(_rule("WEEKLY", by=_by_day(_WORKDAYS)), max(at, place if place > at else at) + 1)
        if days is not None and len(days[0]) > 1:
            return Found(_rule("WEEKLY", by=_by_day(days[0])), days[1])
    elif frequency == "WEEKLY":
        days = _weekdays_at(line, place)
        if days is not None and not line.has(days[1], "dir_post") and not line.counts(days[1]):
            return Found(_rule("WEEKLY", interval, _by_day(days[0])), days[1])
    elif frequency == "MONTHLY":
        by = _days_of_month(line, place) if place > at else None
        if by is not None:
            return Found(_rule("MONTHLY", interval, by[0]), by[1])
    return Found(_rule(frequency, interval), at)


def _weekdays_at(line: Line, at: int) -> tuple[list[int], int] | None:
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


def _days_of_month(line: Line, at: int) -> tuple[str, int] | None:
    """Read the day or days of a month: "le 5", "op de 1e en de 15e", "le premier lundi", "à la fin"."""
    ranked = _ranked(line, at)
    if ranked is not None:
        return ranked
    days, end = list[int](), at
    while len(days) < _MOST_DAYS:
        place = line.skip(end + 1, _ON, most=2) if days and line.any_of(end, _AND) else end
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
    return None if part is None else (f"BYMONTHDAY={_PART_OF_MONTH[part]}", at + 1)


def _rank(line: Line, at: int) -> int | None:
    rank = line.sense(at, "nth")
    if rank is not None:
        return rank
    direction = line.sense(at, "dir")
    return direction if direction is not None and direction < 0 else None


def _ranked(line: Line, at: int) -> tuple[str, int] | None:
    """Read "premier lundi", "laatste dag", "first working day"."""
    rank = _rank(line, at)
    if rank is None or rank > 31:
        return None
    weekday = line.sense(at + 1, "weekday")
    if weekday is not None:
        return (_by_day((weekday,), rank), at + 2) if rank <= 5 else None
    unit = line.unit(at + 1)
    if line.has(at + 1, "plural"):
        return None
    if unit is Unit.DAY:
        return f"BYMONTHDAY={rank}", at + 2
    if unit is Unit.WORKDAY:
        return f"{_by_day(_WORKDAYS)};BYSETPOS={rank}", at + 2
    return None


def _of_month(line: Line, at: int) -> int | None:
    """Step over "du mois, van elke maand, of the month"; None where a named month or another one stands there."""
    place = line.skip(at, _OF_THE | {"comma"}, most=3)
    every = line.has(place, "every")
    place = line.skip(place + 1, frozenset({"the"}), most=1) if every else place
    if line.unit(place) is not Unit.MONTH or (place == at and not every):
        return None
    if not every and line.has(line.skip(place + 1, frozenset({"comma"}), most=1), "every"):
        # "Le 15 du mois, tous les mois" says it twice.
        return _of_month(line, place + 1) or place + 1
    return None if _names_month(line, place + 1) else place + 1


def _names_month(line: Line, at: int) -> bool:
    """Tell whether behind "mois" stands which one, so that it does not come back."""
    return line.counts(at) or line.any_of(at, _STANDS_FOR_MONTH)


def _every_ranked(line: Line, at: int) -> Found | None:
    """Read "chaque premier lundi (du mois)", "elke 15e", "jeden ersten des Monats"."""
    ranked = _ranked(line, at)
    if ranked is not None:
        return Found(_rule("MONTHLY", by=ranked[0]), _of_month(line, ranked[1]) or ranked[1])
    days = _days_of_month(line, at)
    if days is None:
        return None
    end = _of_month(line, days[1])
    if end is None and not (line.is_digits(at) and line.has(at, "ordinal_sign")):
        return None
    return Found(_rule("MONTHLY", by=days[0]), end or days[1])


def _every_part(line: Line, at: int) -> Found | None:
    """Read "chaque matin", "elk einde van de maand", "jedes Monatsende", "chaque fin de semaine"."""
    if line.has(at, "daypart"):
        return Found(_rule("DAILY"), at + 1)
    in_one_word = line.sense(at, "part_of_unit")
    if in_one_word is not None:
        unit, part, end = Unit(in_one_word // 10), in_one_word % 10, at + 1
    else:
        place = line.skip(at + 1, _OF_THE | {"dash"}, most=3)
        found = line.unit(place)
        if found is None:
            return None
        unit, part, end = found, line.sense(at, "part") or 0, place + 1
    if unit is Unit.MONTH:
        return Found(_rule("MONTHLY", by=f"BYMONTHDAY={_PART_OF_MONTH[part]}"), end)
    if unit is Unit.WEEK:
        return Found(_rule("WEEKLY", by=_by_day((_PART_OF_WEEK[part],))), end)
    return None


def _adverb(line: Line, at: int) -> Found | None:
    """Read "quotidien, wekelijks, monthly, vierteljährlich"."""
    index = line.sense(at, "rule")
    return None if index is None else _with_days(line, at + 1, *_RULES[index])


def _once_per(line: Line, at: int) -> Found | None:
    """Read "une fois par mois", "once a week", "einmal pro Tag", "1x per maand"."""
    place = at
    if line.has(place, "num"):
        if line.sense(place, "num") != 1 or not line.has(place + 1, "times"):
            return None
        place += 1
    if not line.has(place, "times"):
        return None
    # "Deux fois par semaine" does not say on which days.
    if place == at and (line.has(at - 1, "num") or line.word(at) in _UNCOUNTED_TIMES):
        return None
    if not line.any_of(place + 1, _PER):
        return None
    behind = line.skip(place + 2, frozenset({"the"}), most=1)
    unit = line.unit(behind)
    return None if unit is None else _every_unit(line, behind, unit, 1)


def _day_then_often(line: Line, at: int) -> Found | None:
    """Read "le lundi, toutes les semaines", "op vrijdag, wekelijks"."""
    days = _weekdays_at(line, at)
    if days is None:
        return None
    place = line.skip(days[1], frozenset({"comma"}), most=1)
    often = _every(line, place) or _adverb(line, place)
    if often is None or not often.rule.startswith("FREQ=WEEKLY") or "BYDAY" in often.rule:
        return None
    return Found(f"{often.rule};{_by_day(days[0])}", often.end)


def _on_weekdays(line: Line, at: int) -> Found | None:
    """Read "les lundis", "maandags", "on Mondays and Thursdays", "les jours ouvrables"."""
    if line.has(at, "weekdays"):
        days = _weekdays_at(line, at)
        return None if days is None else Found(_rule("WEEKLY", by=_by_day(days[0])), days[1])
    # "Combien de jours ouvrables" asks for a number; only the Dutch "de werkdagen" has an article there.
    counted = line.word(at - 1) == "de" and not line.in_language(at, "nl")
    if (
        line.unit(at) is Unit.WORKDAY
        and line.has(at, "plural")
        and line.any_of(at - 1, _DETERMINERS)
        and not counted
    ):
        return Found(_rule("WEEKLY", by=_by_day(_WORKDAYS)), at + 1)
    return None


def _ranked_of_month(line: Line, at: int) -> Found | None:
    """Read "le premier lundi du mois", "the 15th of every month", "de laatste dag van elke maand"."""
    if line.has(at - 1, "num") and not line.has(at - 1, "article"):
        return None
    found = _ranked(line, at)
    if found is None and _every_month_follows(line, at):
        found = _days_of_month(line, at)
    end = None if found is None else _of_month(line, found[1])
    return None if found is None or end is None else Found(_rule("MONTHLY", by=found[0]), end)


def _every_month_follows(line: Line, at: int) -> bool:
    """Tell whether "of every month" stands a few words further: only that makes "le 15" come back."""
    return any(line.has(place, "every") for place in range(at + 1, at + 8))


def _part_of_month(line: Line, at: int) -> Found | None:
    """Read "fin de mois", "à la fin de chaque mois", "eind van elke maand"; "fin du mois" is a period."""
    part = line.sense(at, "part")
    if part is None:
        return None
    place = line.skip(at + 1, _OF_THE | {"dash"}, most=3)
    every = line.has(place, "every")
    if every:
        place = line.skip(place + 1, frozenset({"the"}), most=1)
    determined = any(
        line.has(passed, "of_the") or line.word(passed) in _ARTICLES for passed in range(at + 1, place)
    )
    if line.unit(place) is not Unit.MONTH or (determined and not every):
        return None
    if _names_month(line, place + 1) or line.has(place + 1, "of") or line.has(place + 1, "of_the"):
        return None
    return Found(_rule("MONTHLY", by=f"BYMONTHDAY={_PART_OF_MONTH[part]}"), place + 1)


def _out_of_two(line: Line, at: int) -> Found | None:
    """Read "une semaine sur deux", "un lundi sur deux", "één week op twee"."""
    if line.sense(at, "num") != 1 or line.word(at + 2) not in _OUT_OF or line.sense(at + 3, "num") != 2:
        return None
    weekday, unit = line.sense(at + 1, "weekday"), line.unit(at + 1)
    if weekday is not None:
        return Found(_rule("WEEKLY", 2, _by_day((weekday,))), at + 4)
    if unit is None or unit not in _OFTEN:
        return None
    frequency, each = _OFTEN[unit]
    return Found(_rule(frequency, each * 2), at + 4)
