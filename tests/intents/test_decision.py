"""What costs least is done."""

from __future__ import annotations

import pytest

from intents.decision import decide, doubted


def test_decide_acts_when_sure() -> None:
    assert decide(["invoice.search", "invoice.annex"], [0.95, 0.03], 0.95) == "act"


def test_decide_asks_between_two_likely_readings() -> None:
    assert decide(["invoice.search", "invoice.annex", "item.search"], [0.5, 0.4, 0.05], 0.5) == "clarify"


def test_decide_rejects_what_is_probably_none_of_our_business() -> None:
    assert decide(["ticket.open", "unknown", "chat.help"], [0.3, 0.28, 0.05], 0.15) == "reject"
    assert decide(["unknown", "chat.help"], [0.9, 0.02], 0.9) == "reject"


def test_decide_asks_rather_than_turning_away_a_likely_wish() -> None:
    assert decide(["unknown", "ticket.open", "ticket.list"], [0.3, 0.29, 0.28], 0.1) == "clarify"


@pytest.mark.rule("CNV-1")
def test_decide_is_bolder_the_surer_it_is() -> None:
    labels, others = ["invoice.search", "invoice.annex", "item.search"], [0.6, 0.3]
    order = ["act", "clarify"]
    found = [
        decide(labels, [sure, *(p * (1 - sure) for p in others)], sure) for sure in (0.95, 0.8, 0.6, 0.45)
    ]
    assert [order.index(decision) for decision in found] == sorted(
        order.index(decision) for decision in found
    )
    assert set(found) == set(order)


@pytest.mark.parametrize("confidence", [0.7, 0.78])
def test_doubt_asks_where_one_would_just_have_acted(confidence: float) -> None:
    labels, others = ["invoice.search", "invoice.annex", "item.search"], [0.2, 0.05]
    assert decide(labels, [confidence, *others], confidence) == "act"
    assert decide(labels, [confidence, *others], doubted(confidence)) == "clarify"


def test_doubt_leaves_what_is_certain() -> None:
    assert doubted(1.0) == 1.0
    assert doubted(0.0) == 0.0
    assert decide(["invoice.search"], [0.95], doubted(0.95)) == "act"
