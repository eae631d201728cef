from typing import Any

import pytest

from intents.entities.findings import Findings
from intents.entities.folding import fold
from intents.entities.lexicon import add_values, read_lexicon
from intents.entities.numbers import find_numbers
from intents.entities.places import Places
from intents.entities.quantities import find_other_numbers, find_quantities
from intents.entities.units import read_units
from intents.understanding import Language

LEXICON, UNITS = read_lexicon(), read_units()


def find(text: str, language: Language = "fr") -> list[tuple[str, Any]]:
    found = Findings(fold(text))
    closed = LEXICON.search(found)
    numbers = find_numbers(text, language=language)
    find_quantities(found, numbers, closed, UNITS)
    add_values(found, closed)
    find_other_numbers(found, numbers, Places.bundled(), language=language)
    mentions = sorted(found.mentions, key=lambda mention: mention.start)
    return [(mention.entity, mention.value) for mention in mentions]


@pytest.mark.parametrize(
    ("text", "language", "quantity", "product"),
    [
        ("200 étiquettes", "fr", 200, "label"),
        ("deux cents enveloppes", "fr", 200, "envelope"),
        ("3 rouleaux", "fr", 3, "barcode_roll"),
        ("3 rouleaux d'étiquettes code-barres", "fr", 3, "barcode_roll"),
        ("trois paquets d'enveloppes", "fr", 3, "envelope"),
        ("une boîte d'élastiques", "fr", 1, "elastic"),
        ("une centaine d'étiquettes", "fr", 100, "label"),
        ("nonante étiquettes RP", "fr", 90, "rp_label"),
        ("5.000 enveloppes", "fr", 5000, "envelope"),
        ("200 nouvelles étiquettes", "fr", 200, "label"),
        ("tweehonderd etiketten", "nl", 200, "label"),
        ("10 dozen enveloppen", "nl", 10, "envelope"),
        ("5 pakken AR-kaarten", "nl", 5, "ar_form"),
        ("two boxes of envelopes", "en", 2, "envelope"),
        ("zweihundert Umschläge", "de", 200, "envelope"),
        ("200x étiquettes", "fr", 200, "label"),
    ],
)
def test_quantity_counts_the_product_behind_it(
    text: str, language: Language, quantity: int, product: str
) -> None:
    assert find(text, language) == [("quantity", quantity), ("product", product)]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("étiquettes : 200", "fr"),
        ("étiquettes x 200", "fr"),
        ("étiquettes, 200 pièces", "fr"),
        ("etiketten 200 stuks", "nl"),
        ("etiketten, aantal 200", "nl"),
        ("labels 200 please", "en"),
        ("Etiketten, 200 Stück", "de"),
    ],
)
def test_quantity_may_follow_its_product(text: str, language: Language) -> None:
    assert find(text, language) == [("product", "label"), ("quantity", 200)]


@pytest.mark.parametrize(
    ("text", "language", "quantity"),
    [
        ("5.000 flyers", "fr", 5000),
        ("12 500 exemplaires", "fr", 12500),
        ("dix mille dépliants", "fr", 10000),
        ("8000 foldertjes", "nl", 8000),
        ("5000 ex.", "en", 5000),
        ("12.500 Stück", "de", 12500),
        ("7500 boîtes à couvrir", "fr", 7500),
    ],
)
def test_quantity_counts_copies(text: str, language: Language, quantity: int) -> None:
    assert find(text, language) == [("quantity", quantity)]


def test_pack_is_an_item_where_it_holds_nothing() -> None:
    assert find("2 paquets perdus") == [("item_type", "parcel")]
    assert find("2 paquets d'étiquettes") == [("quantity", 2), ("product", "label")]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("une étiquette", "fr"),
        ("een etiket", "nl"),
        ("an envelope", "en"),
        ("ein Umschlag", "de"),
    ],
)
def test_article_is_no_quantity(text: str, language: Language) -> None:
    assert [entity for entity, _ in find(text, language)] == ["product"]


@pytest.mark.parametrize(
    "text",
    ["90 mm", "130 g", "3 jours", "50 %", "12,50 €", "n° 12", "nos deux bureaux", "4 par page", "ticket 12"],
)
def test_measures_and_numbers_of_things_are_no_quantities(text: str) -> None:
    assert [entity for entity, _ in find(text) if entity in {"quantity", "number"}] == []


def test_number_left_over_is_kept_for_the_intent_to_decide() -> None:
    assert find("envoyez-en 1000") == [("number", 1000)]
    assert find("ik heb er 6 nodig", "nl") == [("number", 6)]
