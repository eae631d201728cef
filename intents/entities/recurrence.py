"""Find how often something is wanted ("chaque lundi", "elke eerste van de maand") and write it as an RRULE.

The value is the rule of RFC 5545 without its "RRULE:", such as `FREQ=MONTHLY;BYDAY=1MO`. "Tous les quinze
jours" is every two weeks, a quarter three months, the end of the month its last day.
"""

from __future__ import annotations

from datetime import date
from typing import Final, NamedTuple

from intents.entities.mention import Mention
from intents.entities.times.days import Unit
from intents.entities.times.kinds import Kind
from intents.entities.times.line import Line
from intents.entities.times.reading import read_items
from intents.entities.times.repeated import (
    OF_THE,
    ON,
    PART_OF_MONTH,
    WORKDAYS,
    by_day,
    days_of_month,
    names_month,
    of_month,
    ranked_day,
    rule_of,
    weekdays_at,
)
from intents.understanding import Language

_BEGINS: Final[frozenset[Kind]] = frozenset(
    {"every", "rule", "times", "weekday", "weekdays", "nth", "dir", "part", "num", "unit", "part_of_unit"}
)
_DETERMINERS: Final[frozenset[Kind]] = frozenset({"the", "on_the", "in", "of_the"})

_OUT_OF: Final = frozenset({"sur", "op", "of", "auf"})
_PER: Final[frozenset[Kind]] = frozenset({"per", "article", "of_the", "in", "slash"})
_UNCOUNTED_TIMES: Final = frozenset({"fois", "keer", "maal", "times", "time", "mal", "x"})
_ARTICLES: Final = frozenset({"le", "la", "het", "the", "dem", "des", "der"})
_ON_DAY: Final[frozenset[Kind]] = frozenset({"the", "on_the", "in", "of"})
# "Wekelijks de afgiftebewijzen van onze afdeling op vrijdag": so far behind the day may still stand.
_FURTHEST_DAY: Final = 8

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
_PART_OF_WEEK: Final = {0: 0, 1: 2, 2: 4}

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
        day = _day_further_on(line, found)
        rule = found.rule if day is None else day.rule
        mentions.append(Mention("recurrence", rule, items[at].start, items[found.end - 1].end))
        at = found.end
        if day is not None:
            # The day has its own place in the message: nothing else may read it as a date.
            mentions.append(Mention("recurrence", rule, items[day.end - 1].start, items[day.end - 1].end))
            at = day.end
    return mentions


def _day_further_on(line: Line, found: Found) -> Found | None:
    """Read the day of "wekelijks een rapport, op vrijdag": a few words behind what only says "each week"."""
    if found.rule != "FREQ=WEEKLY":
        return None
    for at in range(found.end + 1, found.end + _FURTHEST_DAY):
        days = weekdays_at(line, at) if line.any_of(at - 1, _ON_DAY) else None
        if days is not None and line.ends(days[1]):
            return Found(rule_of("WEEKLY", by=by_day(days[0])), days[1])
    return None


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


def _every(line: Line, at: int) -> Found | None:
    """Read "chaque…, elke…, every…, jeden…" and what comes back."""
    if not line.has(at, "every"):
        return None
    place = line.skip(at + 1, frozenset({"the"}), most=1)
    days = weekdays_at(line, place)
    if days is not None:
        return Found(rule_of("WEEKLY", by=by_day(days[0])), days[1])
    if line.has(place, "daypart") or line.has(place, "part") or line.has(place, "part_of_unit"):
        return _every_part(line, place)
    every_second = line.word(at) in {"om de", "om het"}
    count, place = _count(line, place)
    unit = line.unit(place)
    if unit is not None:
        # The Dutch "om de week" is every second week.
        return _every_unit(line, place, unit, count or (2 if every_second else 1))
    if count == 2:
        days = weekdays_at(line, place)
        if days is not None and not of_month(line, days[1]):
            return Found(rule_of("WEEKLY", 2, by_day(days[0])), days[1])
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
        return Found(rule_of("WEEKLY", by=by_day(WORKDAYS)), at + 1)
    if unit is Unit.WEEKEND:
        return Found(rule_of("WEEKLY", count, by_day((5, 6))), at + 1)
    if unit is Unit.DAY and count in _DAYS_AS_WEEKS:
        return _with_days(line, at + 1, "WEEKLY", _DAYS_AS_WEEKS[count])
    frequency, each = _OFTEN[unit]
    return _with_days(line, at + 1, frequency, each * count)


def _with_days(line: Line, at: int, frequency: str, interval: int) -> Found:
    """Add the days that are named behind: "chaque semaine le lundi", "maandelijks op de 5e"."""
    place = line.skip(at, ON, most=3)
    if frequency == "DAILY":
        days = weekdays_at(line, place)
        if line.has(at, "except") or (line.unit(place) is Unit.WORKDAY and place > at):
            return Found(rule_of("WEEKLY", by=by_day(WORKDAYS)), max(at, place if place > at else at) + 1)
        if days is not None and len(days[0]) > 1:
            return Found(rule_of("WEEKLY", by=by_day(days[0])), days[1])
    elif frequency == "WEEKLY":
        days = weekdays_at(line, place)
        if days is not None and not line.has(days[1], "dir_post") and not line.counts(days[1]):
            return Found(rule_of("WEEKLY", interval, by_day(days[0])), days[1])
    elif frequency == "MONTHLY":
        by = days_of_month(line, place) if place > at else None
        if by is not None:
            return Found(rule_of("MONTHLY", interval, by[0]), by[1])
    return Found(rule_of(frequency, interval), at)


