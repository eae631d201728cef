"""Draw the items of each day of an annex as columns."""

from __future__ import annotations

from openpyxl.chart import BarChart, Reference
from openpyxl.chart.axis import ChartLines
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.chart.text import RichText, Text
from openpyxl.chart.title import Title
from openpyxl.drawing.line import LineProperties
from openpyxl.drawing.text import (
    CharacterProperties,
    Font,
    Paragraph,
    ParagraphProperties,
    RegularTextRun,
)

from documents import headings
from documents.annex_data import AnnexSheet
from documents.annex_layout import CHART_FIRST, FIRST_LINE, Layout
from documents.formats import FORMATS
from documents.sheet import Sheet
from documents.styles import FONT
from locales.phrases import Month, say
from locales.words import Words

WIDTH_CM, HEIGHT_CM = 21, 12
RED, INK, MUTED, GRID = "D2001E", "26292E", "6B7078", "E3E5E8"


def add_chart(sheet: Sheet, annex: AnnexSheet, layout: Layout, words: Words) -> None:
    """Add the chart of items per day beside the lines, where it is seen when the sheet opens."""
    chart = BarChart(gapWidth=45)
    chart.type = "col"
    first, last = layout.days_title + 1, layout.last_day
    chart.add_data(Reference(sheet.worksheet, min_col=3, min_row=first, max_row=last))
    chart.set_categories(Reference(sheet.worksheet, min_col=1, min_row=first, max_row=last))
    chart.series[0].graphicalProperties = GraphicalProperties(solidFill=RED)
    chart.legend = None
    # Translators: the title of a chart, one column for each day of the month.
    title = say("Items per day, {month}", month=Month(annex.month))
    chart.title = _title(words.write(title), size=12, bold=True)
    chart.width, chart.height = WIDTH_CM, HEIGHT_CM
    _set_axes(chart, words)
    sheet.worksheet.add_chart(chart, f"{CHART_FIRST}{FIRST_LINE}")


def _set_axes(chart: BarChart, words: Words) -> None:
    formats = FORMATS[words.language]
    # Translators: under the chart of items per day: the numbers 1 to 31 are days of the month.
    chart.x_axis.title = _title(words.write(say("Day of the month")), size=9)
    chart.y_axis.title = _title(words.write(headings.ITEMS), size=9)
    chart.x_axis.number_format, chart.y_axis.number_format = formats.day_of_month, formats.count
    chart.x_axis.noMultiLvlLbl = True
    chart.y_axis.majorGridlines = ChartLines(
        spPr=GraphicalProperties(ln=LineProperties(solidFill=GRID, w=6350))
    )
    chart.y_axis.scaling.min = 0
    for axis in (chart.x_axis, chart.y_axis):
        # Left to itself, openpyxl writes no word about it and Excel hides the axes.
        axis.delete = False
        axis.numFmt.sourceLinked = False
        axis.majorTickMark = "none"
        axis.txPr = RichText(
            p=[Paragraph(pPr=ParagraphProperties(defRPr=_look(8, MUTED)), endParaRPr=_look(8, MUTED))]
        )
        axis.graphicalProperties = GraphicalProperties(ln=LineProperties(solidFill=GRID, w=6350))


def _title(text: str, *, size: int, bold: bool = False) -> Title:
    look = _look(size, INK if bold else MUTED, bold=bold)
    run = Paragraph(pPr=ParagraphProperties(defRPr=look), r=[RegularTextRun(rPr=look, t=text)])
    return Title(tx=Text(rich=RichText(p=[run])), overlay=False)


def _look(size: int, color: str, *, bold: bool = False) -> CharacterProperties:
    return CharacterProperties(sz=size * 100, b=bold, solidFill=color, latin=Font(typeface=FONT))
