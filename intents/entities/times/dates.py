"""Read days and months by name: le 3 mars, March 3rd, 3 maart vorig jaar, mars dernier, le 3 du mois passé."""

from __future__ import annotations

from datetime import date
from typing import Final

from intents.entities.times.days import Unit
from intents.entities.times.kinds import Kind
from intents.entities.times.line import Line, Parsed
from intents.entities.times.said import Day, Pinned, with_year
from intents.entities.times.tails import directed, finish, short_year_at, year_at
from intents.entities.times.units import unit_phrase
from intents.entities.times.yearly import month_said

_GENITIVE: Final[frozenset[Kind]] = frozenset({"of", "of_the", "the", "month_noun"})
_STROKES: Final[frozenset[Kind]] = frozenset({"dash", "slash"})
_ARTICLES: Final[frozenset[Kind]] = frozenset({"the", "on_the", "comma"})
_COMPANY: Final[frozenset[Kind]] = frozenset(
    {
        "in",
        "since",
        "until",
        "onward",
        "before",
        "after",
        "by",
        "between",
        "part",
        "month_noun",
        "whole",
    }
)
_LOOSE_COMPANY: Final[frozenset[Kind]] = frozenset({"of", "for", "from", "to"})
_LINKS: Final[frozenset[Kind]] = frozenset({"and", "to", "dash", "slash", "comma"})
# "May invoices": what a month is said of, and "may" is not asked of.
_BILLED: Final = frozenset(
    {
        "invoice",
        "invoices",
        "bill",
        "bills",
        "annex",
        "annexes",
        "report",
        "receipts",
        "items",
        "transactions",
    }
)
_FRENCH_ARTICLES: Final = frozenset({"le", "du", "au"})
# What a day number cannot be, but is often meant as: "32 mars" is told to be wrong.
_MOST_MISTAKEN = 39


def day_of_month(line: Line, at: int) -> Parsed | None:
    """Read a day with its month, a weekday before it or not."""
    weekday = line.sense(at, "weekday")
    if weekday is None:
        weekday = line.sense(at, "weekday_short")
    place = at
    if weekday is not None:
        place = at + 2 if line.word(at + 1) == "." else at + 1
        place = line.skip(place, _ARTICLES, most=2)
        said = line.said(place)
        if isinstance(said, Day):
            return finish(line, said, place + 1)
    number = _day_number(line, place)
    if number is None:
        return _month_first(line, place)
    return _month_behind(line, place, number, weekday) or _of_relative_month(line, place, number)


def directed_day(line: Line, at: int) -> Parsed | None:
    """Read "le prochain 21 juillet"."""
    direction = line.sense(at, "dir")
    day = day_of_month(line, at + 1) if direction and line.has(at + 1, "num") else None
    pinned = None if day is None or direction is None else directed(day.said, direction, line)
    return None if day is None or pinned is None else Parsed(pinned, day.end)


def _day_number(line: Line, at: int) -> int | None:
    number = line.sense(at, "nth")
    if number is None or number < 1:
        number = line.sense(at, "num")
    if number is None or line.has(at, "article") or not 1 <= number <= _MOST_MISTAKEN:
        return None
    # "Sept okt" are two months, "sept octobre" is the seventh.
    if line.has(at, "month") and line.language != "fr" and line.word(at - 1) not in _FRENCH_ARTICLES:
        return None
    return None if line.is_digits(at) and len(line.word(at)) > 2 else number


def _month_behind(line: Line, at: int, number: int, weekday: int | None) -> Parsed | None:
    """Read "3 mars", "3rd of March", "3 du mois de mars", "3-mrt-2026"."""
    strokes = line.any_of(at + 1, _STROKES) and line.is_digits(at)
    place = at + 2 if strokes else line.skip(at + 1, _GENITIVE, most=4)
    month = line.sense(place, "month")
    if month is None:
        month = _month_in_figures(line, at, place)
    if month is None or (strokes and line.items[place].start != line.items[at + 1].end):
        return None
    parsed = finish(line, Day(number, month, weekday=weekday), place + 1)
    said = parsed.said
    if isinstance(said, Day) and said.year is None:
        short = short_year_at(line, place + 2 if strokes and line.any_of(place + 1, _STROKES) else place + 1)
        if short is not None:
            return Parsed(with_year(said, short[0]), short[1])
    return parsed


def _month_in_figures(line: Line, at: int, place: int) -> int | None:
    """Read the month of "1er/11" and of "20 11 2026"."""
    month = line.sense(place, "num")
    if month is None or not line.is_digits(place) or not 1 <= month <= 12 or len(line.word(place)) > 2:
        return None
    with_stroke = line.has(at + 1, "slash") and line.has(at, "ordinal_sign") and line.ends(place + 1)
    spaced = (
        place == at + 1 and line.is_digits(at) and len(line.word(place)) == 2 and line.has(place + 1, "year")
    )
    return month if with_stroke or spaced else None


