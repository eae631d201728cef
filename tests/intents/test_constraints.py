"""The contract's own words count for more than likelihood."""

from __future__ import annotations

import pytest

from intents.constraints import Evidence, bare_entity, constrain, product_of
from intents.declaration import Declaration, read_declaration
from intents.entities.mention import Mention
from intents.phrasebook import CATALOGUE


@pytest.fixture(scope="module")
def declaration() -> Declaration:
    return read_declaration((CATALOGUE / "intents.yaml").read_text(encoding="utf-8"))


def evidence(
    text: str, *found: tuple[str, str], concepts: tuple[str, ...] = (), before: str | None = None
) -> Evidence:
    mentions = [
        Mention(entity, said, text.index(said), text.index(said) + len(said)) for entity, said in found
    ]
    return Evidence(concepts, mentions, text, before)


def best(probabilities: dict[str, float]) -> str:
    return max(probabilities, key=lambda label: probabilities[label])


@pytest.mark.parametrize(
    ("text", "entity", "label"),
    [
        ("1046123456", "invoice_number", "invoice.search"),
        ("RR123456785BE", "barcode", "item.track"),
        ("774025", "link_code", "access.link"),
        ("GC-2026-000123", "ticket_number", "ticket.status"),
        ("DP-2026-000123", "order_number", "distripost.orders"),
    ],
)
def test_bare_number_says_what_is_wanted(
    declaration: Declaration, text: str, entity: str, label: str
) -> None:
    likely = dict.fromkeys(declaration.labels, 1 / len(declaration.labels))
    found = constrain(likely, evidence(text, (entity, text)), declaration)
    assert best(found) == label
    assert found[label] > 0.9
    assert sum(found.values()) == pytest.approx(1)


def test_bare_entity_overlooks_fillers_but_not_words() -> None:
    assert bare_entity(evidence("n° 1046123456 svp", ("invoice_number", "1046123456"))) == "invoice_number"
    assert bare_entity(evidence("annexe 1046123456", ("invoice_number", "1046123456"))) is None
    assert bare_entity(evidence("bonjour")) is None


def test_ticket_number_makes_a_ticket_of_it(declaration: Declaration) -> None:
    likely = {"invoice.search": 0.6, "ticket.close": 0.3, "ticket.status": 0.1}
    found = constrain(
        likely, evidence("sluit GC-2026-000123", ("ticket_number", "GC-2026-000123")), declaration
    )
    assert best(found) == "ticket.close"


def test_order_number_keeps_questions_on_distripost(declaration: Declaration) -> None:
    likely = {"faq:dp.cancellation": 0.5, "distripost.cancel": 0.3, "report.unschedule": 0.2}
    text = "puis-je encore annuler DP-2026-000123"
    assert best(constrain(likely, evidence(text, ("order_number", "DP-2026-000123")), declaration)) == (
        "faq:dp.cancellation"
    )


@pytest.mark.parametrize(
    ("concepts", "before", "product"),
    [
        (("the.collect_stamp",), "distripost.orders", "cs"),
        (("the.distripost",), "faq:cs.free", "dp"),
        (("the.door_to_door",), None, "dp"),
        ((), "distripost.orders", "dp"),
        ((), "faq:dp.free", "dp"),
        ((), "invoice.search", "cs"),
        ((), None, "cs"),
    ],
)
def test_product_is_the_one_named_else_the_one_spoken_of(
    concepts: tuple[str, ...], before: str | None, product: str
) -> None:
    assert product_of(evidence("c'est gratuit ?", concepts=concepts, before=before)) == product


def test_twin_topics_give_their_probability_to_the_product_meant(declaration: Declaration) -> None:
    likely = {"faq:cs.free": 0.5, "faq:dp.free": 0.3, "faq:cs.options": 0.2}
    here = constrain(likely, evidence("gratuit ?", concepts=("the.distripost",)), declaration)
    there = constrain(likely, evidence("gratuit ?"), declaration)
    assert here == pytest.approx({"faq:cs.free": 0, "faq:dp.free": 0.8, "faq:cs.options": 0.2})
    assert there == pytest.approx({"faq:cs.free": 0.8, "faq:dp.free": 0, "faq:cs.options": 0.2})
