"""Make a report of items: a summary by type with a chart, and the items behind it (REP-1, REP-2)."""

from __future__ import annotations

from collections.abc import Sequence

from openpyxl.chart import Reference

from documents import headings
from documents.book import Book
from documents.chart_look import column_chart, paint_columns, set_number_formats
from documents.errors import CutList, NothingToShow
from documents.formats import FORMATS
from documents.item_list import ItemRow, Scope, draw_headings, period_text, subtitle_lines
from documents.page import Page, set_up_page
from documents.report_items import AMOUNT, TYPE, WEIGHT, ItemsSheet, draw_items
from documents.sheet import Sheet
from documents.styles import SHADED, Style
from documents.texts import sheet_titles
from locales.names import ITEM_TYPES, item_name
from locales.phrases import Phrase, say
from locales.words import Words, words_of

COLUMNS = "ABCD"
WIDTHS = (34, 12, 18, 20, 3, *[11] * 8)
CHART_AT, CHART_LAST, CHART_ROWS = "F", "M", 20
WIDTH_CM, HEIGHT_CM = 16, 9
# Translators: the title of an Excel file: what a customer sent, by type, with weights and amounts.
TITLE = say("Report of items")
# Translators: the name of a sheet in an Excel file.
SUMMARY = say("Summary")
# Translators: a heading of a column: grams.
TOTAL_WEIGHT = say("Total weight (g)")
ORDER = {code: number for number, code in enumerate(ITEM_TYPES)}


def report_workbook(rows: Sequence[ItemRow], scope: Scope, language: str) -> bytes:
    """Write a report as an Excel file in a language; its totals are formulas over the items listed.

    Raises NothingToShow without items, and CutList where `rows` are not all there are: a report never totals a cut
    list (GEN-5).
    """
    if not rows:
        raise NothingToShow
    if len(rows) != scope.total:
        raise CutList(scope.total, len(rows))
    words = words_of(language)
    book = Book(language, words.write(TITLE))
    titles = sheet_titles([(words.write(SUMMARY),), (words.write(headings.ITEMS),)])
    ordered = sorted(rows, key=lambda row: (*_type_order(row.item_type), row.day, row.barcode))
    types = list(dict.fromkeys(row.item_type for row in ordered))
    lines = subtitle_lines(scope, len(rows))
    items = ItemsSheet(titles[1], 3, len(rows))
    _draw_summary(Sheet(book, titles[0]), words, scope, lines, types, items)
    draw_items(Sheet(book, titles[1]), words, ordered, items, _page(words, scope))
    return book.to_bytes()


def _type_order(code: str) -> tuple[int, str]:
    return ORDER.get(code, len(ORDER)), code


def _page(words: Words, scope: Scope) -> Page:
    return Page(
        title=words.write(TITLE),
        mark=words.write(headings.DEMO) if scope.demo else "",
        period=period_text(scope, words),
        foot=words.write(headings.DEMO_NOTE) if scope.demo else "",
    )


def _draw_summary(
    sheet: Sheet,
    words: Words,
    scope: Scope,
    lines: Sequence[Phrase],
    types: Sequence[str],
    items: ItemsSheet,
) -> None:
    heading_row = 3 + len(lines)
    first, total = heading_row + 1, heading_row + len(types) + 1
    sheet.set_widths(WIDTHS)
    sheet.worksheet.sheet_view.showGridLines = False
    last = max(total + 2, first + CHART_ROWS)
    area = f"A1:{CHART_LAST}{last}"
    set_up_page(sheet, words, _page(words, scope), heading_row=heading_row, areas=[area])
    title = {"A": sheet.text(Style.TITLE, words.write(TITLE))}
    if scope.demo:
        # The mark is centred over two cells.
        title |= {"C": sheet.text(Style.BADGE, words.write(headings.DEMO)), "D": sheet.cell(Style.BADGE)}
    sheet.append_at(title, height=26)
    for line in lines:
        sheet.append_at({"A": sheet.text(Style.SUBTITLE, words.write(line))}, height=18)
    sheet.append()
    names = (headings.TYPE, headings.ITEMS, TOTAL_WEIGHT, headings.TOTAL_NET)
    draw_headings(sheet, words, dict(zip(COLUMNS, names, strict=True)), frozenset("BCD"))
    for position, code in enumerate(types):
        _draw_type(sheet, words.write(item_name(code)), items, shaded=bool(position % 2))
    _draw_total(sheet, words, first, total)
    sheet.append()
    if scope.demo:
        sheet.append([sheet.text(Style.NOTE, words.write(headings.DEMO_NOTE))])
    _add_chart(sheet, words, first, total - 1)


def _draw_type(sheet: Sheet, name: str, items: ItemsSheet, *, shaded: bool) -> None:
    text, count, amount = (
        SHADED[style] if shaded else style for style in (Style.TEXT, Style.COUNT, Style.AMOUNT)
    )
    key = f"$A{sheet.row + 1}"
    types = items.cells(TYPE)
    sheet.append(
        (
            sheet.text(text, name),
            sheet.formula(count, f"COUNTIF({types},{key})"),
            sheet.formula(count, f"SUMIF({types},{key},{items.cells(WEIGHT)})"),
            sheet.formula(amount, f"ROUND(SUMIF({types},{key},{items.cells(AMOUNT)}),2)"),
        )
    )


def _draw_total(sheet: Sheet, words: Words, first: int, total: int) -> None:
    cells = {column: f"{column}{first}:{column}{total - 1}" for column in "BCD"}
    sums = {
        "B": sheet.formula(Style.BAND_COUNT, f"SUM({cells['B']})"),
        "C": sheet.formula(Style.BAND_COUNT, f"SUM({cells['C']})"),
        "D": sheet.formula(Style.BAND_AMOUNT, f"ROUND(SUM({cells['D']}),2)"),
    }
    sheet.append_band(COLUMNS, words.write(headings.TOTAL), sums)


def _add_chart(sheet: Sheet, words: Words, first: int, last: int) -> None:
    # Translators: the title of a chart, one column for each type of items.
    title = words.write(say("Items by type"))
    chart = column_chart(title, "", words.write(headings.ITEMS), width_cm=WIDTH_CM, height_cm=HEIGHT_CM)
    chart.add_data(Reference(sheet.worksheet, min_col=2, min_row=first, max_row=last))
    chart.set_categories(Reference(sheet.worksheet, min_col=1, min_row=first, max_row=last))
    paint_columns(chart)
    set_number_formats(chart, "General", FORMATS[words.language].count)
    sheet.worksheet.add_chart(chart, f"{CHART_AT}{first - 1}")
