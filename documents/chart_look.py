"""Give every chart of the workbooks the same look: the red of the house, quiet axes, the house's letters."""

from __future__ import annotations

from openpyxl.chart import BarChart
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

from documents.styles import FONT

RED, INK, MUTED, GRID = "D2001E", "26292E", "6B7078", "E3E5E8"


def column_chart(title: str, across: str, up: str, *, width_cm: int, height_cm: int) -> BarChart:
    """Begin a chart of columns with its titles; the caller adds the data and calls `paint_columns`."""
    chart = BarChart(gapWidth=45)
    chart.type = "col"
    chart.legend = None
    chart.title = chart_title(title, size=12, bold=True)
    chart.width, chart.height = width_cm, height_cm
    chart.x_axis.title = chart_title(across, size=9) if across else None
    chart.y_axis.title = chart_title(up, size=9)
    chart.y_axis.majorGridlines = ChartLines(
        spPr=GraphicalProperties(ln=LineProperties(solidFill=GRID, w=6350))
    )
    chart.y_axis.scaling.min = 0
    for axis in (chart.x_axis, chart.y_axis):
        # Left to itself, openpyxl writes no word about it and Excel hides the axes.
        axis.delete = False
        axis.majorTickMark = "none"
        axis.txPr = RichText(
            p=[Paragraph(pPr=ParagraphProperties(defRPr=_look(8, MUTED)), endParaRPr=_look(8, MUTED))]
        )
        axis.graphicalProperties = GraphicalProperties(ln=LineProperties(solidFill=GRID, w=6350))
    return chart


def set_number_formats(chart: BarChart, across: str, up: str) -> None:
    """Write the numbers along the axes in formats of their own, whatever the cells' are."""
    for axis, number_format in ((chart.x_axis, across), (chart.y_axis, up)):
        axis.number_format = number_format
        axis.numFmt.sourceLinked = False


def paint_columns(chart: BarChart) -> None:
    """Paint the columns of the first series red."""
    chart.series[0].graphicalProperties = GraphicalProperties(solidFill=RED)


def chart_title(text: str, *, size: int, bold: bool = False) -> Title:
    """Write a title of a chart or an axis."""
    look = _look(size, INK if bold else MUTED, bold=bold)
    run = Paragraph(pPr=ParagraphProperties(defRPr=look), r=[RegularTextRun(rPr=look, t=text)])
    return Title(tx=Text(rich=RichText(p=[run])), overlay=False)


def _look(size: int, color: str, *, bold: bool = False) -> CharacterProperties:
    return CharacterProperties(sz=size * 100, b=bold, solidFill=color, latin=Font(typeface=FONT))
