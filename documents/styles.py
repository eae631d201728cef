"""Hold the look of the workbooks: quiet greys, the red of the house as an accent, numbers to the right."""

from __future__ import annotations

from enum import StrEnum
from types import MappingProxyType
from typing import Any

from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Side

from documents.formats import Formats

FONT = "Arial"
INK = "FF26292E"
MUTED = "FF6B7078"
RED = "FFD2001E"
RULE = "FFD5D8DC"
SHADE = "FFF6F7F8"
BAND = "FFEEF0F2"
HEADING_BAND = "FFDFE2E6"


class Style(StrEnum):
    """The named styles of a workbook; `SHADED` and `BAND` variants carry the fill of every other day or of totals."""

    TITLE = "Guichet title"
    SUBTITLE = "Guichet subtitle"
    LINK = "Guichet link"
    BADGE = "Guichet badge"
    LABEL = "Guichet label"
    FIELD = "Guichet field"
    FIELD_COUNT = "Guichet field count"
    KEY_LABEL = "Guichet key label"
    KEY_AMOUNT = "Guichet key amount"
    GRAND_LABEL = "Guichet grand label"
    GRAND_AMOUNT = "Guichet grand amount"
    HEADING = "Guichet heading"
    HEADING_NUMBER = "Guichet number heading"
    SECTION = "Guichet section"
    SECTION_NUMBER = "Guichet number section"
    TEXT = "Guichet text"
    TEXT_SHADED = "Guichet shaded text"
    DAY = "Guichet day"
    DAY_SHADED = "Guichet shaded day"
    MONTH = "Guichet month"
    MONTH_SHADED = "Guichet shaded month"
    COUNT = "Guichet count"
    COUNT_SHADED = "Guichet shaded count"
    AMOUNT = "Guichet amount"
    AMOUNT_SHADED = "Guichet shaded amount"
    RATE = "Guichet rate"
    RATE_SHADED = "Guichet shaded rate"
    BAND = "Guichet band"
    BAND_COUNT = "Guichet band count"
    BAND_AMOUNT = "Guichet band amount"
    NOTE = "Guichet note"


SHADED = MappingProxyType(
    {
        Style.TEXT: Style.TEXT_SHADED,
        Style.DAY: Style.DAY_SHADED,
        Style.MONTH: Style.MONTH_SHADED,
        Style.COUNT: Style.COUNT_SHADED,
        Style.AMOUNT: Style.AMOUNT_SHADED,
        Style.RATE: Style.RATE_SHADED,
    }
)

LEFT = Alignment(horizontal="left", vertical="center")
RIGHT = Alignment(horizontal="right", vertical="center")
WRAPPED = Alignment(horizontal="left", vertical="center", wrap_text=True)
# Headings stand at the top of their cells: the filter's button covers the lower right corner.
HEADING = Alignment(horizontal="left", vertical="top", wrap_text=True)
HEADING_RIGHT = Alignment(horizontal="right", vertical="top", wrap_text=True)
# Centred over the empty cells to its right, as merged cells would be, without merging them.
ACROSS = Alignment(horizontal="centerContinuous", vertical="center")

UNDER = Border(bottom=Side("hair", color=RULE))
RED_UNDER = Border(bottom=Side("medium", color=RED))
RED_OVER = Border(top=Side("medium", color=RED))
GREY_UNDER = Border(bottom=Side("thin", color=MUTED))


def named_styles(formats: Formats) -> dict[Style, NamedStyle]:
    """Build every style of a workbook in a language's number formats."""
    styles = [*_head_styles(formats), *_table_styles(formats), *_total_styles(formats)]
    return {Style(style.name): style for style in styles}


def _head_styles(formats: Formats) -> list[NamedStyle]:
    heading: dict[str, Any] = {"font": _font(9, bold=True), "fill": _fill(HEADING_BAND), "border": RED_UNDER}
    return [
        _style(Style.TITLE, font=_font(16, bold=True)),
        _style(Style.SUBTITLE, font=_font(9, color=MUTED)),
        _style(Style.LINK, font=_font(9, color=RED, underline="single")),
        _style(Style.BADGE, font=_font(9, bold=True, color="FFFFFFFF"), alignment=ACROSS, fill=_fill(RED)),
        _style(Style.LABEL, font=_font(9, color=MUTED)),
        _style(Style.FIELD, alignment=WRAPPED),
        _style(Style.FIELD_COUNT, number_format=formats.count),
        _style(Style.KEY_LABEL, font=_font(9, color=MUTED), alignment=RIGHT),
        _style(Style.KEY_AMOUNT, alignment=RIGHT, number_format=formats.amount),
        _style(Style.GRAND_LABEL, font=_font(10, bold=True), alignment=RIGHT),
        _style(
            Style.GRAND_AMOUNT,
            font=_font(10, bold=True),
            alignment=RIGHT,
            number_format=formats.amount,
            border=RED_OVER,
        ),
        _style(Style.HEADING, alignment=HEADING, **heading),
        _style(Style.HEADING_NUMBER, alignment=HEADING_RIGHT, **heading),
        _style(Style.NOTE, font=_font(9, color=MUTED)),
    ]


def _table_styles(formats: Formats) -> list[NamedStyle]:
    plain: dict[Style, dict[str, Any]] = {
        Style.TEXT: {"alignment": WRAPPED},
        Style.DAY: {"number_format": formats.day},
        Style.MONTH: {"number_format": formats.month},
        Style.COUNT: {"alignment": RIGHT, "number_format": formats.count_or_dash},
        Style.AMOUNT: {"alignment": RIGHT, "number_format": formats.amount_or_dash},
        Style.RATE: {"alignment": RIGHT, "number_format": formats.rate},
    }
    styles: list[NamedStyle] = []
    for name, parts in plain.items():
        styles += [
            _style(name, border=UNDER, **parts),
            _style(SHADED[name], border=UNDER, fill=_fill(SHADE), **parts),
        ]
    return styles


def _total_styles(formats: Formats) -> list[NamedStyle]:
    bold = _font(10, bold=True)
    band = _fill(BAND)
    return [
        _style(Style.SECTION, font=_font(11, bold=True), border=GREY_UNDER),
        _style(Style.SECTION_NUMBER, font=_font(9, bold=True), alignment=RIGHT, border=GREY_UNDER),
        _style(Style.BAND, font=bold, fill=band),
        _style(Style.BAND_COUNT, font=bold, fill=band, alignment=RIGHT, number_format=formats.count),
        _style(Style.BAND_AMOUNT, font=bold, fill=band, alignment=RIGHT, number_format=formats.amount),
    ]


def _style(name: Style, *, font: Font | None = None, alignment: Alignment = LEFT, **parts: Any) -> NamedStyle:
    return NamedStyle(name=str(name), font=font or _font(10), alignment=alignment, **parts)


def _font(size: int, **parts: Any) -> Font:
    return Font(name=FONT, size=size, **{"color": INK, **parts})


def _fill(color: str) -> PatternFill:
    return PatternFill("solid", fgColor=color)
