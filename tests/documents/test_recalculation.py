"""Show that LibreOffice calculates from the formulas what the invoices say, to the cent."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from io import StringIO

import pytest
from openpyxl.worksheet.worksheet import Worksheet

from documents.annex import AnnexLine, AnnexSheet, annex_workbook
from documents.annex_data import net_of
from documents.invoice_list import invoice_list_workbook
from locales.names import FRANKING_NAMES, FRANKING_TYPES, LETTER_LARGE, PARCEL_SMALL
from locales.words import LANGUAGES, words_of
from tests.documents.libreoffice import convert, needs_libreoffice
from tests.documents.samples import annex_of, cents, first_sheet, lines_of, read, row_of, rows_from, said

pytestmark = needs_libreoffice

DAY = date(2026, 10, 5)
MONTH = annex_of(lines_of(date(2026, 10, 1), 31))
LEAP_DAY = date(2028, 2, 29)
FEBRUARY = annex_of(lines_of(date(2028, 2, 1), 29, (LETTER_LARGE, PARCEL_SMALL)), month=LEAP_DAY)
# Net amounts of which 21 % ends exactly on half a cent, small and large.
HALVES = [
    annex_of((AnnexLine(DAY, PARCEL_SMALL, quantity, 50, 0, 21),), cost_centre=f"{quantity}")
    for quantity in (1, 3, 5, 9, 21, 33, 57, 99, 1001, 12345, 98765, 1000003, 2469135, 19999999)
]
HOSTILE = annex_of(lines_of(DAY, 1), customer='=HYPERLINK("http://x")', cost_centre="_x0041_ =1+1")
LIST = [row_of(net_cents=1000 + number * 7, vat_cents=number * 3) for number in range(300)]


@pytest.fixture(scope="module")
def recalculated(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, bytes]:
    """Every workbook of these tests, calculated by one run of LibreOffice."""
    workbooks = {language: annex_workbook([MONTH], language) for language in LANGUAGES}
    workbooks["february"] = annex_workbook([FEBRUARY], "fr")
    workbooks["empty"] = annex_workbook([annex_of()], "fr")
    workbooks["halves"] = annex_workbook(HALVES, "fr")
    workbooks["hostile"] = annex_workbook([HOSTILE], "fr")
    workbooks["list"] = invoice_list_workbook(LIST, "fr")
    workbooks["empty_list"] = invoice_list_workbook([], "fr")
    return convert(workbooks, tmp_path_factory.mktemp("recalculated"), "xlsx")


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, list[list[str]]]:
    """The cells of a month's annex in each language as a reader sees them."""
    line = AnnexLine(DAY, PARCEL_SMALL, 1234, 123456, 60, 21)
    workbooks = {language: annex_workbook([annex_of((line,))], language) for language in LANGUAGES}
    made = convert(workbooks, tmp_path_factory.mktemp("shown"), "csv:Text - txt - csv (StarCalc):59,34,76")
    return {name: list(csv.reader(StringIO(text.decode()), delimiter=";")) for name, text in made.items()}


def amounts(sheet: Worksheet, language: str) -> list[Decimal]:
    """Read net, VAT and gross in cents from the foot of a sheet."""
    labels = ("Total excl. VAT", "VAT", "Total incl. VAT")
    return [cents(sheet.cell(rows_from(sheet, "G", said(language, label)), 8).value) for label in labels]


def invoiced(annex: AnnexSheet) -> list[int]:
    return [annex.net_cents, annex.vat_cents, annex.net_cents + annex.vat_cents]


@pytest.mark.rule("INV-6")
@pytest.mark.parametrize("language", LANGUAGES)
def test_recalculated_totals_are_the_invoice(recalculated: Mapping[str, bytes], language: str) -> None:
    sheet = first_sheet(recalculated[language], calculated=True)
    assert amounts(sheet, language) == invoiced(MONTH)
    assert [cents(sheet[f"H{row}"].value) for row in (3, 4, 5)] == invoiced(MONTH)
    total = sum(line.quantity for line in MONTH.lines)
    assert sheet["F5"].value == sheet["C6"].value == total


