"""Set a worksheet up for paper: A4 landscape, one page wide, headings on every page, page numbers."""

from __future__ import annotations

from dataclasses import dataclass

from openpyxl.worksheet.header_footer import HeaderFooterItem
from openpyxl.worksheet.page import PageMargins, PrintPageSetup
from openpyxl.worksheet.properties import PageSetupProperties

from documents.sheet import Sheet
from documents.styles import FONT
from documents.texts import footer_text
from locales.phrases import as_is, say
from locales.words import Words

A4 = 9
SMALL = 8


@dataclass(frozen=True, slots=True)
class Page:
    """What a printed page says around the table: above it left, in the middle and right, and below it."""

    title: str
    mark: str
    period: str
    foot: str


def set_up_page(sheet: Sheet, words: Words, page: Page, *, heading_row: int, areas: list[str]) -> None:
    """Set up the print of a sheet; each of `areas` begins a page. Before its first row."""
    worksheet = sheet.worksheet
    worksheet.page_setup = PrintPageSetup(
        worksheet=worksheet, orientation="landscape", paperSize=A4, fitToWidth=1, fitToHeight=0
    )
    worksheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    worksheet.page_margins = PageMargins(left=0.5, right=0.5, top=0.75, bottom=0.7, header=0.35, footer=0.35)
    worksheet.print_options.horizontalCentered = True
    worksheet.print_title_rows = f"{heading_row}:{heading_row}"
    worksheet.print_area = ",".join(areas)
    # Translators: at the foot of each printed page of an Excel file.
    number = say("Page {page} of {pages}", page=as_is("&P"), pages=as_is("&N"))
    _write_edges(sheet, page, words.write(number))


def _write_edges(sheet: Sheet, page: Page, number: str) -> None:
    header, footer = HeaderFooterItem(), HeaderFooterItem()
    texts = [
        (header.left, footer_text(page.title)),
        (header.center, footer_text(page.mark)),
        (header.right, footer_text(page.period)),
        (footer.left, footer_text(page.foot)),
        (footer.right, number),
    ]
    for part, text in texts:
        if text:
            part.text, part.size, part.font = text, SMALL, f"{FONT},Regular"
    sheet.worksheet.oddHeader, sheet.worksheet.oddFooter = header, footer
