"""Draw what stands below the lines of an annex: totals per type, VAT per rate, totals per day, foot."""

from __future__ import annotations

from openpyxl.cell import Cell

from documents import headings
from documents.annex_data import AnnexSheet
from documents.annex_head import band_style
from documents.annex_layout import (
    COLUMNS,
    DAY,
    FRANKING_SUM,
    HANDLING_SUM,
    ITEMS,
    NET,
    RATE,
    SUMMED,
    TYPE,
    Layout,
)
from documents.sheet import Sheet, euro
from documents.styles import Style
from locales.phrases import say
from locales.words import Words

# Translators: INV-7: at the foot of an annex and of each of its printed pages, so keep it short.
LEGAL_NOTE = say(
    "This annex completes the paper invoice with details; it neither replaces it nor has its legal value."
)


def draw_totals(sheet: Sheet, annex: AnnexSheet, layout: Layout, words: Words) -> None:
    """Write the totals, each a formula over the lines, and the foot."""
    _draw_types(sheet, layout, words)
    _draw_rates(sheet, layout, words)
    _draw_amounts(sheet, layout, words)
    _draw_days(sheet, layout, words)
    sheet.skip_to(layout.foot)
    for note in [LEGAL_NOTE, headings.DEMO_NOTE] if annex.demo else [LEGAL_NOTE]:
        sheet.append_at({DAY: sheet.text(Style.NOTE, words.write(note))})


def _draw_types(sheet: Sheet, layout: Layout, words: Words) -> None:
    sheet.skip_to(layout.types_title)
    # Translators: opens a part of an Excel sheet.
    _draw_section(sheet, words.write(say("Totals per type")))
    for name in layout.types:
        cells = {column: sheet.cell(Style.TEXT) for column in COLUMNS}
        cells[TYPE] = sheet.text(Style.TEXT, name)
        sheet.append_at(cells | _sums(sheet, layout, TYPE))
    sums = {column: sheet.formula(band_style(column), layout.sum_all(column)) for column in SUMMED}
    sheet.append_band(COLUMNS, words.write(headings.TOTAL), sums)


def _draw_rates(sheet: Sheet, layout: Layout, words: Words) -> None:
    sheet.skip_to(layout.rates_title)
    # Translators: opens a part of an Excel sheet.
    title = words.write(say("VAT per rate"))
    columns = {FRANKING_SUM: headings.VAT_RATE, HANDLING_SUM: headings.TAXABLE, NET: headings.VAT}
    _draw_section(sheet, title, {column: words.write(heading) for column, heading in columns.items()})
    for rate in layout.rates:
        row = sheet.row + 1
        cells = {column: sheet.cell(Style.TEXT) for column in COLUMNS}
        cells[FRANKING_SUM] = sheet.cell(Style.RATE, euro(rate))
        cells[HANDLING_SUM] = sheet.formula(Style.AMOUNT, layout.sum_where(NET, RATE, f"{FRANKING_SUM}{row}"))
        cells[NET] = sheet.formula(Style.AMOUNT, f"ROUND({HANDLING_SUM}{row}*{FRANKING_SUM}{row},2)")
        sheet.append_at(cells)


def _draw_amounts(sheet: Sheet, layout: Layout, words: Words) -> None:
    sheet.skip_to(layout.net)
    vat = f"ROUND(SUM({NET}{layout.rates_title + 1}:{NET}{layout.last_rate}),2)" if layout.rates else "0"
    amounts = [
        (headings.TOTAL_NET, Style.KEY_LABEL, Style.KEY_AMOUNT, f"{NET}{layout.total}"),
        (headings.VAT, Style.KEY_LABEL, Style.KEY_AMOUNT, vat),
        (headings.TOTAL_GROSS, Style.GRAND_LABEL, Style.GRAND_AMOUNT, f"{NET}{layout.net}+{NET}{layout.vat}"),
    ]
    for label, label_style, amount_style, formula in amounts:
        text = sheet.text(label_style, words.write(label))
        sheet.append_at({HANDLING_SUM: text, NET: sheet.formula(amount_style, formula)}, height=18)


def _draw_days(sheet: Sheet, layout: Layout, words: Words) -> None:
    sheet.skip_to(layout.days_title)
    # Translators: opens a part of an Excel sheet.
    _draw_section(sheet, words.write(say("Totals per day")))
    for day in layout.days:
        cells = {column: sheet.cell(Style.TEXT) for column in COLUMNS}
        cells[DAY] = sheet.cell(Style.DAY, day)
        sheet.append_at(cells | _sums(sheet, layout, DAY))


def _sums(sheet: Sheet, layout: Layout, key_column: str) -> dict[str, Cell]:
    """Sum the lines that have the key of the row that comes next."""
    key = f"{key_column}{sheet.row + 1}"
    return {
        column: sheet.formula(
            Style.COUNT if column == ITEMS else Style.AMOUNT, layout.sum_where(column, key_column, key)
        )
        for column in SUMMED
    }


def _draw_section(sheet: Sheet, title: str, numbers: dict[str, str] | None = None) -> None:
    cells = {column: sheet.cell(Style.SECTION) for column in COLUMNS}
    cells[DAY] = sheet.text(Style.SECTION, title)
    for column, heading in (numbers or {}).items():
        cells[column] = sheet.text(Style.SECTION_NUMBER, heading)
    sheet.append_at(cells, height=20)
