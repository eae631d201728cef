"""Take rows of product and quantity as people say them (SUP-1, CNV-2)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.forms.declaration import Option
from handlers.forms.rows import (
    number_of,
    said_rows,
    settle,
    shown_rows,
    what_is_open,
    with_number,
)
from locales.phrases import as_is
from locales.words import words_of

LABEL = Option("registered_label", as_is("Labels"), minimum=50, maximum=1000, family="label")
AR = Option("ar_label", as_is("AR labels"), minimum=50, maximum=1000, family="label")
SEAL = Option("seal", as_is("Seals"), minimum=10, maximum=200)
ROLL = Option("barcode_roll", as_is("Rolls"), minimum=1)
BAG = Option("bag", as_is("Bags"), reason=as_is("from the collector"))
OPTIONS = (LABEL, AR, SEAL, ROLL, BAG)


def row(product: str, quantity: object = None) -> dict[str, object]:
    return {"product": product, "quantity": quantity}


@pytest.mark.parametrize(
    ("entities", "rows"),
    [
        ({}, None),
        ({"quantity": 200}, None),
        ({"product": "seal"}, [row("seal")]),
        ({"product": "seal", "quantity": 20}, [row("seal", 20)]),
        ({"product": "seal", "quantity": [3, 500]}, [row("seal")]),
        ({"product": ["seal", "ar_label"], "quantity": 20}, [row("seal"), row("ar_label")]),
        (
            {"product": ["x"], "products": [row("seal", 1), row("ar_label", 2)]},
            [row("seal", 1), row("ar_label", 2)],
        ),
    ],
)
def test_products_of_a_message_get_their_quantities(entities: dict[str, object], rows: object) -> None:
    assert said_rows(entities) == rows


@pytest.mark.parametrize(
    ("said", "settled"),
    [
        ([row("seal", 20), row("seal", 30)], [row("seal", 30)]),
        ([row("seal", 20), row("seal")], [row("seal", 20)]),
        ([row("seal", 20), row("ar_label", 60), row("seal", 0)], [row("ar_label", 60)]),
        # A family means the product of it that is there, and a product says which of its family was meant.
        ([row("ar_label", 60), row("label", 90)], [row("ar_label", 90)]),
        ([row("label", 90), row("ar_label")], [row("ar_label", 90)]),
        ([row("label", 90), row("ar_label", 70)], [row("ar_label", 70)]),
        ([row("label", 90)], [row("label", 90)]),
        (["rubbish", {"quantity": 3}, {"product": 7, "quantity": 3}], []),
        ("rubbish", []),
    ],
)
def test_rows_said_one_after_the_other_are_settled(said: object, settled: object) -> None:
    assert settle(said, OPTIONS) == settled


def test_family_of_one_product_means_it() -> None:
    assert settle([row("label", 60)], (AR, SEAL)) == [row("ar_label", 60)]


@pytest.mark.rule("SUP-1")
@pytest.mark.parametrize(("quantity", "offered"), [(9, 10), (201, 200), (-5, 10), (10**6, 200)])
def test_quantity_out_of_bounds_names_both_and_offers_the_nearest(quantity: int, offered: int) -> None:
    found = what_is_open([row("ar_label", 50), row("seal", quantity)], OPTIONS).refusal
    assert found is not None
    assert words_of("en").write(found.phrase) == "Seals: at least 10 and at most 200, please."
    assert [option.value for option in found.suggestions] == [[row("ar_label", 50), row("seal", offered)]]


@pytest.mark.rule("SUP-1")
@pytest.mark.parametrize("quantity", [10, 200])
def test_bound_itself_is_taken(quantity: int) -> None:
    found = what_is_open([row("seal", quantity)], OPTIONS)
    assert (found.question, found.refusal) == (None, None)


def test_product_without_upper_bound_names_the_lower_one() -> None:
    assert what_is_open([row("barcode_roll", 10**6)], OPTIONS).refusal is None
    found = what_is_open([row("barcode_roll", -1)], OPTIONS).refusal
    assert found is not None
    assert words_of("en").write(found.phrase) == "Rolls: at least 1, please."


@pytest.mark.parametrize("quantity", ["20", 2.5, True, [3]])
def test_quantity_that_is_no_whole_number_is_refused(quantity: object) -> None:
    assert what_is_open([row("seal", quantity)], OPTIONS).refusal is not None


def test_missing_quantity_is_asked_with_its_bounds() -> None:
    found = what_is_open([row("seal")], OPTIONS)
    assert found.question is not None
    assert words_of("en").write(found.question) == "Seals: how many? From 10 to 200."
    assert [option.value for option in found.suggestions] == [[row("seal", 10)], [row("seal", 200)]]


def test_family_is_asked_which_and_keeps_its_quantity() -> None:
    found = what_is_open([row("label", 60)], OPTIONS)
    assert [option.value for option in found.suggestions] == [
        [row("registered_label", 60)],
        [row("ar_label", 60)],
    ]
    assert shown_rows([row("label", 60)], OPTIONS) == []


@pytest.mark.parametrize("product", ["bag", "no_such_thing"])
def test_row_that_cannot_be_ordered_may_be_left_out(product: str) -> None:
    found = what_is_open([row("seal", 20), row(product, 3)], OPTIONS).refusal
    assert found is not None
    assert [option.value for option in found.suggestions] == [[row("seal", 20)]]
    alone = what_is_open([row(product, 3)], OPTIONS).refusal
    assert alone is not None
    assert alone.suggestions == ()


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("300", 300),
        ("non, plutôt 300", 300),
        ("doe er maar 1.000", 1000),
        ("1 000", 1000),
        ("300 ou 400", None),
        ("je voudrais en recevoir 300 si c'est possible", None),
        ("merci", None),
        ("3,5", None),
        ("0475123456", None),
    ],
)
def test_lone_number_of_a_short_message_is_read(text: str, number: int | None) -> None:
    assert number_of(text, {}) == number
    assert number_of("trois cents", {"quantity": 300}) == 300


def test_number_goes_to_the_row_that_lacks_one() -> None:
    rows = [row("seal", 20), row("ar_label")]
    assert with_number(rows, 70, OPTIONS) == [row("seal", 20), row("ar_label", 70)]
    assert with_number([row("seal", 20)], 30, ()) == [row("seal", 30)]
    # Of two complete rows nobody knows which is meant.
    assert with_number([row("seal", 20), row("ar_label", 60)], 70, OPTIONS) is None
    assert with_number([], 70, OPTIONS) is None


def test_small_number_chooses_of_a_family_and_a_large_one_counts() -> None:
    assert with_number([row("label")], 2, OPTIONS) == [row("ar_label")]
    assert with_number([row("label")], 60, OPTIONS) == [row("label", 60)]


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda part: st.lists(part, max_size=3) | st.dictionaries(st.sampled_from(["product", "quantity"]), part),
    max_leaves=8,
)


@given(ANYTHING)
def test_rows_of_any_shape_are_settled_and_asked_about(said: object) -> None:
    rows = settle(said, OPTIONS)
    what_is_open(rows, OPTIONS)
    assert all(set(each) == {"product", "quantity"} for each in rows)
