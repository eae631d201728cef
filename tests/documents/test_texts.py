"""Show that what customers wrote arrives unharmed in cells, sheet titles and print footers, and never acts there."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest

from documents.annex import annex_workbook
from documents.texts import cell_text, footer_text, plain_text, sheet_titles
from tests.documents.samples import annex_of, first_sheet, lines_of, read

DATA = Path(__file__).parents[3] / "shared" / "data"
FORMULAS = [
    '=HYPERLINK("http://example.org";"x")',
    "=cmd|'/c calc'!A0",
    "+32 2 201 11 11",
    "-1+1",
    "@SUM(1)",
    "\t=1+1",
    "\r\n=1+1",
    " =1+1",
    "#N/A",
    "#REF!",
]
NAMES = [
    '"L\'Été" & Fils <b>SA</b>',
    "Bäckerei Größe 👩‍👩‍👧",
    "x" * 200,
    "_x0041_",
    "{customer}",
    "<!channel>",
]


@pytest.mark.rule("INV-6")
@pytest.mark.parametrize("text", FORMULAS)
def test_text_that_looks_like_a_formula_stays_a_text(text: str) -> None:
    sheet = first_sheet(annex_workbook([annex_of(customer=text, cost_centre=text, prs=text)], "fr"))
    for place in ("B3", "B4", "B5"):
        assert (sheet[place].data_type, sheet[place].value) == ("s", plain_text(text))
        # The mark keeps Excel from making a formula of it when a person edits the cell.
        assert sheet[place].quotePrefix == (plain_text(text)[0] in "=+-@")


@pytest.mark.parametrize("name", NAMES)
def test_unusual_name_is_unharmed(name: str) -> None:
    sheet = first_sheet(annex_workbook([annex_of(customer=name)], "de"))
    assert sheet["B3"].value.replace("_x005F_", "_") == name
    assert sheet.row_dimensions[3].height >= 13 * len(name) / 40


def test_control_and_direction_signs_are_taken_out() -> None:
    assert plain_text("a\x00b\x1b[0m\x7f\u202ec\u2066d\ud800\ufffe") == "ab[0mcd"
    assert plain_text(" two\nlines\tand\u2028more ") == "two lines and more"
    assert cell_text("_x0041_ _x41_ x0041_") == "_x005F_x0041_ _x41_ x0041_"
    assert footer_text("Delvaux & Fils &P") == "Delvaux && Fils &&P"


def test_sheet_titles_are_what_excel_takes() -> None:
    wishes = ["a/b\\c:d*e?f[g]h", "'quoted'", "x" * 40, "👍" * 20, " \t ", "History", "='Sheet'!A1"]
    titles = sheet_titles((wish,) for wish in wishes)
    assert titles == ["a b c d e f g h", "quoted", "x" * 31, "👍" * 15, "1 (2)", "History (2)", "='Sheet'!A1"]


def test_sheet_titles_differ_by_more_than_capitals() -> None:
    long = "Comptabilité des succursales du Hainaut"
    titles = sheet_titles(
        [(long,), (long.upper(),), (long,), ("Vente", "Vente 1"), ("vente", "vente 2"), ("1", "2")]
    )
    assert titles == [
        "Comptabilité des succursales du",
        "COMPTABILITÉ DES SUCCURSALE (2)",
        "Comptabilité des succursale (3)",
        "Vente",
        "vente 2",
        "1",
    ]


def test_sheets_of_cost_centres_with_one_name_carry_their_numbers() -> None:
    sheets = [annex_of(prs=prs, cost_centre="Ventes / Verkoop") for prs in ("0900001", "0900002")]
    assert read(annex_workbook(sheets, "nl")).sheetnames == ["Ventes Verkoop", "Ventes Verkoop 0900002"]


def test_sheet_title_with_an_apostrophe_is_quoted_where_it_is_named() -> None:
    sheet = first_sheet(annex_workbook([annex_of(lines_of(date(2026, 10, 1), 1), cost_centre="L'Été")], "fr"))
    assert sheet._charts[0].ser[0].val.numRef.f.startswith("'L''Été'!$C$")
    assert sheet.print_area.startswith("'L''Été'!$A$1:$I$")
    assert sheet["A2"].hyperlink.location.startswith("'L''Été'!A")


@pytest.mark.skipif(not DATA.is_dir(), reason="the shared data are not beside the checkout")
def test_names_of_all_municipalities_are_valid_titles() -> None:
    with (DATA / "municipalities.csv").open(encoding="utf-8") as source:
        names = [
            row[column] for row in csv.DictReader(source) for column in ("municipality_fr", "municipality_nl")
        ]
    titles = sheet_titles((name,) for name in names)
    assert len({title.casefold() for title in titles}) == len(names) > 500
    assert all(0 < len(title) <= 31 for title in titles)


def test_text_longer_than_a_cell_is_cut() -> None:
    assert cell_text("a" * 40_000) == "a" * 32_767
