"""Messages are written carelessly in ways that people do, the same way each time."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from intents.model.noise import Habits, in_short, mistype, read_habits, seeded, with_manners, with_typos
from intents.phrasebook import CATALOGUE
from intents.understanding import LANGUAGES

HABITS = Habits({"pour": ["pr"], "j'ai": ["g"]}, ["bonjour"], ["merci"])


@given(st.text("abcdefghijklmnopqrstuvwxyz", min_size=4, max_size=20), st.integers())
def test_mistype_makes_one_edit_at_most(word: str, seed: int) -> None:
    assert OSA.distance(word, mistype(word, seeded(word, str(seed)))) <= 1


@pytest.mark.parametrize("text", ["1046123456", "els.peeters@example.be", "RR123456785BE", "a b c", ""])
def test_with_typos_leaves_identifiers_alone(text: str) -> None:
    assert all(with_typos(text, seeded(text, str(salt))) == text for salt in range(20))


def test_with_typos_is_the_same_each_time() -> None:
    text = "je cherche la facture de mars"
    assert with_typos(text, seeded(text, "a")) == with_typos(text, seeded(text, "a")) != text


def test_in_short_shortens_and_drops_accents() -> None:
    found = {in_short("J'ai écrit pour ça", HABITS, seeded("x", str(salt))) for salt in range(30)}
    assert "g ecrit pr ca" in found
    assert all(text.isascii() and text == text.lower() for text in found)


def test_with_manners_greets_thanks_or_both() -> None:
    found = {with_manners("facture", HABITS, seeded("x", str(salt))) for salt in range(30)}
    assert found == {"bonjour facture", "facture merci", "bonjour facture merci"}


def test_habits_are_known_in_each_language() -> None:
    habits = read_habits(CATALOGUE)
    assert set(habits) == set(LANGUAGES)
    assert all(each.short_forms and each.openings and each.closings for each in habits.values())
