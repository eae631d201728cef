"""Draw one sheet of an annex: its head, its lines per day and type, what follows from them, the page."""

from __future__ import annotations

from collections.abc import Sequence

from documents import headings
from documents.annex_chart import add_chart
from documents.annex_data import AnnexLine, AnnexSheet
from documents.annex_head import annex_title, draw_head
from documents.annex_layout import DAY, FIRST_LINE, HEADING_ROW, RATE, WIDTHS, Layout, layout_of
from documents.annex_totals import LEGAL_NOTE, draw_totals
from documents.book import Book
from documents.page import Page, set_up_page
from documents.sheet import Sheet, euro
from documents.styles import SHADED, Style
from locales.names import franking_name
from locales.phrases import say
from locales.words import Words

LINE_STYLES = (Style.DAY, Style.TEXT, Style.COUNT, Style.AMOUNT, Style.RATE)
SHADED_STYLES = tuple(SHADED[style] for style in LINE_STYLES)


def draw_annex(book: Book, title: str, annex: AnnexSheet, words: Words) -> None:
    """Add the sheet of one cost centre's invoice to a workbook."""
    sheet = Sheet(book, title)
    layout = layout_of(annex, words)
    _set_view(sheet, layout)
    _set_page(sheet, annex, layout, words)
    draw_head(sheet, annex, layout, words)
    _draw_lines(sheet, layout, words)
    draw_totals(sheet, annex, layout, words)
    add_chart(sheet, annex, layout, words)


def _set_page(sheet: Sheet, annex: AnnexSheet, layout: Layout, words: Words) -> None:
    page = Page(
        title=words.write(annex_title(annex)),
        mark=words.write(headings.DEMO) if annex.demo else "",
        period=words.month(annex.month),
        foot=words.write(LEGAL_NOTE),
    )
    set_up_page(sheet, words, page, heading_row=HEADING_ROW, areas=layout.print_areas())


def _set_view(sheet: Sheet, layout: Layout) -> None:
    sheet.set_widths(WIDTHS)
    sheet.worksheet.freeze_panes = f"{DAY}{FIRST_LINE}"
    sheet.worksheet.auto_filter.ref = f"{DAY}{HEADING_ROW}:{RATE}{layout.last_line}"
    sheet.worksheet.sheet_view.showGridLines = False


def _draw_lines(sheet: Sheet, layout: Layout, words: Words) -> None:
    if not layout.lines:
        # Translators: in the place of a table's rows.
        sheet.append_at({DAY: sheet.text(Style.NOTE, words.write(say("No items in this period.")))})
    names = {line.item_type: words.write(franking_name(line.item_type)) for line in layout.lines}
    shaded, day_before = False, None
    for line in layout.lines:
        if line.day != day_before:
            shaded, day_before = not shaded, line.day
        styles = SHADED_STYLES if shaded else LINE_STYLES
        _draw_line(sheet, line, names[line.item_type], styles)


def _draw_line(sheet: Sheet, line: AnnexLine, name: str, styles: Sequence[Style]) -> None:
    day, item_type, quantity, amount, rate = styles
    row = sheet.row + 1
    cells = (
        sheet.cell(day, line.day),
        sheet.text(item_type, name),
        sheet.cell(quantity, line.quantity),
        sheet.cell(amount, euro(line.unit_cents)),
        sheet.cell(amount, euro(line.handling_cents)),
        sheet.formula(amount, f"C{row}*D{row}"),
        sheet.formula(amount, f"C{row}*E{row}"),
        sheet.formula(amount, f"F{row}+G{row}"),
        sheet.cell(rate, euro(line.vat_percent)),
    )
    sheet.append(cells)