def _every_ranked(line: Line, at: int) -> Found | None:
    """Read "chaque premier lundi (du mois)", "elke 15e", "jeden ersten des Monats"."""
    ranked = ranked_day(line, at)
    if ranked is not None:
        return Found(rule_of("MONTHLY", by=ranked[0]), of_month(line, ranked[1]) or ranked[1])
    days = days_of_month(line, at)
    if days is None:
        return None
    end = of_month(line, days[1])
    if end is None and not (line.is_digits(at) and line.has(at, "ordinal_sign")):
        return None
    return Found(rule_of("MONTHLY", by=days[0]), end or days[1])


def _every_part(line: Line, at: int) -> Found | None:
    """Read "chaque matin", "elk einde van de maand", "jedes Monatsende", "chaque fin de semaine"."""
    if line.has(at, "daypart"):
        return Found(rule_of("DAILY"), at + 1)
    in_one_word = line.sense(at, "part_of_unit")
    if in_one_word is not None:
        unit, part, end = Unit(in_one_word // 10), in_one_word % 10, at + 1
    else:
        place = line.skip(at + 1, OF_THE | {"dash"}, most=3)
        found = line.unit(place)
        if found is None:
            return None
        unit, part, end = found, line.sense(at, "part") or 0, place + 1
    if unit is Unit.MONTH:
        return Found(rule_of("MONTHLY", by=f"BYMONTHDAY={PART_OF_MONTH[part]}"), end)
    if unit is Unit.WEEK:
        return Found(rule_of("WEEKLY", by=by_day((_PART_OF_WEEK[part],))), end)
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
    days = weekdays_at(line, at)
    if days is None:
        return None
    place = line.skip(days[1], frozenset({"comma"}), most=1)
    often = _every(line, place) or _adverb(line, place)
    if often is None or not often.rule.startswith("FREQ=WEEKLY") or "BYDAY" in often.rule:
        return None
    return Found(f"{often.rule};{by_day(days[0])}", often.end)


def _on_weekdays(line: Line, at: int) -> Found | None:
    """Read "les lundis", "maandags", "on Mondays and Thursdays", "les jours ouvrables"."""
    if line.has(at, "weekdays"):
        days = weekdays_at(line, at)
        return None if days is None else Found(rule_of("WEEKLY", by=by_day(days[0])), days[1])
    # "Combien de jours ouvrables" asks for a number; only the Dutch "de werkdagen" has an article there.
    counted = line.word(at - 1) == "de" and not line.in_language(at, "nl")
    if (
        line.unit(at) is Unit.WORKDAY
        and line.has(at, "plural")
        and line.any_of(at - 1, _DETERMINERS)
        and not counted
    ):
        return Found(rule_of("WEEKLY", by=by_day(WORKDAYS)), at + 1)
    return None


def _ranked_of_month(line: Line, at: int) -> Found | None:
    """Read "le premier lundi du mois", "the 15th of every month", "de laatste dag van elke maand"."""
    if line.has(at - 1, "num") and not line.has(at - 1, "article"):
        return None
    found = ranked_day(line, at)
    if found is None and _every_month_follows(line, at):
        found = days_of_month(line, at)
    end = None if found is None else of_month(line, found[1])
    return None if found is None or end is None else Found(rule_of("MONTHLY", by=found[0]), end)


def _every_month_follows(line: Line, at: int) -> bool:
    """Tell whether "of every month" stands a few words further: only that makes "le 15" come back."""
    return any(line.has(place, "every") for place in range(at + 1, at + 8))


def _part_of_month(line: Line, at: int) -> Found | None:
    """Read "fin de mois", "à la fin de chaque mois", "eind van elke maand"; "fin du mois" is a period."""
    part = line.sense(at, "part")
    if part is None:
        return None
    place = line.skip(at + 1, OF_THE | {"dash"}, most=3)
    every = line.has(place, "every")
    if every:
        place = line.skip(place + 1, frozenset({"the"}), most=1)
    determined = any(
        line.has(passed, "of_the") or line.word(passed) in _ARTICLES for passed in range(at + 1, place)
    )
    if line.unit(place) is not Unit.MONTH or (determined and not every):
        return None
    if names_month(line, place + 1) or line.has(place + 1, "of") or line.has(place + 1, "of_the"):
        return None
    return Found(rule_of("MONTHLY", by=f"BYMONTHDAY={PART_OF_MONTH[part]}"), place + 1)


def _out_of_two(line: Line, at: int) -> Found | None:
    """Read "une semaine sur deux", "un lundi sur deux", "één week op twee"."""
    if line.sense(at, "num") != 1 or line.word(at + 2) not in _OUT_OF or line.sense(at + 3, "num") != 2:
        return None
    weekday, unit = line.sense(at + 1, "weekday"), line.unit(at + 1)
    if weekday is not None:
        return Found(rule_of("WEEKLY", 2, by_day((weekday,))), at + 4)
    if unit is None or unit not in _OFTEN:
        return None
    frequency, each = _OFTEN[unit]
    return Found(rule_of(frequency, each * 2), at + 4)