@pytest.mark.rule("INV-6")
@pytest.mark.parametrize("language", LANGUAGES)
def test_recalculated_totals_per_type_are_those_of_the_lines(
    recalculated: Mapping[str, bytes], language: str
) -> None:
    sheet = first_sheet(recalculated[language], calculated=True)
    first = rows_from(sheet, "A", said(language, "Totals per type")) + 1
    for row, item_type in enumerate(FRANKING_TYPES, first):
        lines = [line for line in MONTH.lines if line.item_type == item_type]
        assert sheet.cell(row, 2).value == words_of(language).write(FRANKING_NAMES[item_type])
        assert sheet.cell(row, 3).value == sum(line.quantity for line in lines)
        assert cents(sheet.cell(row, 6).value) == sum(line.quantity * line.unit_cents for line in lines)
        assert cents(sheet.cell(row, 7).value) == sum(line.quantity * line.handling_cents for line in lines)
        assert cents(sheet.cell(row, 8).value) == net_of(lines)


@pytest.mark.rule("INV-6")
def test_recalculated_items_per_day_feed_the_chart(recalculated: Mapping[str, bytes]) -> None:
    sheet = first_sheet(recalculated["february"], calculated=True)
    first = rows_from(sheet, "A", said("fr", "Totals per day")) + 1
    days = [sheet.cell(row, 1).value.date() for row in range(first, first + 29)]
    assert days == [date(2028, 2, day) for day in range(1, 30)]
    assert sheet.cell(first + 28, 3).value == sum(
        line.quantity for line in FEBRUARY.lines if line.day == LEAP_DAY
    )
    assert sheet.cell(first + 29, 3).value is None
    assert amounts(sheet, "fr") == invoiced(FEBRUARY)


@pytest.mark.rule("INV-6")
def test_recalculated_vat_is_rounded_half_up(recalculated: Mapping[str, bytes]) -> None:
    sheets = read(recalculated["halves"], calculated=True).worksheets
    assert [amounts(sheet, "fr") for sheet in sheets] == [invoiced(annex) for annex in HALVES]


def test_recalculated_annex_without_lines_is_nothing(recalculated: Mapping[str, bytes]) -> None:
    assert amounts(first_sheet(recalculated["empty"], calculated=True), "fr") == [0, 0, 0]


def test_recalculated_workbooks_hold_no_error(recalculated: Mapping[str, bytes]) -> None:
    for name, content in recalculated.items():
        for sheet in read(content, calculated=True).worksheets:
            kinds = {cell.data_type for row in sheet.iter_rows() for cell in row}
            assert "e" not in kinds, name


@pytest.mark.rule("INV-6")
def test_formula_text_stays_a_text_in_a_spreadsheet_program(recalculated: Mapping[str, bytes]) -> None:
    sheet = first_sheet(recalculated["hostile"])
    assert (sheet["B3"].data_type, sheet["B3"].value) == ("s", HOSTILE.customer)
    assert sheet["B4"].data_type == "s"


@pytest.mark.rule("INV-5")
def test_recalculated_list_totals_add_up(recalculated: Mapping[str, bytes]) -> None:
    sheet = first_sheet(recalculated["list"], calculated=True)
    total = rows_from(sheet, "A", said("fr", "Total"))
    net, vat = sum(row.net_cents for row in LIST), sum(row.vat_cents for row in LIST)
    for row in (3, total):
        assert [cents(sheet.cell(row, column).value) for column in (6, 7, 8)] == [net, vat, net + vat]
    empty = first_sheet(recalculated["empty_list"], calculated=True)
    assert empty["H3"].value == 0


@pytest.mark.rule("GEN-2")
@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("fr", ["05/10/2026", "1.234", "1.234,56 €", "0,60 €", "21 %"]),
        ("nl", ["05/10/2026", "1.234", "€ 1.234,56", "€ 0,60", "21%"]),
        ("en", ["05/10/2026", "1.234", "1.234,56 €", "0,60 €", "21%"]),
        ("de", ["05.10.2026", "1.234", "1.234,56 €", "0,60 €", "21 %"]),
    ],
)
def test_reader_sees_belgian_dates_numbers_and_amounts(
    shown: Mapping[str, list[list[str]]], language: str, line: list[str]
) -> None:
    row = shown[language][7]
    assert [row[column] for column in (0, 2, 3, 4, 8)] == line
