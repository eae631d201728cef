from typing import Any

import pytest

from intents.entities.contract import as_entities
from intents.entities.mention import Mention

LIEGE = {"name": "Liège", "postcodes": ["4000", "4020"]}


def said(*values: tuple[str, Any]) -> list[Mention]:
    return [
        Mention(entity, value, 10 * place, 10 * place + 9) for place, (entity, value) in enumerate(values)
    ]


def test_entity_said_once_is_a_value_and_several_are_a_list() -> None:
    assert as_entities(said(("place", LIEGE)), intent="distripost.simulate") == {"place": LIEGE}
    numbers = said(("prs", "123456"), ("prs", "234567"), ("prs", "123456"))
    assert as_entities(numbers, intent="invoice.search") == {"prs": ["123456", "234567"]}


@pytest.mark.parametrize(
    ("intent", "entities"),
    [
        ("ticket.status", {"ticket_number": "GC-2026-000145"}),
        ("distripost.cancel", {"order_number": "DP-2026-000145"}),
        ("invoice.search", {}),
    ],
)
def test_bare_reference_is_what_the_intent_makes_of_it(intent: str, entities: dict[str, str]) -> None:
    assert as_entities(said(("reference", "2026-000145")), intent=intent) == entities


@pytest.mark.rule("INV-2")
@pytest.mark.parametrize(
    ("fault", "kept"), [("partial", True), ("prefix_1406", True), ("too_long", False), ("check_digit", False)]
)
def test_faulty_mentions_are_left_out_but_beginnings_and_1406(fault: str, kept: bool) -> None:
    mentions = [Mention("invoice_number", "140612", 0, 6, fault)]
    assert as_entities(mentions, intent="invoice.search") == ({"invoice_number": "140612"} if kept else {})


def test_products_are_paired_with_their_quantities() -> None:
    before = said(("quantity", 50), ("product", "label"), ("quantity", 50), ("product", "seal"))
    assert as_entities(before, intent="supplies.order") == {
        "quantity": [50, 50],
        "product": ["label", "seal"],
        "products": [{"product": "label", "quantity": 50}, {"product": "seal", "quantity": 50}],
    }
    behind = said(("product", "label"), ("quantity", 20), ("product", "seal"), ("quantity", 30))
    assert as_entities(behind, intent="supplies.order")["products"] == [
        {"product": "label", "quantity": 20},
        {"product": "seal", "quantity": 30},
    ]


def test_product_without_quantity_is_paired_with_none() -> None:
    mentions = [
        Mention("product", "label", 0, 5),
        Mention("quantity", 30, 40, 42),
        Mention("product", "seal", 43, 47),
    ]
    assert as_entities(mentions, intent="supplies.order")["products"] == [
        {"product": "label", "quantity": None},
        {"product": "seal", "quantity": 30},
    ]


def test_single_product_needs_no_pairing() -> None:
    mentions = said(("quantity", 200), ("product", "label"))
    assert as_entities(mentions, intent="supplies.order") == {"quantity": 200, "product": "label"}


def test_number_is_a_quantity_only_where_something_is_counted() -> None:
    assert as_entities(said(("number", 500)), intent="supplies.order") == {"quantity": 500}
    assert as_entities(said(("number", 500)), intent="invoice.search") == {}
    both = said(("quantity", 200), ("number", 500))
    assert as_entities(both, intent="supplies.order") == {"quantity": 200}


@pytest.mark.parametrize(
    ("intent", "entities"),
    [
        ("access.link", {"link_code": "048221"}),
        ("agent.on_behalf", {"prs": "048221"}),
        ("supplies.order", {"quantity": 48221}),
        ("faq", {}),
    ],
)
def test_digits_that_nothing_names_are_what_the_intent_asks_for(
    intent: str, entities: dict[str, Any]
) -> None:
    assert as_entities(said(("digits", "048221")), intent=intent) == entities


def test_number_that_is_a_postcode_is_a_place_where_boxes_are_counted() -> None:
    mentions = [Mention("number", 4000, 0, 4, proposal=LIEGE)]
    assert as_entities(mentions, intent="distripost.simulate") == {"place": LIEGE}
    assert as_entities(mentions, intent="distripost.reserve") == {"quantity": 4000}


def test_lone_postcode_answers_how_many_where_no_place_is_asked() -> None:
    brussels = [Mention("place", {"name": "Bruxelles", "postcodes": ["1000"]}, 0, 4)]
    assert as_entities(brussels, intent="supplies.order") == {"quantity": 1000}
    assert as_entities(brussels, intent="distripost.simulate") == {"place": brussels[0].value}


@pytest.mark.parametrize(
    ("entity", "value", "kept_in", "dropped_in"),
    [
        ("right", "invoices", "access.grant", "invoice.search"),
        ("right", "admin", "access.create_user", "faq"),
        ("person", "Sophie", "access.grant", "ticket.open"),
        ("product", "bag", "supplies.order", "receipt.item"),
        ("print_type", "commercial", "distripost.simulate", "ticket.open"),
        ("receipts_per_page", 4, "receipt.generate", "faq"),
        ("quantity", 200, "distripost.reserve", "report.create"),
    ],
)
def test_value_counts_only_in_its_matters(entity: str, value: Any, kept_in: str, dropped_in: str) -> None:
    assert as_entities(said((entity, value)), intent=kept_in) == {entity: value}
    assert as_entities(said((entity, value)), intent=dropped_in) == {}


@pytest.mark.rule("ACC-6")
def test_kind_of_items_given_access_to_is_the_right_to_transactions() -> None:
    assert as_entities(said(("item_type", "registered")), intent="access.grant") == {"right": "transactions"}
    assert as_entities(said(("item_type", "registered")), intent="access.request") == {}
    assert as_entities(said(("item_type", "registered")), intent="item.search") == {"item_type": "registered"}


def test_creating_users_is_no_right_given_with_the_user() -> None:
    assert as_entities(said(("right", "users")), intent="access.create_user") == {}
    assert as_entities(said(("right", "users")), intent="access.grant") == {"right": "users"}


def test_six_digits_are_a_customer_number_where_one_is_asked() -> None:
    assert as_entities(said(("link_code", "123456")), intent="agent.on_behalf") == {"prs": "123456"}
    assert as_entities(said(("link_code", "123456")), intent="access.link") == {"link_code": "123456"}
