"""Make the figures of the Service Centre's requests: a workbook, and a picture by subject (TIC-2)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import typst
from openpyxl.chart import Reference

from documents import headings
from documents.book import Book
from documents.chart_look import column_chart, paint_columns, set_number_formats
from documents.formats import FORMATS
from documents.page import Page, set_up_page
from documents.receipts.lettering import FONTS
from documents.sheet import Sheet
from documents.styles import SHADED, Style
from documents.texts import sheet_titles
from locales.phrases import Days, say
from locales.words import Words, words_of

COLUMNS = "ABCDEFG"
WIDTHS = (24, 12, 12, 20, 12, 16, 18)
WIDTH_CM, HEIGHT_CM = 18, 8
HOURS_FORMAT = "0.0"
PIXELS_PER_INCH = 144.0
# Translators: the title of an Excel file and of a picture.
TITLE = say("Requests to the Service Centre")
REQUESTS = say("Requests")
HEADINGS = (
    say("Subject"),
    say("Language"),
    REQUESTS,
    say("First answer (opening hours)"),
    say("Solved"),
    say("Solved in time"),
    say("Satisfaction (1 to 5)"),
)
# Data comes in as JSON, so that nothing of it is read as Typst's language.
TEMPLATE = """
#let data = json(bytes(sys.inputs.data))
#set page(width: 16cm, height: auto, margin: 8mm, fill: white)
#set text(font: "Noto Sans", size: 10pt, fill: rgb("#26292E"))
#text(size: 14pt, weight: "bold", data.title)
#v(-2mm)
#text(fill: rgb("#6B7078"), data.period)
#v(2mm)
#let most = calc.max(1, ..data.rows.map(row => row.count))
#grid(
  columns: (4cm, 1fr, 1.2cm), row-gutter: 3mm, align: (right + horizon, left + horizon, right + horizon),
  column-gutter: 3mm,
  ..data.rows.map(row => (
    row.name,
    rect(width: 100% * (row.count / most), height: 5mm, fill: rgb("#D2001E"), stroke: none),
    str(row.count),
  )).flatten()
)
"""


@dataclass(frozen=True, slots=True)
class FigureRow:
    """The figures of one subject, in the reader's words, and one language.

    Hours are opening hours, the rating is from 1 to 5.
    """

    subject: str
    language: str
    count: int
    first_answer_hours: float | None
    solved: int
    solved_in_time: int
    rating: float | None


def figures_workbook(rows: Sequence[FigureRow], start: date, end: date, language: str) -> bytes:
    """Write the figures as an Excel file in a language, totals and rates as formulas."""
    words = words_of(language)
    title = words.write(TITLE)
    book = Book(language, title)
    sheet = Sheet(book, sheet_titles([(title,)])[0])
    sheet.set_widths(WIDTHS)
    sheet.worksheet.sheet_view.showGridLines = False
    last = 4 + len(rows)
    period = words.write_value(Days(start, end))
    page = Page(title=title, mark="", period=period, foot="")
    set_up_page(sheet, words, page, heading_row=4, areas=[f"A1:G{last + 20}"])
    sheet.append_at({"A": sheet.text(Style.TITLE, title)}, height=26)
    sheet.append_at({"A": sheet.text(Style.SUBTITLE, period)}, height=18)
    sheet.append()
    cells = {
        column: sheet.text(Style.HEADING if column in "AB" else Style.HEADING_NUMBER, words.write(heading))
        for column, heading in zip(COLUMNS, HEADINGS, strict=True)
    }
    sheet.append_at(cells, height=32)
    for position, row in enumerate(rows):
        _draw_row(sheet, row, shaded=bool(position % 2))
    _draw_total(sheet, words, last)
    _add_chart(sheet, words, last)
    return book.to_bytes()


def _draw_row(sheet: Sheet, row: FigureRow, *, shaded: bool) -> None:
    text, count, rate = (
        SHADED[style] if shaded else style for style in (Style.TEXT, Style.COUNT, Style.RATE)
    )
    number = sheet.row + 1
    hours = sheet.cell(count, _decimal(row.first_answer_hours))
    rating = sheet.cell(count, _decimal(row.rating))
    hours.number_format = rating.number_format = HOURS_FORMAT
    # The share of those solved in time, of all that were solved.
    share = sheet.formula(rate, f'IF(E{number}=0,"",{row.solved_in_time}/E{number})')
    sheet.append(
        (
            sheet.text(text, row.subject),
            sheet.text(text, row.language.upper()),
            sheet.cell(count, row.count),
            hours,
            sheet.cell(count, row.solved),
            share,
            rating,
        )
    )


def _draw_total(sheet: Sheet, words: Words, last: int) -> None:
    sums = {column: sheet.formula(Style.BAND_COUNT, f"SUM({column}5:{column}{last})") for column in "CE"}
    sheet.append_band(COLUMNS, words.write(headings.TOTAL), sums)


def _add_chart(sheet: Sheet, words: Words, last: int) -> None:
    chart = column_chart(
        words.write(TITLE), "", words.write(REQUESTS), width_cm=WIDTH_CM, height_cm=HEIGHT_CM
    )
    chart.add_data(Reference(sheet.worksheet, min_col=3, min_row=5, max_row=last))
    chart.set_categories(Reference(sheet.worksheet, min_col=1, max_col=2, min_row=5, max_row=last))
    paint_columns(chart)
    set_number_formats(chart, "General", FORMATS[words.language].count)
    sheet.worksheet.add_chart(chart, f"A{last + 3}")


def _decimal(value: float | None) -> Decimal | None:
    return None if value is None else Decimal(str(value))


def figures_picture(rows: Sequence[FigureRow], start: date, end: date, language: str) -> bytes:
    """Draw how many requests there were of each subject, as a PNG picture."""
    words = words_of(language)
    counts: dict[str, int] = {}
    for row in rows:
        counts[row.subject] = counts.get(row.subject, 0) + row.count
    data = {
        "title": words.write(TITLE),
        "period": words.write_value(Days(start, end)),
        "rows": [
            {"name": name, "count": count}
            for name, count in sorted(counts.items(), key=lambda item: (-item[1], item[0]))
        ],
    }
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS])
    picture = typst.Compiler(TEMPLATE.encode(), font_paths=fonts).compile(
        format="png",
        ppi=PIXELS_PER_INCH,
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
    )
    assert isinstance(picture, bytes)
    return picture
