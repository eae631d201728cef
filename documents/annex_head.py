"""Draw the head of an annex's sheet: title, whose invoice it is, what it amounts to, the table's headings."""

from __future__ import annotations

from documents import headings
from documents.annex_data import AnnexSheet
from documents.annex_layout import COLUMNS, DAY, ITEMS, NET, SUMMED, TYPE_WIDTH, Layout
from documents.sheet import Sheet, height_for
from documents.styles import Style
from locales.phrases import Phrase, say
from locales.words import Words

HEADINGS = (
    headings.DATE,
    headings.TYPE,
    headings.ITEMS,
    headings.UNIT_PRICE,
    headings.UNIT_HANDLING,
    headings.FRANKING,
    headings.HANDLING,
    headings.TOTAL_NET,
    headings.VAT_RATE,
)


def annex_title(annex: AnnexSheet) -> Phrase:
    """Name the annex of one invoice."""
    # Translators: the title of an Excel file: the details that come with an invoice.
    return say("Annex to invoice {number}", number=annex.invoice_number)


def draw_head(sheet: Sheet, annex: AnnexSheet, layout: Layout, words: Words) -> None:
    """Write the rows that stay in view: title, fields, the total of the rows shown and the headings."""
    title = {DAY: sheet.text(Style.TITLE, words.write(annex_title(annex)))}
    if annex.demo:
        # The mark is centred over two cells.
        title |= {"H": sheet.text(Style.BADGE, words.write(headings.DEMO)), "I": sheet.cell(Style.BADGE)}
    sheet.append_at(title, height=26)
    # Translators: a link inside an Excel sheet that jumps down to these parts.
    link = say("Go to the totals per type, the VAT and the totals per day")
    sheet.append_at({DAY: sheet.link(Style.LINK, words.write(link), f"{DAY}{layout.types_title}")}, height=18)
    _draw_fields(sheet, annex, layout, words)
    sums = {column: sheet.formula(band_style(column), layout.sum_shown(column)) for column in SUMMED}
    sheet.append_band(COLUMNS, words.write(headings.TOTAL_SHOWN), sums)
    _draw_headings(sheet, words)


def band_style(column: str) -> Style:
    """Choose the style of a column's total."""
    return Style.BAND_COUNT if column == ITEMS else Style.BAND_AMOUNT


def _draw_fields(sheet: Sheet, annex: AnnexSheet, layout: Layout, words: Words) -> None:
    """Write three rows of labels with their values: who, which invoice, how much."""
    who = [
        (headings.CUSTOMER, annex.customer),
        (headings.COST_CENTRE, annex.cost_centre),
        (headings.PRS_NUMBER, annex.prs),
    ]
    which = [
        (headings.INVOICE_NUMBER, sheet.text(Style.FIELD, annex.invoice_number)),
        (headings.BILLING_PERIOD, sheet.text(Style.FIELD, words.month(annex.month))),
        (headings.ITEMS, sheet.formula(Style.FIELD_COUNT, f"{ITEMS}{layout.total}")),
    ]
    much = [
        (headings.TOTAL_NET, Style.KEY_LABEL, sheet.formula(Style.KEY_AMOUNT, f"{NET}{layout.net}")),
        (headings.VAT, Style.KEY_LABEL, sheet.formula(Style.KEY_AMOUNT, f"{NET}{layout.vat}")),
        (headings.TOTAL_GROSS, Style.GRAND_LABEL, sheet.formula(Style.GRAND_AMOUNT, f"{NET}{layout.gross}")),
    ]
    for (label, name), (field_label, field), (key_label, key_style, key) in zip(
        who, which, much, strict=True
    ):
        cells = {
            "A": sheet.text(Style.LABEL, words.write(label)),
            "B": sheet.text(Style.FIELD, name),
            "D": sheet.text(Style.LABEL, words.write(field_label)),
            "F": field,
            "G": sheet.text(key_style, words.write(key_label)),
            "H": key,
        }
        sheet.append_at(cells, height=height_for(name, TYPE_WIDTH))


def _draw_headings(sheet: Sheet, words: Words) -> None:
    cells = {}
    for column, heading in zip(COLUMNS, HEADINGS, strict=True):
        style = Style.HEADING if column in "AB" else Style.HEADING_NUMBER
        cells[column] = sheet.text(style, words.write(heading))
    sheet.append_at(cells, height=34)
