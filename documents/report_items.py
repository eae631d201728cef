"""Draw the sheet of a report that lists its items by type (REP-2)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from documents import headings
from documents.item_list import DESTINATION, HANDED_OVER, WITH_AR, YES, ItemRow, draw_headings
from documents.page import Page, set_up_page
from documents.sheet import Sheet, euro
from documents.styles import SHADED, Style
from locales.names import item_name
from locales.phrases import Phrase, say
from locales.words import Words

COLUMNS = "ABCDEFGH"
TYPE, BARCODE, DAY, OPERATIONAL_ID, POSTCODE, AR, WEIGHT, AMOUNT = tuple(COLUMNS)
WIDTHS = (26, 30, 16, 20, 16, 8, 14, 18)
# Translators: a heading of a column: grams.
WEIGHT_HEADING = say("Weight (g)")
HEADINGS: tuple[Phrase, ...] = (
    headings.TYPE,
    headings.BARCODE,
    HANDED_OVER,
    headings.OPERATIONAL_ID,
    DESTINATION,
    WITH_AR,
    WEIGHT_HEADING,
    headings.TAXABLE,
)


@dataclass(frozen=True, slots=True)
class ItemsSheet:
    """Where the items stand: the sheet's title, the row of the headings, and how many rows follow."""

    title: str
    heading_row: int
    count: int

    @property
    def last(self) -> int:
        """Give the row of the last item."""
        return self.heading_row + self.count

    def cells(self, column: str) -> str:
        """Name a column's cells from another sheet."""
        quoted = self.title.replace("'", "''")
        return f"'{quoted}'!${column}${self.heading_row + 1}:${column}${self.last}"

    def own_cells(self, column: str) -> str:
        """Name a column's cells from the sheet itself."""
        return f"{column}{self.heading_row + 1}:{column}{self.last}"


def draw_items(sheet: Sheet, words: Words, rows: Sequence[ItemRow], place: ItemsSheet, page: Page) -> None:
    """Write the items in the order given, the shade changing with the type."""
    sheet.set_widths(WIDTHS)
    sheet.worksheet.freeze_panes = f"A{place.heading_row + 1}"
    sheet.worksheet.auto_filter.ref = f"A{place.heading_row}:{AMOUNT}{place.last}"
    sheet.worksheet.sheet_view.showGridLines = False
    area = f"A1:{AMOUNT}{place.last}"
    set_up_page(sheet, words, page, heading_row=place.heading_row, areas=[area])
    sheet.append_at({"A": sheet.text(Style.TITLE, page.title)}, height=26)
    sums = {
        WEIGHT: sheet.formula(Style.BAND_COUNT, f"SUBTOTAL(109,{place.own_cells(WEIGHT)})"),
        AMOUNT: sheet.formula(Style.BAND_AMOUNT, f"ROUND(SUBTOTAL(109,{place.own_cells(AMOUNT)}),2)"),
    }
    sheet.append_band(COLUMNS, words.write(headings.TOTAL_SHOWN), sums)
    draw_headings(sheet, words, dict(zip(COLUMNS, HEADINGS, strict=True)), frozenset((WEIGHT, AMOUNT)))
    _draw_rows(sheet, words, rows)


def _draw_rows(sheet: Sheet, words: Words, rows: Sequence[ItemRow]) -> None:
    names = {code: words.write(item_name(code)) for code in {row.item_type for row in rows}}
    yes = words.write(YES)
    shaded, type_before = True, None
    for row in rows:
        if row.item_type != type_before:
            shaded, type_before = not shaded, row.item_type
        text, day, count, amount = (
            SHADED[style] if shaded else style for style in (Style.TEXT, Style.DAY, Style.COUNT, Style.AMOUNT)
        )
        sheet.append(
            (
                sheet.text(text, names[row.item_type]),
                sheet.text(text, row.barcode),
                sheet.cell(day, row.day),
                sheet.text(text, row.operational_id),
                sheet.text(text, row.postcode),
                sheet.text(text, yes if row.with_ar else ""),
                sheet.cell(count, row.weight_grams),
                sheet.cell(amount, euro(row.price_cents)),
            )
        )
