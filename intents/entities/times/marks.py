"""Read numbered stretches: week 46, T1, Q3 2025, premier trimestre, second half of 2025, 2025."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Final

from intents.entities.times.days import Span, Unit
from intents.entities.times.kinds import Kind
from intents.entities.times.line import Line, Parsed
from intents.entities.times.said import Day, Pinned, Said, Yearly, earliest, latest, the_next, within
from intents.entities.times.tails import FIRST_YEAR, LAST_YEAR, finish, year_at
from intents.entities.times.yearly import half_said, quarter_said, week_said, year_said

_LEADS_TO_YEAR: Final[frozenset[Kind]] = frozenset(
    {
        "of",
        "in",
        "for",
        "from",
        "since",
        "until",
        "to",
        "before",
        "after",
        "onward",
        "between",
        "part",
        "whole",
        "by",
    }
)
_JOINS: Final[frozenset[Kind]] = frozenset({"dash", "slash", "numero"})
_COUNTED_BEHIND: Final[frozenset[Kind]] = frozenset({"unit", "times", "per"})
_LISTED: Final[frozenset[Kind]] = frozenset({"and", "comma", "dash", "to"})
_WHOLE_THE: Final[frozenset[Kind]] = frozenset({"whole", "the"})
_ORDER: Final[frozenset[Kind]] = frozenset({"the", "on_the", "comma", "of", "in"})
# A bare number of four digits is a year only if it is one that invoices are asked of.
_BARE_YEARS_BACK = 8
_BARE_YEARS_AHEAD = 1
# Beside one of these even a year far ahead is meant: a mistake that the answer can then name.
_BILLED_YEARS_AHEAD = 6
_BILLED: Final = frozenset(
    [
        "facture",
        "factures",
        "factuur",
        "facturen",
        "invoice",
        "invoices",
        "bill",
        "bills",
        "rechnung",
        "rechnungen",
        "annexe",
        "annexes",
        "bijlage",
        "bijlagen",
        "annex",
        "anhang",
        "rapport",
        "rapports",
        "rapporten",
        "report",
        "reports",
        "bericht",
        "berichte",
    ]
)
_COUNTING_YEARS_BACK = 2


def figure(line: Line, at: int) -> Parsed | None:
    """Read a date in figures, with its year behind it where it has none yet."""
    said = line.said(at)
    if said is None:
        year = line.sense(at, "year")
        return None if year is None else _year_first(line, at, year)
    return finish(line, said, at + 1)


def _year_first(line: Line, at: int, year: int) -> Parsed | None:
    """Read "2025 Q3", "2025-W46", "2025 week 46"."""
    behind = at + 2 if line.has(at + 1, "dash") or line.has(at + 1, "slash") else at + 1
    said = line.said(behind)
    end = behind + 1
    if said is None:
        week = week_number(line, behind)
        if week is None:
            return None
        said, end = week
    if isinstance(said, Yearly) and said.year is None and said.grain is not Unit.MONTH:
        return Parsed(replace(said, year=year), end)
    return None


def week_number(line: Line, at: int) -> Parsed | None:
    """Read "semaine 46", "week nr 46", "KW 46/2025", "46e semaine", with a weekday behind it."""
    if line.unit(at) is Unit.WEEK and not line.has(at - 1, "num"):
        place = at + 1
        while line.has(place, "numero") or line.word(place) in {"."}:
            place += 1
        number = line.sense(place, "num")
        if number is None or line.has(place, "article") or not 1 <= number <= 53:
            return None
        if line.any_of(place + 1, _COUNTED_BEHIND):
            return None
        return _day_of_week(line, finish(line, week_said(number), place + 1))
    number = line.sense(at, "nth")
    if number is None or not 5 < number <= 53 or line.unit(at + 1) is not Unit.WEEK:
        return None
    return finish(line, week_said(number), at + 2)


def _day_of_week(line: Line, parsed: Parsed) -> Parsed:
    """Read "semaine 46, lundi": a weekday of a numbered week."""
    at = line.skip(parsed.end, _ORDER, most=2)
    weekday = line.sense(at, "weekday")
    if weekday is None or line.has(at + 1, "num") or line.said(at + 1) is not None:
        return parsed
    said = weekday_within(parsed.said, weekday, 1)
    return parsed if said is None else Parsed(said, at + 1)


def weekday_within(week: Said, first: int, length: int) -> Said | None:
    """Take some days, from a weekday on, of a week."""

    def days(span: Span) -> Span:
        start = span.start + timedelta(days=first)
        return Span(start, start + timedelta(days=length - 1))

    found = within(week, days, Unit.DAY if length == 1 else Unit.WEEKEND)
    return replace(found, weekday=first) if isinstance(found, Pinned) and length == 1 else found


def another_week(line: Line, at: int) -> Parsed | None:
    """Read the bare number behind "semaine 45 à": one more week."""
    number = line.sense(at, "num")
    if number is None or not line.is_digits(at) or not 1 <= number <= 53:
        return None
    if not (line.ends(at + 1) or line.has(at + 1, "slash") or line.has(at + 1, "year")):
        return None
    return finish(line, week_said(number), at + 1)


def quarter(line: Line, at: int) -> Parsed | None:
    """Read "1er trimestre", "laatste kwartaal 2025", "third quarter of last year", "Quartal 3", "kwartaal 2"."""
    number = line.sense(at, "nth")
    if number is not None:
        return _ranked(line, at, number)
    if line.sense(at, "dir") == -1 and year_at(line, at + 2) is not None:
        # "le dernier trimestre 2025" is its fourth, "le dernier trimestre" the one before this.
        return _ranked(line, at, -1)
    unit = line.unit(at)
    if unit not in {Unit.QUARTER, Unit.HALF} or line.has(at - 1, "num"):
        return None
    place = at + 2 if line.has(at + 1, "numero") else at + 1
    number = line.sense(place, "num")
    if (
        number is None
        or not line.is_digits(place)
        or not (line.ends(place + 1) or line.has(place + 1, "year"))
    ):
        return None
    said = _quarter_or_half(unit, number)
    return None if said is None else finish(line, said, place + 1)


def _ranked(line: Line, at: int, number: int) -> Parsed | None:
    unit = line.unit(at + 1)
    if unit is None and line.any_of(at + 1, _LISTED):
        # "Le 1er et le 2e trimestre": the unit is said once.
        another = line.skip(at + 2, _WHOLE_THE | {"of_the"}, most=2)
        unit = line.unit(another + 1) if line.has(another, "nth") else None
        said = None if unit is None else _quarter_or_half(unit, number)
        return None if said is None else Parsed(said, at + 1)
    if unit is None and line.has(at + 1, "halves") and year_at(line, at + 2) is not None:
        unit = Unit.HALF
    if unit not in {Unit.QUARTER, Unit.HALF}:
        return None
    said = _quarter_or_half(unit, number if number > 0 else {Unit.QUARTER: 5, Unit.HALF: 3}[unit] + number)
    return None if said is None else finish(line, said, at + 2)


def _quarter_or_half(unit: Unit, number: int) -> Yearly | None:
    if unit is Unit.QUARTER:
        return quarter_said(number) if 1 <= number <= 4 else None
    return half_said(number) if 1 <= number <= 2 else None


def year(line: Line, at: int) -> Parsed | None:
    """Read a year: "en 2025", "l'année 2025", "heel 2025", and alone where it is likely one."""
    at = line.skip(at, _WHOLE_THE)
    named = line.unit(at) is Unit.YEAR
    place = at + 1 if named else at
    if named and line.has(place, "numero"):
        place += 1
    value = line.sense(place, "year")
    if value is None:
        short = line.sense(place, "short_year") if named else None
        return None if short is None else Parsed(year_said(short), place + 1)
    if not FIRST_YEAR <= value <= LAST_YEAR or (
        line.any_of(place - 1, _JOINS) and not line.has(place - 2, "year")
    ):
        return None
    led = named or line.any_of(at - 1, _LEADS_TO_YEAR)
    back = line.today.year - value
    if line.ends(place + 1):
        ahead = _BILLED_YEARS_AHEAD if line.word(at - 1) in _BILLED else _BARE_YEARS_AHEAD
        sure = led or -ahead <= back <= _BARE_YEARS_BACK
    else:
        # "2026 invoices, van 2025 als Excel", but "2000 enveloppes" and "2 000".
        sure = -1 <= back <= (_BARE_YEARS_BACK if led else _COUNTING_YEARS_BACK)
        sure = sure and not line.any_of(place + 1, _COUNTED_BEHIND) and not line.counts(place + 1)
    return Parsed(year_said(value), place + 1) if sure else None


def week_of(line: Line, at: int, date_at: Parsed | None) -> Parsed | None:
    """Make the week, or weekend, of a day that was named behind the word: "la semaine du 3 mars"."""
    unit = line.unit(at)
    if date_at is None or unit not in {Unit.WEEK, Unit.WEEKEND}:
        return None
    said = date_at.said
    if said.grain is not Unit.DAY or line.has(date_at.end, "to") or line.has(date_at.end, "dash"):
        return None
    first, length = (0, 7) if unit is Unit.WEEK else (5, 2)
    if isinstance(said, Day) and said.month is None:
        span = earliest(said, line.today) if line.ahead else latest(said, line.today)
        said = Pinned(span, Unit.DAY) if span is not None else said
    if not isinstance(said, Pinned | Yearly | Day):
        upcoming = the_next(said, line.today)
        found = latest(said, line.today)
        span = upcoming.span if line.ahead and upcoming is not None else found
        if span is None:
            return None
        said = Pinned(span, Unit.DAY)

    def around(span: Span) -> Span:
        monday = span.start - timedelta(days=span.start.weekday())
        return Span(monday + timedelta(days=first), monday + timedelta(days=first + length - 1))

    week = within(said, around, unit)
    return None if week is None else Parsed(week, date_at.end)
