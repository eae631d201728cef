"""Show what an annex holds and how it is laid out, as openpyxl reads it back."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from documents.annex import AnnexLine, annex_workbook
from documents.errors import NothingToShow
from locales.names import FRANKING_NAMES, FRANKING_TYPES, LETTER_PRIOR, PARCEL_SMALL
from locales.words import LANGUAGES, words_of
from tests.documents.samples import all_cells, annex_of, first_sheet, lines_of, read, rows_from, said

DATES = {"fr": "dd/mm/yyyy", "nl": "dd/mm/yyyy", "en": "dd/mm/yyyy", "de": "dd.mm.yyyy"}


@pytest.fixture(scope="module")
def month() -> bytes:
    """The annex of a month of two cost centres, in French."""
    first = annex_of(lines_of(date(2026, 10, 1), 31))
    second = annex_of(lines_of(date(2026, 10, 1), 3), number="1046000124", cost_centre="Ventes", demo=False)
    return annex_workbook([first, second], "fr")


@pytest.mark.rule("INV-6")
def test_annex_has_one_sheet_for_each_cost_centre(month: bytes) -> None:
    assert read(month).sheetnames == ["Comptabilité", "Ventes"]


@pytest.mark.rule("INV-6")
def test_annex_lists_items_prices_and_costs_per_day_and_type() -> None:
    day = date(2026, 10, 5)
    line = AnnexLine(day, PARCEL_SMALL, 12, 620, 60, 21)
    sheet = first_sheet(annex_workbook([annex_of((line,))], "en"))
    values = [cell.value for cell in sheet[8][:9]]
    assert values[0].date() == day
    name = words_of("en").write(FRANKING_NAMES[PARCEL_SMALL])
    assert values[1:] == [name, 12, 6.2, 0.6, "=C8*D8", "=C8*E8", "=F8+G8", 0.21]


@pytest.mark.rule("INV-6")
def test_annex_sorts_lines_by_day_and_then_by_type(month: bytes) -> None:
    sheet = first_sheet(month)
    names = {words_of("fr").write(name): number for number, name in enumerate(FRANKING_NAMES.values())}
    keys = [(sheet.cell(row, 1).value, names[sheet.cell(row, 2).value]) for row in range(8, 8 + 31 * 12)]
    assert keys == sorted(keys)
    assert len(keys) == 31 * len(FRANKING_TYPES)


@pytest.mark.rule("INV-6")
def test_annex_totals_are_formulas(month: bytes) -> None:
    sheet = first_sheet(month)
    total = rows_from(sheet, "A", said("fr", "Total"))
    assert sheet[f"H{total}"].value == "=ROUND(SUM(H$8:H$379),2)"
    assert sheet[f"C{total}"].value == "=SUM(C$8:C$379)"
    gross = rows_from(sheet, "G", said("fr", "Total incl. VAT"))
    assert sheet[f"H{gross}"].value == f"=H{gross - 2}+H{gross - 1}"


@pytest.mark.rule("INV-6")
def test_annex_keeps_headings_in_view_with_filter(month: bytes) -> None:
    for sheet, last in zip(read(month).worksheets, (379, 43), strict=True):
        assert sheet.freeze_panes == "A8"
        assert sheet.auto_filter.ref == f"A7:I{last}"


@pytest.mark.rule("INV-6")
def test_annex_prints_on_a4_with_repeated_headings_and_page_numbers(month: bytes) -> None:
    sheet = first_sheet(month)
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage is True
    assert sheet.print_title_rows == "$7:$7"
    assert "&P" in sheet.oddFooter.right.text
    assert "&N" in sheet.oddFooter.right.text
    assert sheet.oddHeader.left.text == words_of("fr").write(_title("1046000123"))


@pytest.mark.rule("INV-6")
def test_annex_draws_the_items_of_each_day(month: bytes) -> None:
    workbook = read(month)
    for sheet in workbook.worksheets:
        (chart,) = sheet._charts
        first = rows_from(sheet, "A", said("fr", "Totals per day")) + 1
        quoted = f"'{sheet.title}'!"
        assert chart.ser[0].val.numRef.f == f"{quoted}$C${first}:$C${first + 30}"
        assert chart.ser[0].cat.numRef.f == f"{quoted}$A${first}:$A${first + 30}"
        assert (chart.x_axis.delete, chart.y_axis.delete) == (False, False)
        assert chart.title is not None
        assert chart.x_axis.title is not None
        assert chart.y_axis.title is not None


@pytest.mark.rule("INV-7")
@pytest.mark.parametrize("language", LANGUAGES)
def test_annex_says_that_it_does_not_replace_the_paper_invoice(language: str) -> None:
    note = said(
        language,
        "This annex completes the paper invoice with details; it neither replaces it nor has its legal value.",
    )
    for demo in (True, False):
        sheet = first_sheet(annex_workbook([annex_of(lines_of(date(2026, 10, 1), 2), demo=demo)], language))
        column = [cell.value for cell in sheet["A"]]
        assert column.index(note) >= sheet.max_row - 2
        assert sheet.oddFooter.left.text == note


def test_annex_marks_demo_data_only_where_the_data_are_invented(month: bytes) -> None:
    invented, real = read(month).worksheets
    mark = said("fr", "Demo data")
    assert invented["H1"].value == mark
    assert invented.oddHeader.center.text == mark
    assert mark not in [cell.value for row in real.iter_rows() for cell in row]
    assert not real.oddHeader.center.text


@pytest.mark.rule("GEN-1", "GEN-2")
@pytest.mark.parametrize("language", LANGUAGES)
def test_annex_speaks_the_language_and_writes_its_numbers(language: str) -> None:
    workbook = read(annex_workbook([annex_of(lines_of(date(2026, 10, 1), 2))], language))
    sheet = workbook.worksheets[0]
    assert workbook.properties.language == f"{language}-BE"
    assert workbook.properties.creator == "Guichet"
    assert workbook.properties.title == words_of(language).write(_title("1046000123"))
    assert sheet["A3"].value == said(language, "Customer")
    assert sheet["C7"].value == said(language, "Items")
    assert sheet["F4"].value == words_of(language).month(date(2026, 10, 1))
    assert sheet["A8"].number_format == DATES[language]
    assert "€" in sheet["D8"].number_format
    assert (sheet["D8"].number_format.index("€") < sheet["D8"].number_format.index("#")) == (language == "nl")


def test_annex_is_calculated_when_opened(month: bytes) -> None:
    assert read(month).calculation.fullCalcOnLoad is True


def test_annex_is_the_same_file_for_the_same_data() -> None:
    sheets = [annex_of(lines_of(date(2026, 10, 1), 2))]
    assert annex_workbook(sheets, "de") == annex_workbook(sheets, "de")


def test_annex_holds_no_error_and_no_empty_formula(month: bytes) -> None:
    cells = all_cells(month)
    assert {cell.data_type for cell in cells} <= {"s", "n", "d", "f"}
    assert all(len(cell.value) > 2 for cell in cells if cell.data_type == "f")


def test_annex_names_an_unknown_type_by_its_code() -> None:
    line = AnnexLine(date(2026, 10, 5), "=cmd", 1, 100, 0, 0)
    known = AnnexLine(date(2026, 10, 5), LETTER_PRIOR, 1, 100, 0, 0)
    sheet = first_sheet(annex_workbook([annex_of((line, known))], "en"))
    assert [sheet["B8"].value, sheet["B9"].value] == [
        words_of("en").write(FRANKING_NAMES[LETTER_PRIOR]),
        said("en", "Other type ({code})").format(code="=cmd"),
    ]


def test_annex_without_lines_says_so() -> None:
    sheet = first_sheet(annex_workbook([annex_of()], "nl"))
    assert sheet["A8"].value == said("nl", "No items in this period.")


def test_annex_without_sheets_is_refused() -> None:
    with pytest.raises(NothingToShow):
        annex_workbook([], "fr")


def _title(number: str) -> Any:
    from documents.annex_head import annex_title

    return annex_title(annex_of(number=number))
