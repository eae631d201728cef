"""Find the days of the year that have a name in Belgium: legal holidays, customs, seasons, school holidays."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from enum import IntEnum, auto

from intents.entities.times.days import Span, months_of, single


class Feast(IntEnum):
    """Name a day, or some days, that come back each year."""

    NEW_YEAR = auto()
    EPIPHANY = auto()
    VALENTINE = auto()
    MAUNDY_THURSDAY = auto()
    GOOD_FRIDAY = auto()
    EASTER = auto()
    EASTER_MONDAY = auto()
    LABOUR_DAY = auto()
    ASCENSION = auto()
    WHITSUN = auto()
    WHIT_MONDAY = auto()
    MOTHERS_DAY = auto()
    FATHERS_DAY = auto()
    FLEMISH_DAY = auto()
    NATIONAL_DAY = auto()
    ASSUMPTION = auto()
    FRENCH_COMMUNITY_DAY = auto()
    HALLOWEEN = auto()
    ALL_SAINTS = auto()
    ALL_SOULS = auto()
    ARMISTICE = auto()
    KINGS_DAY = auto()
    BLACK_FRIDAY = auto()
    SAINT_NICHOLAS = auto()
    CHRISTMAS_EVE = auto()
    CHRISTMAS = auto()
    BOXING_DAY = auto()
    NEW_YEARS_EVE = auto()
    YEAR_END = auto()
    SPRING = auto()
    SUMMER = auto()
    AUTUMN = auto()
    WINTER = auto()
    SUMMER_HOLIDAYS = auto()
    CHRISTMAS_HOLIDAYS = auto()


def easter(year: int) -> date:
    """Reckon Easter Sunday of the Gregorian calendar, by the golden number and the Sunday after the full moon."""
    golden = year % 19
    century, in_century = divmod(year, 100)
    leaps, leap_rest = divmod(century, 4)
    moon_shift = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + century - leaps - moon_shift + 15) % 30
    weekday = (32 + 2 * leap_rest + 2 * (in_century // 4) - epact - in_century % 4) % 7
    late = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)


def nth_weekday(year: int, month: int, weekday: int, nth: int) -> date:
    """Find the nth Monday, Tuesday… of a month."""
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (nth - 1))


def _fixed(month: int, day: int) -> Callable[[int], Span]:
    return lambda year: single(date(year, month, day))


def _after_easter(days: int) -> Callable[[int], Span]:
    return lambda year: single(easter(year) + timedelta(days=days))


def _nth(month: int, weekday: int, nth: int) -> Callable[[int], Span]:
    return lambda year: single(nth_weekday(year, month, weekday, nth))


def _black_friday(year: int) -> Span:
    return single(nth_weekday(year, 11, 3, 4) + timedelta(days=1))


def _year_end(year: int) -> Span:
    return Span(date(year, 12, 25), date(year + 1, 1, 1))


def _between(first: tuple[int, int], last: tuple[int, int]) -> Callable[[int], Span]:
    return lambda year: Span(date(year, *first), date(year, *last))


def _winter(year: int) -> Span:
    return Span(date(year, 12, 21), date(year + 1, 3, 19))


def _summer_holidays(year: int) -> Span:
    return months_of(year, 7, 2)


def _christmas_holidays(year: int) -> Span:
    """Two weeks from the Monday of Christmas week; Christmas at a weekend moves them to the Monday after."""
    christmas = date(year, 12, 25)
    monday = christmas - timedelta(days=christmas.weekday())
    if christmas.weekday() >= 5:
        monday += timedelta(days=7)
    return Span(monday, monday + timedelta(days=13))


_CALENDAR: dict[Feast, Callable[[int], Span]] = {
    Feast.NEW_YEAR: _fixed(1, 1),
    Feast.EPIPHANY: _fixed(1, 6),
    Feast.VALENTINE: _fixed(2, 14),
    Feast.MAUNDY_THURSDAY: _after_easter(-3),
    Feast.GOOD_FRIDAY: _after_easter(-2),
    Feast.EASTER: _after_easter(0),
    Feast.EASTER_MONDAY: _after_easter(1),
    Feast.LABOUR_DAY: _fixed(5, 1),
    Feast.ASCENSION: _after_easter(39),
    Feast.WHITSUN: _after_easter(49),
    Feast.WHIT_MONDAY: _after_easter(50),
    Feast.MOTHERS_DAY: _nth(5, 6, 2),
    Feast.FATHERS_DAY: _nth(6, 6, 2),
    Feast.FLEMISH_DAY: _fixed(7, 11),
    Feast.NATIONAL_DAY: _fixed(7, 21),
    Feast.ASSUMPTION: _fixed(8, 15),
    Feast.FRENCH_COMMUNITY_DAY: _fixed(9, 27),
    Feast.HALLOWEEN: _fixed(10, 31),
    Feast.ALL_SAINTS: _fixed(11, 1),
    Feast.ALL_SOULS: _fixed(11, 2),
    Feast.ARMISTICE: _fixed(11, 11),
    Feast.KINGS_DAY: _fixed(11, 15),
    Feast.BLACK_FRIDAY: _black_friday,
    Feast.SAINT_NICHOLAS: _fixed(12, 6),
    Feast.CHRISTMAS_EVE: _fixed(12, 24),
    Feast.CHRISTMAS: _fixed(12, 25),
    Feast.BOXING_DAY: _fixed(12, 26),
    Feast.NEW_YEARS_EVE: _fixed(12, 31),
    Feast.YEAR_END: _year_end,
    Feast.SPRING: _between((3, 20), (6, 20)),
    Feast.SUMMER: _between((6, 21), (9, 22)),
    Feast.AUTUMN: _between((9, 23), (12, 20)),
    Feast.WINTER: _winter,
    Feast.SUMMER_HOLIDAYS: _summer_holidays,
    Feast.CHRISTMAS_HOLIDAYS: _christmas_holidays,
}


def feast_in(feast: Feast, year: int) -> Span:
    """Say when a feast falls in a year; one that runs over New Year belongs to the year it begins in."""
    return _CALENDAR[feast](year)


def feasts() -> list[Feast]:
    """List the feasts that have a date."""
    return list(_CALENDAR)
