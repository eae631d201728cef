import datetime as dt
import time
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intents.entities.places import Places
from intents.entities.recognise import as_entities, package_data, recognise
from intents.understanding import Language

TODAY = dt.date(2026, 11, 22)
PLACES = Places.bundled()


def entities(text: str, language: Language, intent: str, *, ahead: bool = False) -> dict[str, Any]:
    mentions = recognise(text, language=language, today=TODAY, ahead=ahead, places=PLACES)
    return as_entities(mentions, intent=intent)


def days(start: str, end: str) -> dict[str, str]:
    return {"start": start, "end": end}


@pytest.mark.parametrize(
    ("text", "language", "intent", "expected"),
    [
        (
            "récépissés de CS 0000 0045 1278 du 16 au 20 novembre, 4 par page",
            "fr",
            "receipt.generate",
            {
                "operational_id": "CS000000451278",
                "period": days("2026-11-16", "2026-11-20"),
                "receipts_per_page": 4,
            },
        ),
        (
            "annexe de la facture 1046.123.456 pour PRS 123456",
            "fr",
            "invoice.annex",
            {"invoice_number": "1046123456", "prs": "123456"},
        ),
        (
            "mijn aangetekende zendingen van 3 tot 7 november",
            "nl",
            "item.search",
            {"item_type": "registered", "period": days("2026-11-03", "2026-11-07")},
        ),
        (
            "ik wil 3 rollen barcode-etiketten en 200 enveloppen voor CS000000451278",
            "nl",
            "supplies.order",
            {
                "quantity": [3, 200],
                "product": ["barcode_roll", "envelope"],
                "operational_id": "CS000000451278",
                "products": [
                    {"product": "barcode_roll", "quantity": 3},
                    {"product": "envelope", "quantity": 200},
                ],
            },
        ),
        (
            "where is rr 123 456 785 be?",
            "en",
            "item.track",
            {"barcode": "RR123456785BE"},
        ),
        (
            "give Marc Dupont the right transactions, marc@exemple.be",
            "en",
            "access.grant",
            {"person": "Marc Dupont", "right": "transactions", "email": "marc@exemple.be"},
        ),
        (
            "Bitte 5.000 Flyer in 4700 Eupen verteilen, kommerziell",
            "de",
            "distripost.reserve",
            {
                "quantity": 5000,
                "place": {"name": "Eupen", "postcodes": ["4700"]},
                "print_type": "commercial",
            },
        ),
        (
            "Urlaubsstopp vom 21.12. bis 4.1.",
            "de",
            "option.activate",
            {"option": "temporary_stop_holidays", "period": days("2026-12-21", "2027-01-04")},
        ),
        (
            "2026-000145",
            "fr",
            "ticket.status",
            {"ticket_number": "GC-2026-000145"},
        ),
        ("parle français", "fr", "chat.language", {"language": "fr"}),
        ("ma facture de mars", "fr", "invoice.search", {"period": days("2026-03-01", "2026-03-31")}),
        ("bonjour", "fr", "chat.greet", {}),
    ],
)
def test_message_gives_the_entities_of_the_contract(
    text: str, language: Language, intent: str, expected: dict[str, Any]
) -> None:
    ahead = intent in {"option.activate", "distripost.reserve"}
    assert entities(text, language, intent, ahead=ahead) == expected


def test_date_looks_ahead_where_the_intent_does() -> None:
    said = entities("toutes-boîtes à Namur le 12 mars", "fr", "distripost.reserve", ahead=True)
    assert said["date"] == "2027-03-12"
    assert said["place"]["name"] == "Namur"


@pytest.mark.rule("INV-2")
def test_number_in_1406_stays_visible_with_its_proposal() -> None:
    (mention,) = recognise("1406123456", language="fr", today=TODAY, ahead=False, places=PLACES)
    assert (mention.fault, mention.proposal) == ("prefix_1406", "1046123456")
    assert entities("1406123456", "fr", "invoice.search") == {"invoice_number": "1406123456"}


def test_faulty_identifier_is_found_but_is_no_entity() -> None:
    (mention,) = recognise("CS00000000001", language="fr", today=TODAY, ahead=False, places=PLACES)
    assert mention.fault == "too_short"
    assert entities("CS00000000001", "fr", "item.search") == {}


@pytest.mark.parametrize("text", ["ma facture de mars", "le rapport svp", "mijn facturen", "meine Rechnung"])
def test_right_is_not_seen_where_nobody_speaks_of_access(text: str) -> None:
    mentions = recognise(text, language="fr", today=TODAY, ahead=False, places=PLACES)
    assert "right" not in {mention.entity for mention in mentions}


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Als beheerder wil ik Sofie Peeters toevoegen", "nl"),
        ("je suis administrateur et je veux ajouter Sophie Lambert", "fr"),
        ("as administrator I want to add Marc Dupont", "en"),
        ("Als Verwalter möchte ich Karin Schmitz eintragen", "de"),
    ],
)
def test_administrator_who_writes_gives_no_right_away(text: str, language: Language) -> None:
    assert set(entities(text, language, "access.create_user")) == {"person"}


def test_postcode_asked_for_is_a_place_without_any_word_before_it() -> None:
    said = entities("1348 combien de boîtes ?", "fr", "distripost.simulate")
    assert said == {"place": {"name": "Louvain-la-Neuve", "postcodes": ["1348"]}}


def test_mention_stands_where_the_text_says_it() -> None:
    text = "Straße: 200 étiquettes\u200b pour Liège"
    said = {
        mention.entity: text[mention.start : mention.end]
        for mention in recognise(text, language="fr", today=TODAY, ahead=False, places=PLACES)
    }
    assert said == {"quantity": "200", "product": "étiquettes", "place": "Liège"}


def test_package_data_is_read_once() -> None:
    assert package_data() is package_data()


PIECES = [
    "1046",
    "123",
    " ",
    ".",
    "-",
    "CS",
    "RR",
    "BE",
    "@",
    "Liège",
    "étiquettes",
    "du",
    "3",
    "mars",
    "PRS",
    "ß",
]


@settings(deadline=None)
@given(
    st.one_of(st.text(max_size=300), st.lists(st.sampled_from(PIECES), max_size=60).map("".join)),
    st.sampled_from(["fr", "nl", "en", "de"]),
    st.booleans(),
)
def test_any_text_is_read_without_error_and_without_overlap(
    text: str, language: Language, ahead: bool
) -> None:
    mentions = recognise(text, language=language, today=TODAY, ahead=ahead, places=PLACES)
    assert all(0 <= mention.start < mention.end <= len(text) for mention in mentions)
    assert all(one.end <= other.start for one, other in pairwise(mentions))
    for intent in ("supplies.order", "ticket.status", "access.grant", "distripost.reserve"):
        as_entities(mentions, intent=intent)


@pytest.mark.parametrize(
    "piece",
    [
        "1",
        "200 étiquettes ",
        "Sophie Lambert ",
        "@",
        "🎉",
        "\u202e",
        "<!channel>",
        "=HYPERLINK(",
        "'; DROP TABLE",
    ],
)
def test_ten_thousand_characters_are_read_in_linear_time(piece: str) -> None:
    text = (piece * 10_000)[:10_000]
    started = time.perf_counter()
    recognise(text, language="fr", today=TODAY, ahead=False, places=PLACES)
    assert time.perf_counter() - started < 2.0
