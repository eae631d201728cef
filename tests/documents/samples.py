"""Build invoices and read workbooks back, for the tests of documents."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO

from openpyxl import Workbook, load_workbook
from openpyxl.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

from documents.annex import AnnexLine, AnnexSheet
from documents.annex_data import net_of, vat_of
from documents.invoice_list import InvoiceRow
from locales.names import FRANKING_TYPES, PARCEL_EUROPE, PARCEL_LARGE, PARCEL_SMALL
from locales.words import words_of

OCTOBER = date(2026, 10, 1)
TAXED = {PARCEL_SMALL, PARCEL_LARGE, PARCEL_EUROPE}


def lines_of(month: date, days: int, types: Sequence[str] = FRANKING_TYPES) -> tuple[AnnexLine, ...]:
    """Invent lines, the last day and type first, so that their order is the workbook's work."""
    return tuple(
        AnnexLine(
            month + timedelta(days=day),
            item_type,
            quantity=(day * 17 + number * 29) % 113 + 1,
            unit_cents=107 + number * 83,
            handling_cents=7 + number * 6,
            vat_percent=21 if item_type in TAXED else 0,
        )
        for day in reversed(range(days))
        for number, item_type in reversed(list(enumerate(types)))
    )


def annex_of(
    lines: tuple[AnnexLine, ...] = (),
    *,
    number: str = "1046000123",
    prs: str = "0900123",
    cost_centre: str = "Comptabilité",
    customer: str = "Menuiserie Delvaux",
    month: date = OCTOBER,
    demo: bool = True,
) -> AnnexSheet:
    """Build an invoice that its lines add up to."""
    return AnnexSheet(number, prs, cost_centre, customer, month, lines, net_of(lines), vat_of(lines), demo)


def row_of(
    number: str = "1046000123",
    *,
    cost_centre: str = "Comptabilité",
    customer: str = "Menuiserie Delvaux",
    month: date = OCTOBER,
    net_cents: int = 1234567,
    vat_cents: int = 259259,
) -> InvoiceRow:
    """Build an invoice of a list."""
    return InvoiceRow(number, "0900123", cost_centre, customer, month, net_cents, vat_cents)


def read(workbook: bytes, *, calculated: bool = False) -> Workbook:
    """Open a workbook: its formulas, or what a spreadsheet program calculated from them."""
    return load_workbook(BytesIO(workbook), data_only=calculated)


def first_sheet(workbook: bytes, *, calculated: bool = False) -> Worksheet:
    """Open the first sheet of a workbook."""
    return read(workbook, calculated=calculated).worksheets[0]


def said(language: str, msgid: str) -> str:
    """Write a sentence of the code in a language."""
    from locales.phrases import say

    return words_of(language).write(say(msgid))


def rows_from(sheet: Worksheet, column: str, text: str) -> int:
    """Find the last row that has a text in a column."""
    return max(cell.row for cell in sheet[column] if cell.value == text)


def cents(value: object) -> Decimal:
    """Turn a calculated euro amount into cents, with every binary digit that is off."""
    return Decimal(repr(value)) * 100


def all_cells(workbook: bytes) -> list[Cell]:
    """List the cells of a workbook that hold something."""
    return [
        cell
        for sheet in read(workbook).worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    ]
