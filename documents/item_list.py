"""Make the list of items that a search found, as an Excel file (ITM-2, ITM-5)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from openpyxl.cell import Cell

from documents import headings
from documents.book import Book
from documents.page import Page, set_up_page
from documents.sheet import Sheet
from documents.styles import SHADED, Style
from documents.texts import sheet_titles
from locales.names import item_name
from locales.phrases import Days, Phrase, say, say_many
from locales.words import Words, words_of

COLUMNS = "ABCDEF"
WIDTHS = (30, 18, 16, 24, 12, 20)
# Translators: a heading of a column: the day on which the customer gave an item to bpost.
HANDED_OVER = say("Date of hand-over")
# Translators: a heading of a column: the postcode of where an item goes.
DESTINATION = say("Destination postcode")
# Translators: a heading of a narrow column: whether an item has an acknowledgement of receipt.
WITH_AR = say("AR")
HEADINGS = (
    headings.BARCODE,
    HANDED_OVER,
    DESTINATION,
    headings.TYPE,
    WITH_AR,
    headings.OPERATIONAL_ID,
)
# Translators: the title of an Excel file, and of the sheet in it.
TITLE = say("Registered items and parcels")
# Translators: a cell of a table: this item has an acknowledgement of receipt.
YES = say("yes")


@dataclass(frozen=True, slots=True)
class ItemRow:
    """One item of a list or a report; weight in grams, price in euro cents without VAT."""

    barcode: str
    day: date
    postcode: str
    item_type: str
    with_ar: bool
    operational_id: str
    weight_grams: int
    price_cents: int


@dataclass(frozen=True, slots=True)
class Scope:
    """What a list or a report was asked for; `total` is how many items there are, which a list may cut."""

    start: date | None
    end: date | None
    operational_ids: tuple[str, ...]
    total: int
    demo: bool


def item_list_workbook(rows: Sequence[ItemRow], scope: Scope, language: str) -> bytes:
    """Write items in the order given as an Excel file in a language."""
    words = words_of(language)
    title = words.write(TITLE)
    book = Book(language, title)
    sheet = Sheet(book, sheet_titles([(title,)])[0])
    lines = subtitle_lines(scope, len(rows))
    heading_row = 2 + len(lines)
    _set_view(sheet, words, scope, heading_row, heading_row + max(len(rows), 1))
    _draw_head(sheet, words, scope, lines)
    _draw_rows(sheet, words, rows)
    if scope.demo:
        sheet.append()
        sheet.append([sheet.text(Style.NOTE, words.write(headings.DEMO_NOTE))])
    return book.to_bytes()


def subtitle_lines(scope: Scope, shown: int) -> list[Phrase]:
    """Say under the title how many items there are and what they were looked for by."""
    if scope.total > shown:
        # Translators: under the title of a list that is too long to be whole.
        count = say("The latest {shown} of {total} items", shown=shown, total=scope.total)
    else:
        count = say_many("{count} item", "{count} items", shown)
    lines = [count]
    if scope.start is not None and scope.end is not None:
        lines.append(say("Handed over in {period}", period=Days(scope.start, scope.end)))
    if scope.operational_ids:
        lines.append(say("Operational ID: {codes}", codes=list(scope.operational_ids)))
    return lines


def _set_view(sheet: Sheet, words: Words, scope: Scope, heading_row: int, last: int) -> None:
    sheet.set_widths(WIDTHS)
    sheet.worksheet.freeze_panes = f"A{heading_row + 1}"
    sheet.worksheet.auto_filter.ref = f"A{heading_row}:{COLUMNS[-1]}{last}"
    sheet.worksheet.sheet_view.showGridLines = False
    page = Page(
        title=words.write(TITLE),
        mark=words.write(headings.DEMO) if scope.demo else "",
        period=period_text(scope, words),
        foot="",
    )
    area = f"A1:{COLUMNS[-1]}{last + (2 if scope.demo else 0)}"
    set_up_page(sheet, words, page, heading_row=heading_row, areas=[area])


def period_text(scope: Scope, words: Words) -> str:
    """Write the period of a list or report; empty where none was asked for."""
    if scope.start is None or scope.end is None:
        return ""
    return words.period(scope.start, scope.end)


def _draw_head(sheet: Sheet, words: Words, scope: Scope, lines: Sequence[Phrase]) -> None:
    title = {"A": sheet.text(Style.TITLE, words.write(TITLE))}
    if scope.demo:
        # The mark is centred over two cells.
        title |= {"E": sheet.text(Style.BADGE, words.write(headings.DEMO)), "F": sheet.cell(Style.BADGE)}
    sheet.append_at(title, height=26)
    for line in lines:
        sheet.append_at({"A": sheet.text(Style.SUBTITLE, words.write(line))}, height=18)
    draw_headings(sheet, words, dict(zip(COLUMNS, HEADINGS, strict=True)))


def draw_headings(
    sheet: Sheet, words: Words, names: Mapping[str, Phrase], numbers: frozenset[str] = frozenset()
) -> None:
    """Write a row of headings, those of numbers to the right."""
    cells: dict[str, Cell] = {}
    for column, heading in names.items():
        style = Style.HEADING_NUMBER if column in numbers else Style.HEADING
        cells[column] = sheet.text(style, words.write(heading))
    sheet.append_at(cells, height=32)


def _draw_rows(sheet: Sheet, words: Words, rows: Sequence[ItemRow]) -> None:
    if not rows:
        # Translators: in the place of a table's rows.
        sheet.append([sheet.text(Style.NOTE, words.write(say("No items in this period.")))])
    names = {item_type: words.write(item_name(item_type)) for item_type in {row.item_type for row in rows}}
    yes = words.write(YES)
    for position, row in enumerate(rows):
        text, day = (SHADED[style] if position % 2 else style for style in (Style.TEXT, Style.DAY))
        sheet.append(
            (
                sheet.text(text, row.barcode),
                sheet.cell(day, row.day),
                sheet.text(text, row.postcode),
                sheet.text(text, names[row.item_type]),
                sheet.text(text, yes if row.with_ar else ""),
                sheet.text(text, row.operational_id),
            )
        )
