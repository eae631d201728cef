"""Messages that leave out what was just said are understood with it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from intents.follow_up import matter_of, merge
from intents.understander import Understander
from intents.understanding import Context

TODAY = date(2026, 11, 22)
OCTOBER = {"start": "2026-10-01", "end": "2026-10-31"}
SEPTEMBER = {"start": "2026-09-01", "end": "2026-09-30"}
NOVEMBER = {"start": "2026-11-01", "end": "2026-11-30"}
MARCH = {"start": "2026-03-01", "end": "2026-03-31"}
ORDER = {"order_number": "DP-2026-000412"}


@pytest.mark.parametrize(
    ("text", "intent", "entities", "expected", "now"),
    [
        ("et pour novembre ?", "invoice.annex", {"period": OCTOBER}, "invoice.annex", {"period": NOVEMBER}),
        ("la même chose en Excel", "invoice.search", {"period": OCTOBER}, "invoice.export", {"period": OCTOBER}),
        ("en de vorige?", "invoice.search", {"period": OCTOBER}, "invoice.search", {"period": SEPTEMBER}),
        ("und für März?", "invoice.search", {"period": OCTOBER}, "invoice.search", {"period": MARCH}),
        ("and for last month?", "item.search", {"period": MARCH}, "item.search", {"period": OCTOBER}),
        ("annulez-la", "distripost.orders", ORDER, "distripost.cancel", ORDER),
        ("ik betaal ze meteen", "distripost.orders", ORDER, "distripost.pay", ORDER),
        ("close it", "ticket.take", {"ticket_number": "GC-2026-000318"}, "ticket.close",
         {"ticket_number": "GC-2026-000318"}),
        ("et l'annexe ?", "invoice.search", {"invoice_number": "1046557201"}, "invoice.annex",
         {"invoice_number": "1046557201"}),
    ],
)  # fmt: skip
def test_follow_up_takes_over_what_was_said(
    understander: Understander,
    text: str,
    intent: str,
    entities: dict[str, Any],
    expected: str,
    now: dict[str, Any],
) -> None:
    found = understander.understand(text, today=TODAY, context=Context(intent, entities))
    assert (found.intent, dict(found.entities)) == (expected, now)
    assert found.follow_up
    assert found.decision == "act"


def test_follow_up_finds_the_place_named_with_a_pronoun(understander: Understander) -> None:
    talk = Context("distripost.simulate", {"place": {"name": "Namur", "postcodes": ["5000"]}})
    found = understander.understand("et celle de Gand ?", today=TODAY, context=talk)
    assert (found.intent, found.entities["place"]["name"]) == ("distripost.simulate", "Gand")


def test_follow_up_names_the_other_product(understander: Understander) -> None:
    found = understander.understand(
        "et pour Distripost ?", today=TODAY, context=Context("faq", {"topic": "cs.free"})
    )
    assert (found.intent, found.entities["topic"]) == ("faq", "dp.free")


@pytest.mark.parametrize(
    "text", ["bonjour", "je cherche la facture 1046123456", "j'ai oublié mon mot de passe", "merci"]
)
def test_message_with_a_wish_of_its_own_takes_nothing_over(understander: Understander, text: str) -> None:
    alone = understander.understand(text, today=TODAY)
    within = understander.understand(text, today=TODAY, context=Context("distripost.orders", ORDER))
    assert (within.intent, within.entities) == (alone.intent, alone.entities)
    assert not within.follow_up


def test_question_within_a_talk_is_a_question(understander: Understander) -> None:
    talk = Context("receipt.generate", {"period": OCTOBER})
    found = understander.understand("et combien de temps c'est gardé ?", today=TODAY, context=talk)
    assert (found.intent, found.entities) == ("faq", {"topic": "cs.receipt_retention"})


def test_merge_puts_what_is_said_now_in_the_place_of_what_it_replaces() -> None:
    before = {"period": OCTOBER, "prs": "123456", "item_type": "parcel"}
    assert merge(before, {"period": MARCH}) == {"period": MARCH, "prs": "123456", "item_type": "parcel"}
    assert merge(before, {"invoice_number": "1046123456"}) == {
        "item_type": "parcel",
        "invoice_number": "1046123456",
    }


def test_items_their_receipts_and_reports_are_one_matter() -> None:
    assert matter_of("item.track") == matter_of("receipt.item") == matter_of("report.create")
    assert matter_of("invoice.search") != matter_of("item.search")
