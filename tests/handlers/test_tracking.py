"""Give the public page of an item (TRK-1)."""

import pytest

from handlers.desk import Contacts
from handlers.tracking import public_address

PAGE = "https://track.bpost.cloud/btr/web/#/search"


@pytest.mark.rule("TRK-1")
@pytest.mark.parametrize(
    ("language", "postcode", "query"),
    [
        ("fr", "4000", "itemCode=RR100000016BE&lang=fr&postalCode=4000"),
        ("nl", "9000", "itemCode=RR100000016BE&lang=nl&postalCode=9000"),
        ("en", "1000", "itemCode=RR100000016BE&lang=en&postalCode=1000"),
        # The page has no German.
        ("de", "4700", "itemCode=RR100000016BE&lang=fr&postalCode=4700"),
        # A foreign postcode is none that the page takes.
        ("fr", "75001", "itemCode=RR100000016BE&lang=fr"),
        ("fr", "", "itemCode=RR100000016BE&lang=fr"),
    ],
)
def test_public_page_has_the_item_its_language_and_postcode(language: str, postcode: str, query: str) -> None:
    address = public_address(Contacts().track_page, "RR100000016BE", language, postcode)
    assert address == f"{PAGE}?{query}"


def test_public_page_takes_no_parameter_from_a_barcode() -> None:
    assert public_address(PAGE, "X&lang=zz#", "fr") == f"{PAGE}?itemCode=X%26lang%3Dzz%23&lang=fr"
