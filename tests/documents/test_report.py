"""Show what the workbooks of items hold: the list, and the report with its totals (ITM-5, REP-2)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

import pytest

from documents.errors import CutList, NothingToShow
from documents.item_list import ItemRow, Scope, item_list_workbook
from documents.report import report_workbook
from locales.names import ITEM_TYPES
from locales.words import LANGUAGES
from tests.documents.libreoffice import convert, needs_libreoffice
from tests.documents.samples import first_sheet, read, said

HOSTILE = '=HYPERLINK("http://x")'


def row(number: int = 1, **changes: object) -> ItemRow:
    values: dict[str, object] = {
        "barcode": f"RR{number:09d}BE",
        "day": date(2026, 10, 1 + number % 28),
        "postcode": "4000",
        "item_type": ITEM_TYPES[number % len(ITEM_TYPES)],
        "with_ar": number % 3 == 0,
        "operational_id": "CS400125000001",
        "weight_grams": 20 + number,
        "price_cents": 824 + number,
    }
    return ItemRow(**{**values, **changes})  # type: ignore[arg-type]


def scope(total: int, **changes: object) -> Scope:
    values: dict[str, object] = {
        "start": date(2026, 10, 1),
        "end": date(2026, 12, 31),
        "operational_ids": ("CS400125000001",),
        "total": total,
        "demo": True,
    }
    return Scope(**{**values, **changes})  # type: ignore[arg-type]


ROWS = tuple(row(number) for number in range(1000))


@pytest.mark.rule("ITM-2", "ITM-5")
def test_list_holds_each_item_in_typed_cells() -> None:
    sheet = first_sheet(item_list_workbook([row(3), row(4)], scope(2), "fr"))
    assert [cell.value for cell in sheet[5]] == [
        "Code-barres",
        "Date de remise",
        "Code postal de destination",
        "Type",
        "AR",
        "ID opérationnel",
    ]
    first = [cell.value for cell in sheet[6]]
    assert first[0] == "RR000000003BE"
    assert first[1].date() == date(2026, 10, 4)
    assert first[2:] == ["4000", "Paquet", "oui", "CS400125000001"]
    assert sheet.auto_filter.ref == "A5:F7"
    assert (sheet.freeze_panes, sheet.print_title_rows) == ("A6", "$5:$5")


@pytest.mark.rule("GEN-5")
def test_list_that_is_cut_says_so() -> None:
    cut = first_sheet(item_list_workbook(ROWS, scope(2609), "fr"))
    space = "\N{NARROW NO-BREAK SPACE}"
    assert cut["A2"].value == f"Les 1{space}000 plus récents de 2{space}609 envois"
    whole = first_sheet(item_list_workbook(ROWS, scope(1000), "fr"))
    assert whole["A2"].value == f"1{space}000 envois"


@pytest.mark.rule("ITM-5")
def test_list_and_report_show_formula_text_as_text() -> None:
    hostile = row(operational_id=HOSTILE, postcode="+32")
    cells = [
        *first_sheet(item_list_workbook([hostile], scope(1), "fr"))[6],
        *read(report_workbook([hostile], scope(1), "fr")).worksheets[1][4],
    ]
    shown = [cell for cell in cells if cell.value in (HOSTILE, "+32")]
    assert len(shown) == 4
    assert all(cell.data_type == "s" and cell.quotePrefix for cell in shown)


@pytest.mark.rule("REP-2")
def test_report_lists_items_by_type_and_sums_them_by_formulas() -> None:
    book = read(report_workbook(ROWS, scope(1000), "nl"))
    summary, items = book.worksheets
    assert [sheet.title for sheet in book.worksheets] == [said("nl", "Summary"), said("nl", "Items")]
    names = [items.cell(number, 1).value for number in range(4, 1004)]
    order = list(dict.fromkeys(names))
    assert names == sorted(names, key=order.index)
    assert len(order) == 4
    first = summary[7]
    assert first[0].value == order[0]
    assert first[1].value == f"=COUNTIF('{items.title}'!$A$4:$A$1003,$A7)"
    assert first[3].value.startswith("=ROUND(SUMIF(")
    assert len(summary._charts) == 1


@pytest.mark.rule("GEN-5")
def test_report_never_totals_a_cut_list() -> None:
    with pytest.raises(CutList) as caught:
        report_workbook(ROWS, scope(1001), "fr")
    assert (caught.value.total, caught.value.listed) == (1001, 1000)
    with pytest.raises(NothingToShow):
        report_workbook([], scope(0), "fr")


@pytest.mark.rule("REP-1")
def test_report_says_what_it_was_asked_for_and_that_it_is_invented() -> None:
    sheet = first_sheet(report_workbook(ROWS[:5], scope(5), "fr"))
    head = [sheet.cell(number, 1).value for number in range(1, 5)]
    assert head == [
        "Rapport des envois",
        "5 envois",
        "Remis pendant : octobre \N{EN DASH} décembre 2026",
        "ID opérationnel : CS400125000001",
    ]
    assert sheet["C1"].value == said("fr", "Demo data")
    real = first_sheet(report_workbook(ROWS[:5], scope(5, demo=False, operational_ids=()), "fr"))
    assert real["C1"].value is None


@pytest.mark.rule("REP-2")
def test_report_is_the_same_for_the_same_data() -> None:
    assert report_workbook(ROWS[:50], scope(50), "de") == report_workbook(ROWS[:50], scope(50), "de")


@pytest.fixture(scope="module")
def recalculated(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, bytes]:
    """Reports in each language, calculated by one run of LibreOffice."""
    made = {language: report_workbook(ROWS, scope(1000), language) for language in LANGUAGES}
    return convert(made, tmp_path_factory.mktemp("reports"), "xlsx")


@needs_libreoffice
@pytest.mark.rule("REP-2")
@pytest.mark.parametrize("language", LANGUAGES)
def test_recalculated_totals_are_those_of_the_items(recalculated: Mapping[str, bytes], language: str) -> None:
    sheet = first_sheet(recalculated[language], calculated=True)
    for place, item_type in enumerate(ITEM_TYPES):
        mine = [row for row in ROWS if row.item_type == item_type]
        count, weight, amount = (sheet.cell(7 + place, column).value for column in (2, 3, 4))
        assert count == len(mine)
        assert weight == sum(row.weight_grams for row in mine)
        assert Decimal(str(amount)) * 100 == sum(row.price_cents for row in mine)
    total = [sheet.cell(11, column).value for column in (2, 3, 4)]
    assert total[0] == 1000
    assert total[1] == sum(row.weight_grams for row in ROWS)
    assert Decimal(str(total[2])) * 100 == sum(row.price_cents for row in ROWS)
