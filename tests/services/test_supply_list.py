"""Read the list of supplies row by row and write it any number of times (SUP-4)."""

from collections.abc import Callable

import psycopg
import pytest

from services.supply_list import ListedProduct, Written, read_products, write_products

HEADING = "code,name_fr,name_nl,name_en,name_de,minimum,maximum"
GOOD = "pen,Stylos,Pennen,Pens,Stifte,1,10"


def reasons(text: str) -> list[tuple[int, str]]:
    return [(fault.line, fault.column) for fault in read_products(text).faults]


@pytest.mark.rule("SUP-4")
@pytest.mark.parametrize("text", [f"{HEADING}\n{GOOD}\n", f"\ufeff{HEADING}\r\n{GOOD}\r\n".replace(",", ";")])
def test_list_is_read_as_excel_writes_it(text: str) -> None:
    reading = read_products(text)
    assert reading.faults == ()
    assert reading.products == (
        ListedProduct(
            code="pen",
            name_fr="Stylos",
            name_nl="Pennen",
            name_en="Pens",
            name_de="Stifte",
            minimum=1,
            maximum=10,
        ),
    )


@pytest.mark.rule("SUP-4")
@pytest.mark.parametrize(
    ("row", "column"),
    [
        ("Pen!,Stylos,Pennen,Pens,Stifte,1,10", "code"),
        ("pen,,Pennen,Pens,Stifte,1,10", "name_fr"),
        ("pen,Stylos,Pennen,Pens,Stifte,0,10", "minimum"),
        ("pen,Stylos,Pennen,Pens,Stifte,one,10", "minimum"),
        ("pen,Stylos,Pennen,Pens,Stifte,11,10", ""),
        ("pen,Stylos,Pennen,Pens,Stifte,1,10,extra", ""),
        ("pen,Stylos,Pennen,Pens,Stifte,1", "maximum"),
        (f"pen,{'x' * 121},Pennen,Pens,Stifte,1,10", "name_fr"),
    ],
)
def test_wrong_row_is_named_by_line_and_column(row: str, column: str) -> None:
    assert reasons(f"{HEADING}\n{GOOD.replace('pen', 'nib', 1)}\n{row}\n") == [(3, column)]


def test_same_code_twice_is_named() -> None:
    assert reasons(f"{HEADING}\n{GOOD}\n{GOOD}\n") == [(3, "code")]


def test_heading_with_a_missing_or_strange_column_is_named() -> None:
    assert reasons(f"{HEADING.replace('minimum', 'min')}\n{GOOD}\n") == [(1, "minimum"), (1, "min")]
    assert reasons("") == [(1, column) for column in HEADING.split(",")]


def test_picture_is_a_safe_address_or_nothing() -> None:
    heading = f"{HEADING},picture"
    assert reasons(f"{heading}\n{GOOD},javascript:alert(1)\n") == [(2, "picture")]
    assert reasons(f"{heading}\n{GOOD},https://www.bpost.be/pen.png\n") == []


@pytest.mark.rule("SUP-4")
def test_list_written_twice_changes_nothing(new_database: Callable[[], str]) -> None:
    products = read_products(f"{HEADING}\n{GOOD}\n{GOOD.replace('pen', 'nib', 1)}\n").products
    with psycopg.connect(new_database()) as connection, connection.cursor() as cursor:
        assert write_products(cursor, products) == Written(added=2)
        assert write_products(cursor, products) == Written(same=2)
        wider = products[0].model_copy(update={"maximum": 20})
        assert write_products(cursor, (wider, products[1])) == Written(changed=1, same=1)
        cursor.execute("SELECT maximum, is_demo FROM supply_products WHERE code = 'pen'")
        assert cursor.fetchone() == (20, False)


@pytest.mark.rule("SUP-4")
def test_demo_brings_in_only_what_is_new_and_marks_it(new_database: Callable[[], str]) -> None:
    products = read_products(f"{HEADING}\nseal,Scellés,Zegels,Seals,Plomben,5,6\n").products
    with psycopg.connect(new_database()) as connection, connection.cursor() as cursor:
        cursor.execute("SELECT count(*), bool_and(is_demo) FROM supply_products")
        assert cursor.fetchone() == (15, True)
        assert write_products(cursor, products, is_demo=True, replace=False) == Written(same=1)
        cursor.execute("SELECT minimum FROM supply_products WHERE code = 'seal'")
        assert cursor.fetchone() == (10,)
