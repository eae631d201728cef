"""Find the one item that a mistyped barcode means, or none (ITM-4)."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from handlers.barcodes import candidates, check_barcodes, is_mistyped, tidy
from handlers.item_wish import EVERY, ItemWish, every_id
from handlers.request import Request
from handlers.session import Session
from services.demo.generation import s10
from tests.conftest import NOON

REQUEST = Request("item.search", Session(1, "fr"), NOON)


@pytest.mark.rule("ITM-4")
@given(st.integers(0, 99_999_999), st.integers(0, 8), st.integers(1, 9))
def test_right_barcode_is_among_the_candidates_of_one_wrong_digit(serial: int, place: int, by: int) -> None:
    right = s10("RR", serial)
    digits = list(right[2:11])
    digits[place] = str((int(digits[place]) + by) % 10)
    wrong = f"RR{''.join(digits)}BE"
    # The check digit of the postal union does not tell every slip: two remainders share one.
    assume(is_mistyped(wrong))
    found = list(candidates(wrong))
    assert right in found
    assert wrong not in found
    assert not any(is_mistyped(barcode) for barcode in found)


@pytest.mark.rule("ITM-4")
@given(st.integers(0, 99_999_999), st.integers(0, 7))
def test_swapped_neighbours_are_found(serial: int, place: int) -> None:
    right = s10("RP", serial)
    digits = right[2:11]
    swapped = digits[:place] + digits[place + 1] + digits[place] + digits[place + 2 :]
    if swapped != digits:
        assert right in list(candidates(f"RP{swapped}BE"))


def test_parcel_has_no_check_digit_to_be_wrong() -> None:
    parcel = "3232" + "0" * 19 + "7"
    assert not is_mistyped(parcel)
    assert list(candidates(parcel)) == []
    assert check_barcodes([parcel], REQUEST) is None


@pytest.mark.parametrize(
    "typed",
    ["RR389687423BE", "RR12", "", "' OR 1=1 --", "<b>RR389687422BE</b>", "=1+1", "RR389687422BE" * 9],
)
def test_what_is_no_barcode_is_refused_in_a_form(typed: str) -> None:
    assert check_barcodes([typed], REQUEST) is not None


def test_barcode_is_read_however_it_is_spaced() -> None:
    assert tidy(" rr 389 687 422 be ") == "RR389687422BE"
    assert check_barcodes(["rr 389.687.422-be"], REQUEST) is None
    assert ItemWish(barcode=["rr389687422be", "RR 389687422 BE"]).barcode == ["RR389687422BE"]
    assert check_barcodes(["RR389687422BE"] * 101, REQUEST) is not None


@pytest.mark.rule("GEN-7")
@pytest.mark.parametrize(
    ("text", "every"),
    [
        ("les envois de tous mes ID opérationnels", True),
        ("pour tous les identifiants", True),
        ("voor alle operationele ID's", True),
        ("for all my operational IDs", True),
        ("für alle operativen IDs", True),
        ("tous mes envois", False),
        ("mon ID opérationnel", False),
        ("alle zendingen", False),
    ],
)
def test_all_operational_ids_are_heard(text: str, every: bool) -> None:
    request = Request("item.search", Session(1, "fr"), NOON, text)
    assert every_id(None, request) == ([EVERY] if every else None)
    assert every_id(["CS400125000001"], request) == ([EVERY] if every else ["CS400125000001"])


@pytest.mark.rule("ITM-1")
def test_barcode_alone_names_the_item() -> None:
    wish = ItemWish(barcode=["RR389687422BE"], item_type=["parcel"], operational_id=["CS400125000001"])
    assert wish.query().barcodes == ("RR389687422BE",)
    assert wish.query().types == ()
    assert wish.query().operational_ids == ()
    assert ItemWish(operational_id=["CS400125000001", EVERY]).query().operational_ids == ()
