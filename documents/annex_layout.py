"""Say where everything of an annex stands: its columns, its rows, and the formulas that follow from them."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta

from documents.annex_data import AnnexLine, AnnexSheet
from locales.names import FRANKING_TYPES, franking_name
from locales.words import Words

COLUMNS = "ABCDEFGHI"
DAY, TYPE, ITEMS, UNIT, HANDLING, FRANKING_SUM, HANDLING_SUM, NET, RATE = tuple(COLUMNS)
SUMMED = (ITEMS, FRANKING_SUM, HANDLING_SUM, NET)
CHART_FIRST, CHART_LAST = "K", "T"
TYPE_WIDTH = 36
# The columns of the table, a gap, the ten columns under the chart.
WIDTHS = (17, TYPE_WIDTH, 11, 17, 15, 17, 18, 18, 11, 3, *[11] * 10)
CHART_ROWS = 24
HEADING_ROW = 7
FIRST_LINE = HEADING_ROW + 1
# Details and totals that fit on one printed page together stay together.
PAGE_ROWS = 30
FOOT_ROWS = 2
ORDER = {code: number for number, code in enumerate(FRANKING_TYPES)}


@dataclass(frozen=True, slots=True)
class Layout:
    """The rows of one sheet, from top to bottom: lines, totals per type, VAT per rate, totals per day."""

    lines: tuple[AnnexLine, ...]
    types: tuple[str, ...]
    rates: tuple[int, ...]
    days: tuple[date, ...]

    @property
    def last_line(self) -> int:
        """Give the last row of the lines; without lines, one row says so."""
        return HEADING_ROW + max(len(self.lines), 1)

    @property
    def types_title(self) -> int:
        """Give the row that opens the totals per type."""
        return self.last_line + 2

    @property
    def total(self) -> int:
        """Give the row of the totals of all types, that of the whole invoice."""
        return self.types_title + len(self.types) + 1

    @property
    def rates_title(self) -> int:
        """Give the row that opens the VAT per rate."""
        return self.total + 2

    @property
    def last_rate(self) -> int:
        """Give the row of the last rate."""
        return self.rates_title + len(self.rates)

    @property
    def net(self) -> int:
        """Give the row of the amount without VAT; VAT and the amount with VAT follow."""
        return self.last_rate + 2

    @property
    def vat(self) -> int:
        """Give the row of the VAT of all rates."""
        return self.net + 1

    @property
    def gross(self) -> int:
        """Give the row of the amount with VAT."""
        return self.net + 2

    @property
    def days_title(self) -> int:
        """Give the row that opens the totals per day."""
        return self.gross + 2

    @property
    def last_day(self) -> int:
        """Give the row of the last day."""
        return self.days_title + len(self.days)

    @property
    def foot(self) -> int:
        """Give the row of the sentence that closes the sheet."""
        return self.last_day + 2

    def lines_of(self, column: str) -> str:
        """Name the cells of the lines in a column."""
        return f"{column}${FIRST_LINE}:{column}${self.last_line}"

    def sum_where(self, column: str, key_column: str, key: str) -> str:
        """Add up a column's lines that have in the key column what the cell `key` holds."""
        return _to_the_cent(column, f"SUMIF({self.lines_of(key_column)},{key},{self.lines_of(column)})")

    def sum_all(self, column: str) -> str:
        """Add up a column's lines."""
        return _to_the_cent(column, f"SUM({self.lines_of(column)})")

    def sum_shown(self, column: str) -> str:
        """Add up a column's lines that a filter leaves to be seen."""
        return _to_the_cent(column, f"SUBTOTAL(109,{self.lines_of(column)})")

    def print_areas(self) -> list[str]:
        """List what is printed, each part from the top of a page."""
        foot = self.foot + FOOT_ROWS - 1
        parts = [(1, self.last_line), (self.types_title, self.gross), (self.days_title, foot)]
        if self.gross <= PAGE_ROWS:
            parts[:2] = [(1, self.gross)]
        areas = [f"{DAY}{first}:{RATE}{last}" for first, last in parts]
        return [*areas, f"{CHART_FIRST}{FIRST_LINE}:{CHART_LAST}{FIRST_LINE + CHART_ROWS}"]


def layout_of(sheet: AnnexSheet, words: Words) -> Layout:
    """Sort a sheet's lines by day and type, and list its types, rates and days."""
    lines = sorted(sheet.lines, key=lambda line: (line.day, *_type_order(line.item_type)))
    codes = sorted({line.item_type for line in lines}, key=_type_order)
    names = dict.fromkeys(words.write(franking_name(code)) for code in codes)
    return Layout(
        lines=tuple(lines),
        types=tuple(names),
        rates=tuple(sorted({line.vat_percent for line in lines})),
        days=tuple(sorted({*_days_of(sheet.month), *(line.day for line in lines)})),
    )


def _type_order(code: str) -> tuple[int, str]:
    return ORDER.get(code, len(ORDER)), code


def _days_of(month: date) -> list[date]:
    first = month.replace(day=1)
    return [
        first + timedelta(days=number) for number in range(calendar.monthrange(first.year, first.month)[1])
    ]


def _to_the_cent(column: str, formula: str) -> str:
    """Round a sum of amounts: a sum of binary fractions may be off by a billionth."""
    return formula if column == ITEMS else f"ROUND({formula},2)"
