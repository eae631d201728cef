"""Make the list of invoices that a search found, as an Excel file (INV-5)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from documents import headings
from documents.book import Book
from documents.page import Page, set_up_page
from documents.sheet import Sheet, euro, height_for
from documents.styles import SHADED, Style
from documents.texts import sheet_titles
from locales.phrases import say, say_many
from locales.words import Words, words_of

COLUMNS = "ABCDEFGH"
NET, VAT, GROSS = AMOUNTS = tuple("FGH")
NAME_WIDTH = 32
WIDTHS = (16, 14, NAME_WIDTH, NAME_WIDTH, 18, 18, 16, 18)
HEADING_ROW = 4
FIRST_ROW = HEADING_ROW + 1
HEADINGS = (
    headings.INVOICE_NUMBER,
    headings.PRS_NUMBER,
    headings.COST_CENTRE,
    headings.CUSTOMER,
    headings.BILLING_PERIOD,
    headings.TOTAL_NET,
    headings.VAT,
    headings.TOTAL_GROSS,
)
# Translators: the title of an Excel file, and of the sheet in it.
TITLE = say("List of invoices")
# Translators: INV-7: at the foot of a list of invoices, so keep it short.
LEGAL_NOTE = say("This list neither replaces the paper invoices nor has their legal value.")


@dataclass(frozen=True, slots=True)
class InvoiceRow:
    """One invoice of the list; `month` is any day of the billing period, amounts are euro cents."""

    number: str
    prs: str
    cost_centre: str
    customer: str
    month: date
    net_cents: int
    vat_cents: int


def invoice_list_workbook(rows: Sequence[InvoiceRow], language: str) -> bytes:
    """Write invoices in the order given as an Excel file in a language."""
    words = words_of(language)
    title = words.write(TITLE)
    book = Book(language, title)
    sheet = Sheet(book, sheet_titles([(title,)])[0])
    last = HEADING_ROW + max(len(rows), 1)
    _set_view(sheet, words, last)
    _draw_head(sheet, words, len(rows), last)
    _draw_rows(sheet, words, rows)
    sheet.append()
    sums = {column: sheet.formula(Style.BAND_AMOUNT, _sum("SUM({})", column, last)) for column in AMOUNTS}
    sheet.append_band(COLUMNS, words.write(headings.TOTAL), sums)
    sheet.append()
    sheet.append([sheet.text(Style.NOTE, words.write(LEGAL_NOTE))])
    return book.to_bytes()


def _set_view(sheet: Sheet, words: Words, last: int) -> None:
    sheet.set_widths(WIDTHS)
    sheet.worksheet.freeze_panes = f"A{FIRST_ROW}"
    sheet.worksheet.auto_filter.ref = f"A{HEADING_ROW}:{GROSS}{last}"
    sheet.worksheet.sheet_view.showGridLines = False
    page = Page(title=words.write(TITLE), mark="", period="", foot=words.write(LEGAL_NOTE))
    # After the rows come an empty one, the total, an empty one and the note.
    set_up_page(sheet, words, page, heading_row=HEADING_ROW, areas=[f"A1:{GROSS}{last + 4}"])


def _draw_head(sheet: Sheet, words: Words, count: int, last: int) -> None:
    sheet.append_at({"A": sheet.text(Style.TITLE, words.write(TITLE))}, height=26)
    found = words.write(say_many("{count} invoice", "{count} invoices", count))
    sheet.append_at({"A": sheet.text(Style.SUBTITLE, found)}, height=18)
    sums = {
        column: sheet.formula(Style.BAND_AMOUNT, _sum("SUBTOTAL(109,{})", column, last)) for column in AMOUNTS
    }
    sheet.append_band(COLUMNS, words.write(headings.TOTAL_SHOWN), sums)
    cells = {}
    for column, heading in zip(COLUMNS, HEADINGS, strict=True):
        style = Style.HEADING_NUMBER if column in AMOUNTS else Style.HEADING
        cells[column] = sheet.text(style, words.write(heading))
    sheet.append_at(cells, height=32)


def _draw_rows(sheet: Sheet, words: Words, rows: Sequence[InvoiceRow]) -> None:
    if not rows:
        # Translators: in the place of a table's rows.
        sheet.append([sheet.text(Style.NOTE, words.write(say("No invoices.")))])
    for position, row in enumerate(rows):
        number = sheet.row + 1
        text, month, amount = (
            SHADED[style] if position % 2 else style for style in (Style.TEXT, Style.MONTH, Style.AMOUNT)
        )
        cells = {
            "A": sheet.text(text, row.number),
            "B": sheet.text(text, row.prs),
            "C": sheet.text(text, row.cost_centre),
            "D": sheet.text(text, row.customer),
            "E": sheet.cell(month, row.month.replace(day=1)),
            NET: sheet.cell(amount, euro(row.net_cents)),
            VAT: sheet.cell(amount, euro(row.vat_cents)),
            GROSS: sheet.formula(amount, f"{NET}{number}+{VAT}{number}"),
        }
        longest = max(row.cost_centre, row.customer, key=len)
        sheet.append_at(cells, height=height_for(longest, NAME_WIDTH))


def _sum(pattern: str, column: str, last: int) -> str:
    return f"ROUND({pattern.format(f'{column}{FIRST_ROW}:{column}{last}')},2)"
