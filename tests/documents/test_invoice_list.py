"""Show what the Excel list of invoices holds (INV-5)."""

from __future__ import annotations

from datetime import date

import pytest

from documents.invoice_list import invoice_list_workbook
from locales.words import LANGUAGES
from tests.documents.samples import first_sheet, read, row_of, rows_from, said


@pytest.mark.rule("INV-5", "INV-4")
def test_list_holds_each_invoice_in_typed_cells_and_the_given_order() -> None:
    rows = [row_of("1046000200", month=date(2026, 9, 30)), row_of("1046000100", net_cents=-5, vat_cents=0)]
    sheet = first_sheet(invoice_list_workbook(rows, "fr"))
    first = [cell.value for cell in sheet[5]]
    assert first[:4] == ["1046000200", "0900123", "Comptabilité", "Menuiserie Delvaux"]
    assert first[4].date() == date(2026, 9, 1)
    assert first[5:] == [12345.67, 2592.59, "=F5+G5"]
    assert [cell.value for cell in sheet[6]][5:] == [-0.05, 0, "=F6+G6"]


@pytest.mark.rule("INV-5")
def test_list_totals_are_formulas() -> None:
    sheet = first_sheet(invoice_list_workbook([row_of()] * 3, "nl"))
    total = rows_from(sheet, "A", said("nl", "Total"))
    assert [sheet[f"{column}{total}"].value for column in "FGH"] == [
        f"=ROUND(SUM({column}5:{column}7),2)" for column in "FGH"
    ]
    assert sheet["F3"].value == "=ROUND(SUBTOTAL(109,F5:F7),2)"


@pytest.mark.rule("INV-5")
def test_list_keeps_headings_in_view_and_prints_on_a4() -> None:
    sheet = first_sheet(invoice_list_workbook([row_of()] * 3, "nl"))
    assert (sheet.freeze_panes, sheet.auto_filter.ref, sheet.print_title_rows) == ("A5", "A4:H7", "$4:$4")
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)


@pytest.mark.rule("INV-5", "GEN-2", "INV-7")
@pytest.mark.parametrize("language", LANGUAGES)
def test_list_speaks_the_language(language: str) -> None:
    workbook = read(invoice_list_workbook([row_of()], language))
    sheet = workbook.worksheets[0]
    assert workbook.properties.language == f"{language}-BE"
    assert sheet["A1"].value == sheet.title == said(language, "List of invoices")
    assert sheet["A4"].value == said(language, "Invoice number")
    assert sheet["E5"].number_format.endswith("mmmm\\ yyyy")
    note = "This list neither replaces the paper invoices nor has their legal value."
    assert sheet.cell(sheet.max_row, 1).value == said(language, note)


@pytest.mark.rule("INV-5")
def test_list_shows_formula_text_as_text() -> None:
    sheet = first_sheet(invoice_list_workbook([row_of(customer="=1+1", cost_centre="@x")], "fr"))
    assert [(sheet[place].data_type, sheet[place].value) for place in ("C5", "D5")] == [
        ("s", "@x"),
        ("s", "=1+1"),
    ]


def test_list_without_invoices_says_so() -> None:
    sheet = first_sheet(invoice_list_workbook([], "fr"))
    assert sheet["A5"].value == said("fr", "No invoices.")


def test_list_is_the_same_file_for_the_same_data() -> None:
    assert invoice_list_workbook([row_of()], "fr") == invoice_list_workbook([row_of()], "fr")
