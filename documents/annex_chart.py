"""Draw the items of each day of an annex as columns."""

from __future__ import annotations

from openpyxl.chart import Reference

from documents import headings
from documents.annex_data import AnnexSheet
from documents.annex_layout import CHART_FIRST, FIRST_LINE, Layout
from documents.chart_look import column_chart, paint_columns, set_number_formats
from documents.formats import FORMATS
from documents.sheet import Sheet
from locales.phrases import Month, say
from locales.words import Words

WIDTH_CM, HEIGHT_CM = 21, 12


def add_chart(sheet: Sheet, annex: AnnexSheet, layout: Layout, words: Words) -> None:
    """Add the chart of items per day beside the lines, where it is seen when the sheet opens."""
    # Translators: the title of a chart, one column for each day of the month.
    title = say("Items per day, {month}", month=Month(annex.month))
    # Translators: under the chart of items per day: the numbers 1 to 31 are days of the month.
    across = say("Day of the month")
    chart = column_chart(
        words.write(title),
        words.write(across),
        words.write(headings.ITEMS),
        width_cm=WIDTH_CM,
        height_cm=HEIGHT_CM,
    )
    first, last = layout.days_title + 1, layout.last_day
    chart.add_data(Reference(sheet.worksheet, min_col=3, min_row=first, max_row=last))
    chart.set_categories(Reference(sheet.worksheet, min_col=1, min_row=first, max_row=last))
    paint_columns(chart)
    formats = FORMATS[words.language]
    set_number_formats(chart, formats.day_of_month, formats.count)
    chart.x_axis.noMultiLvlLbl = True
    sheet.worksheet.add_chart(chart, f"{CHART_FIRST}{FIRST_LINE}")
