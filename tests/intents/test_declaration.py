"""The declaration holds the contract's intents and topics."""

from __future__ import annotations

import pytest

from intents.declaration import Declaration, intent_of, read_declaration, topic_label, topic_of
from intents.phrasebook import CATALOGUE


@pytest.fixture(scope="module")
def declaration() -> Declaration:
    return read_declaration((CATALOGUE / "intents.yaml").read_text(encoding="utf-8"))


def test_declaration_counts_the_intents_and_topics_of_the_contract(declaration: Declaration) -> None:
    assert len(declaration.intents) == 46
    assert len(declaration.topics) == len(set(declaration.topics)) == 61
    assert len(declaration.labels) == 45 + 61


def test_declaration_looks_ahead_for_what_is_still_to_come(declaration: Declaration) -> None:
    assert {name for name in declaration.intents if declaration.ahead(name)} == {
        "distripost.reserve",
        "distripost.copy",
        "distripost.change",
        "option.activate",
    }


def test_declaration_gives_slots_and_none_for_a_stranger(declaration: Declaration) -> None:
    assert declaration.slots("receipt.generate") == ("operational_id", "period", "receipts_per_page")
    assert declaration.slots("weather.forecast") == ()


def test_twins_are_topics_of_both_products(declaration: Declaration) -> None:
    for twin in declaration.twins:
        assert set(twin) == {"cs", "dp"}
        for product, topics in twin.items():
            assert set(topics) <= set(declaration.topics)
            assert all(topic.startswith(f"{product}.") for topic in topics)


def test_labels_tell_intent_and_topic() -> None:
    assert (intent_of(topic_label("cs.what")), topic_of(topic_label("cs.what"))) == ("faq", "cs.what")
    assert (intent_of("chat.help"), topic_of("chat.help")) == ("chat.help", None)


def test_declaration_refuses_an_unknown_key() -> None:
    with pytest.raises(TypeError, match="colour"):
        read_declaration("intents: {a: {wants: x, slots: [], needs: y, example: z, colour: red}}")
