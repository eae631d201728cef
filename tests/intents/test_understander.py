"""Messages are understood as the contract says, and any text is safe."""

from __future__ import annotations

import time
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intents.understander import Understander
from intents.understanding import Context

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("récépissés de la semaine", "receipt.generate"),
        ("bjr g besoin de ma factur d'octobre svp", "invoice.search"),
        ("stuur mij de bijlage van factuur 1046123456", "invoice.annex"),
        ("where is RR123456785BE", "item.track"),
        ("Ich habe mein Passwort vergessen", "access.password"),
        ("hoeveel brievenbussen in Gent", "distripost.simulate"),
        ("annuler DP-2026-000123", "distripost.cancel"),
        ("ik wil iemand spreken", "ticket.open"),
        ("wat zijn de openingsuren van het postkantoor", "unknown"),
        ("zijn de récépissés légaux", "faq"),
    ],
)
def test_understander_understands_four_languages_and_their_mixture(
    understander: Understander, text: str, intent: str
) -> None:
    assert understander.understand(text, today=TODAY).intent == intent


def test_understander_gives_the_entities_of_the_contract(understander: Understander) -> None:
    found = understander.understand("annexe de la facture 1046 123 456 du mois passé", today=TODAY)
    assert found.entities == {
        "invoice_number": "1046123456",
        "period": {"start": "2026-10-01", "end": "2026-10-31"},
    }


def test_understander_looks_ahead_for_what_is_still_to_come(understander: Understander) -> None:
    ahead = understander.understand("réserver un toutes-boîtes à Namur le 14 décembre", today=TODAY)
    back = understander.understand("récépissés du 14 décembre", today=TODAY)
    assert ahead.entities["date"] == "2026-12-14"
    assert back.entities["period"] == {"start": "2025-12-14", "end": "2025-12-14"}


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("c'est quoi un administrateur ?", "cs.administrator"),
        ("c'est quoi un administrateur dans Distripost ?", "dp.administrator"),
        ("is Distripost gratis?", "dp.free"),
        ("is het gebruik van Collect & Stamp gratis?", "cs.free"),
    ],
)
def test_understander_tells_topics_apart_by_the_product(
    understander: Understander, text: str, topic: str
) -> None:
    found = understander.understand(text, today=TODAY)
    assert (found.intent, found.entities.get("topic")) == ("faq", topic)


@pytest.mark.rule("REP-3")
def test_understander_schedules_what_is_wanted_every_week(understander: Understander) -> None:
    understood = understander.understand("elke maandag de afgiftebewijzen van vorige week", today=TODAY)
    assert (understood.intent, understood.decision) == ("report.schedule", "act")


def test_understander_knows_that_reserving_is_of_distripost(understander: Understander) -> None:
    found = understander.understand("puis-je réserver pour chacun de mes centres de coûts ?", today=TODAY)
    assert found.entities["topic"] == "dp.cost_centres"


def test_understander_takes_the_product_of_the_talk_where_none_is_named(understander: Understander) -> None:
    talk = Context("distripost.simulate")
    found = understander.understand("c'est quoi un administrateur ?", today=TODAY, context=talk)
    assert found.entities["topic"] == "dp.administrator"


@pytest.mark.rule("CNV-1")
def test_understander_offers_other_readings_where_it_is_not_sure(understander: Understander) -> None:
    found = understander.understand("facture récépissé", today=TODAY)
    assert found.decision == "clarify"
    assert len(found.alternatives) == 3
    confidences = [other.confidence for other in found.alternatives]
    assert confidences == sorted(confidences, reverse=True)


@pytest.mark.parametrize("text", ["", " ", "x", "=1+1", "😀😀😀", "?!", "\u202e", "\u200b"])
def test_message_without_words_means_nothing_known(understander: Understander, text: str) -> None:
    found = understander.understand(text, today=TODAY)
    assert (found.intent, found.decision, found.entities) == ("unknown", "reject", {})


@pytest.mark.parametrize("text", ["qsdfgh azerty wxcv", "lkjsdf oiuzer", "zzzz kkkk"])
def test_keyboard_rubbish_is_not_acted_on(understander: Understander, text: str) -> None:
    found = understander.understand(text, today=TODAY)
    assert found.intent == "unknown" or found.decision != "act"


@pytest.mark.rule("CNV-1")
@pytest.mark.parametrize("text", ["réserver des brouettes", "mijn kruiwagens betalen"])
def test_understander_does_not_act_on_a_thing_nobody_has_named(understander: Understander, text: str) -> None:
    assert understander.understand(text, today=TODAY).decision != "act"


def test_understander_is_less_sure_beside_a_word_nobody_has_used(understander: Understander) -> None:
    plain = understander.understand("annuler ma commande svp", today=TODAY)
    strange = understander.understand("annuler ma commande zwiepkrak svp", today=TODAY)
    assert strange.confidence < plain.confidence


def test_understander_reports_faults_rather_than_searching_with_them(understander: Understander) -> None:
    found = understander.understand("où est RR123456784BE", today=TODAY)
    assert found.intent == "item.track"
    assert "barcode" not in found.entities
    assert [fault.fault for fault in found.faults] == ["check_digit"]


def test_understander_gives_the_same_answer_each_time(understander: Understander) -> None:
    text = "kunt ge mij de facturen van maart bezorgen"
    assert understander.understand(text, today=TODAY) == understander.understand(text, today=TODAY)


@settings(max_examples=150, deadline=None)
@given(text=st.text(max_size=10_000))
def test_any_text_is_safe(understander: Understander, text: str) -> None:
    found = understander.understand(text, today=TODAY)
    assert found.text == text
    assert 0 <= found.confidence <= 1
    assert found.decision in {"act", "clarify", "reject"}


@pytest.mark.parametrize(
    "unit",
    [
        "facture ",
        "=HYPERLINK(",
        "<!channel> ",
        "1046123456 ",
        "a",
        "العربية ",
        "';DROP TABLE--",
        "😀",
        "12/10 ",
    ],
)
def test_long_text_costs_little(understander: Understander, unit: str) -> None:
    text = (unit * 10_000)[:10_000]
    understander.understand(unit, today=TODAY)
    start = time.thread_time()
    understander.understand(text, today=TODAY)
    assert time.thread_time() - start < 1.5
