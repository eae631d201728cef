"""Write phrases, dates, numbers and amounts as a Belgian reader of one language expects them (GEN-2)."""

from __future__ import annotations

import calendar
import gettext
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from io import BytesIO
from pathlib import Path
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_time
from babel.lists import format_list
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_currency, format_decimal

from locales.phrases import Days, FileSize, Money, Month, Named, Phrase, Value

FOLDER = Path(__file__).parent
LANGUAGES = ("fr", "nl", "en", "de")
BRUSSELS = ZoneInfo("Europe/Brussels")
UNITS = ("B", "kB", "MB", "GB")


class Words:
    """The words of one language: `fr`, `nl`, `en` or `de`, each as spoken in Belgium."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.locale = Locale(language, "BE")
        self._catalogue = _read_catalogue(language)

    def write(self, phrase: Phrase) -> str:
        """Write a phrase in this language, its values formatted by their kind."""
        if phrase.verbatim:
            return phrase.msgid
        if phrase.plural is None:
            pattern = self._catalogue.gettext(phrase.msgid)
        else:
            pattern = self._catalogue.ngettext(phrase.msgid, phrase.plural, phrase.count)
        if not phrase.values:
            return pattern
        return pattern.format_map({name: self.write_value(value) for name, value in phrase.values.items()})

    def write_value(self, value: Value) -> str:
        """Write one value: the form follows from its type."""
        match value:
            case str():
                return value
            case Phrase():
                return self.write(value)
            case Money():
                return self.amount(value.cents)
            case Days():
                return self.period(value.start, value.end)
            case Month():
                return self.month(value.day)
            case FileSize():
                return self.size(value.size)
            case Named():
                return value.texts[self.language]
            case datetime():  # before date, of which it is a kind
                return self.moment(value)
            case date():
                return self.day(value)
            case int() | Decimal():
                return str(format_decimal(value, locale=self.locale))
            case Sequence():
                return format_list([self.write_value(part) for part in value], locale=self.locale)

    def amount(self, cents: int) -> str:
        """Write an amount of euro cents with its sign: `1.234,56 €`."""
        return str(format_currency(Decimal(cents) / 100, "EUR", locale=self.locale))

    def day(self, day: date) -> str:
        """Write a date in full: `3 mars 2026`."""
        return f"{self._day_month(day)} {day.year}"

    def month(self, day: date) -> str:
        """Write the month of a day: `mars 2026`."""
        return str(format_date(day, "MMMM y", locale=self.locale))

    def moment(self, moment: datetime) -> str:
        """Write a date and time of the clock in Brussels."""
        return f"{self.day(moment.astimezone(BRUSSELS).date())}, {self.time(moment)}"

    def time(self, moment: datetime) -> str:
        """Write a time of the clock in Brussels: `14:05`."""
        return str(format_time(moment.astimezone(BRUSSELS), "HH:mm", locale=self.locale))

    def period(self, start: date, end: date) -> str:
        """Write a period: a whole month or year by its name, one day as a date, else from first to last day."""
        if start == end:
            return self.day(start)
        if start.day == 1 and end.day == calendar.monthrange(end.year, end.month)[1]:
            if (start.year, start.month) == (end.year, end.month):
                return self.month(start)
            if start.year == end.year and (start.month, end.month) == (1, 12):
                return str(start.year)
            first = format_date(start, "MMMM" if start.year == end.year else "MMMM y", locale=self.locale)
            return f"{first} – {self.month(end)}"
        if (start.year, start.month) == (end.year, end.month):
            return f"{self._day_number(start)}–{self.day(end)}"
        first = self._day_month(start) if start.year == end.year else self.day(start)
        return f"{first} – {self.day(end)}"

    def _day_number(self, day: date) -> str:
        if self.language == "fr" and day.day == 1:
            return "1er"
        return f"{day.day}." if self.language == "de" else str(day.day)

    def _day_month(self, day: date) -> str:
        return f"{self._day_number(day)} {format_date(day, 'MMMM', locale=self.locale)}"

    def size(self, size: int) -> str:
        """Write a file's size in the largest unit that keeps a digit before the comma."""
        amount, unit = Decimal(size), 0
        while amount >= 1000 and unit < len(UNITS) - 1:
            amount, unit = amount / 1000, unit + 1
        return f"{format_decimal(amount, format='#,##0' if unit < 2 else '#,##0.0', locale=self.locale)} {UNITS[unit]}"


@cache
def words_of(language: str) -> Words:
    """Give the words of a language, read once."""
    return Words(language)


def _read_catalogue(language: str) -> gettext.NullTranslations:
    """Read the language's messages straight from the translators' file: nothing compiled can go stale."""
    path = FOLDER / language / "LC_MESSAGES" / "guichet.po"
    with path.open("rb") as source:
        catalogue = read_po(source, locale=language)
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)
