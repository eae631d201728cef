"""Texts are folded into tokens that training and use have in common."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intents.text import READ_AT_MOST, fold, has_words, tokens


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("Récépissé", "recepisse"),
        ("Größe", "grosse"),
        ("Œuvre", "oeuvre"),
        ("l’annexe", "l'annexe"),
        ("ÉTÉ", "ete"),
        ("１０４６", "1046"),
    ],
)
def test_fold_drops_case_accents_and_ligatures(written: str, folded: str) -> None:
    assert fold(written) == folded


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("facture 1046 123 456", ["facture", "I"]),
        ("facture 1046.123456", ["facture", "I"]),
        ("la 1406123456 svp", ["la", "I", "svp"]),
        ("où est RR123456785BE ?", ["ou", "est", "B", "?"]),
        ("rr 123 456 785 be", ["B"]),
        ("323212345678901234567890", ["B"]),
        ("GC-2026-000123", ["G"]),
        ("dp 2026 000123", ["D"]),
        ("2026-000145", ["R"]),
        ("CS 0000 1234 5678", ["C"]),
        ("mail els.peeters@example.be", ["mail", "E"]),
        ("zie https://example.be/x?y=1", ["zie", "U"]),
    ],
)
def test_tokens_turn_identifiers_into_shapes(text: str, found: list[str]) -> None:
    assert tokens(text) == found


def test_tokens_collapse_numbers_to_their_length_class() -> None:
    assert tokens("3 rollen op 12/10/2026 voor PRS 123456") == [
        "0", "rollen", "op", "0", "0", "00", "voor", "prs", "000",
    ]  # fmt: skip


def test_tokens_keep_registered_pack_apart_from_addresses() -> None:
    assert tokens("RegisteredP@ck") == ["registeredp", "ck"]


def test_has_words_is_false_for_emoji_and_lone_signs() -> None:
    assert not has_words(tokens("😀 ?! …"))
    assert not has_words(tokens("=1+1"))
    assert has_words(tokens("ok?"))


@given(st.text(max_size=10_000))
def test_tokens_are_short_and_folded_whatever_the_text(text: str) -> None:
    found = tokens(text)
    assert sum(map(len, found)) <= 18 * READ_AT_MOST
    assert all(token and not token.isspace() for token in found)


@pytest.mark.parametrize("unit", ["a@", "1046 ", "RR1", "é", "<!channel>", "1 2 ", "@.-", "cs 1", "20-"])
def test_tokens_cost_no_more_for_a_hostile_text(unit: str) -> None:
    start = time.thread_time()
    tokens(unit * (10_000 // len(unit)))
    assert time.thread_time() - start < 0.1