def _of_relative_month(line: Line, at: int, number: int) -> Parsed | None:
    """Read "le 3 du mois dernier", "de 15e van deze maand", "le 5 courant"."""
    if number > 31 or not line.is_digits(at) or line.word(at - 1) == "les":
        return None
    if line.word(at + 1) == "dezer":
        return Parsed(Day(number, line.today.month, line.today.year), at + 2)
    if line.has(at, "ordinal_sign") or line.has(at - 1, "the") or line.has(at - 1, "on_the"):
        return day_of_counted_month(line, at)
    return None


def day_of_counted_month(line: Line, at: int) -> Parsed | None:
    """Read a number as a day of "this, last, next month", where something before it says that it is a day."""
    number = line.sense(at, "num")
    if number is None or not 1 <= number <= 31 or not line.is_digits(at):
        return None
    month = unit_phrase(line, at + 1) or unit_phrase(line, line.skip(at + 1, _GENITIVE - {"month_noun"}))
    if month is not None and isinstance(month.said, Pinned) and month.said.grain is Unit.MONTH:
        first: date = month.said.span.start
        return Parsed(Day(number, first.month, first.year), month.end)
    if line.sense(at + 1, "dir_post") == 0:
        return Parsed(Day(number, line.today.month, line.today.year), at + 2)
    return None


def _month_first(line: Line, at: int) -> Parsed | None:
    """Read the English "March 3rd, 2026"; elsewhere a number behind a month is its year or counts something."""
    month = line.sense(at, "month")
    if month is None:
        return None
    place = line.skip(at + 1, frozenset({"the"}), most=1)
    number = _day_number(line, place)
    if number is None or number > 31 or not line.is_digits(place) or line.has(place, "year"):
        return None
    sure = line.sense(place, "ordinal_sign") == 1
    if not sure and not line.in_language(at, "en"):
        return None
    sure = sure or year_at(line, place + 1) is not None
    if not sure and not (line.ends(place + 1) and _may_be_english(line, at)):
        return None
    return finish(line, Day(number, month), place + 1)


def _may_be_english(line: Line, at: int) -> bool:
    """Tell whether "November 20" there is the twentieth, and not the year 2020."""
    if not line.in_language(at, "en"):
        return False
    return line.language in {"en", None} or not any(
        line.in_language(at, other) for other in ("fr", "nl", "de")
    )


def month(line: Line, at: int) -> Parsed | None:
    """Read a month: "mars", "mars 2025", "le mois de mars", "vorige maart", "mars dernier", "mois 10"."""
    direction = line.sense(at, "dir")
    if direction is not None:
        return _directed_month(line, at, direction)
    place = at
    if line.has(at, "month_noun"):
        place = line.skip(at + 1, frozenset({"of", "of_the"}), most=1)
        numbered = _numbered(line, place) if place == at + 1 else None
        if numbered is not None:
            return numbered
    value = line.sense(place, "month")
    if value is None or (line.has(place, "weak") and not _accompanied(line, place)):
        return None
    parsed = finish(line, month_said(value), place + 1)
    if parsed.end == place + 1 and (_glued_stroke(line, place + 1) or not _may_be_english(line, place)):
        short = short_year_at(line, place + 2 if _glued_stroke(line, place + 1) else place + 1)
        if short is not None:
            return Parsed(month_said(value, short[0]), short[1])
    return parsed


def _glued_stroke(line: Line, at: int) -> bool:
    """Tell whether a stroke or dash is glued to the word before and behind: "nov-26"."""
    if not line.any_of(at, _STROKES) or at + 1 >= line.size:
        return False
    before, stroke, behind = line.items[at - 1 : at + 2]
    return before.end == stroke.start and stroke.end == behind.start


def _directed_month(line: Line, at: int, direction: int) -> Parsed | None:
    place = at + 1
    if line.has(place, "month_noun"):
        place = line.skip(place + 1, frozenset({"of", "of_the"}), most=1)
    value = line.sense(place, "month")
    if value is None or (line.has(place, "weak") and direction == 0):
        return None
    pinned = directed(month_said(value), direction, line)
    return None if pinned is None else Parsed(pinned, place + 1)


def _numbered(line: Line, at: int) -> Parsed | None:
    """Read "mois 10": a month by its number."""
    at = at + 1 if line.has(at, "numero") else at
    number = line.sense(at, "num")
    if number is None or not line.is_digits(at) or not 1 <= number <= 12:
        return None
    return finish(line, month_said(number), at + 1) if line.ends(at + 1) or line.has(at + 1, "year") else None


def _accompanied(line: Line, at: int) -> bool:
    """Tell whether a word such as "may, jan, sept" stands where a month would."""
    if year_at(line, at + 1) is not None:
        return True
    counts = line.has(at, "num") and not line.ends(at + 1)
    if line.any_of(at - 1, _COMPANY):
        return not counts
    if line.word(at + 1) in _BILLED:
        return True
    # "Factuur van Jan" is Jan's.
    if line.any_of(at - 1, _LOOSE_COMPANY) and line.word(at) != "jan":
        return line.ends(at + 1)
    if line.has(at + 1, "month") or line.has(at - 1, "month"):
        return True
    linked_behind = line.any_of(at + 1, _LINKS) and line.has(at + 2, "month")
    linked_before = line.any_of(at - 1, _LINKS) and line.has(at - 2, "month")
    return (linked_behind or linked_before) and not counts
