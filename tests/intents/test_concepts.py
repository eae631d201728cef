"""Concepts are found in each language, with typos, in compounds and among foreign words."""

from __future__ import annotations

import pytest

from intents.concepts import Concepts, read_concepts
from intents.phrasebook import CATALOGUE
from intents.text import tokens
from intents.understanding import LANGUAGES, Language


@pytest.fixture(scope="module")
def concepts() -> Concepts:
    return Concepts(read_concepts(CATALOGUE), ordinary={"werden"})


def read(concepts: Concepts, text: str, language: Language) -> list[str]:
    return [
        concept
        for concept in concepts.read(tokens(text), language)
        if not concept.startswith(("f.", "lean."))
    ]


def test_concepts_are_the_same_in_each_language() -> None:
    words = read_concepts(CATALOGUE)
    assert {frozenset(words[language]) for language in LANGUAGES} == {frozenset(words["fr"])}
    assert all(patterns for language in LANGUAGES for patterns in words[language].values())


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "annuler la commande"),
        ("nl", "annuleer de bestelling"),
        ("en", "call off the booking"),
        ("de", "stornieren Sie die Bestellung"),
    ],
)
def test_concepts_mean_the_same_across_languages(concepts: Concepts, language: Language, text: str) -> None:
    found = read(concepts, text, language)
    assert "do.cancel" in found
    assert "the.order" in found


@pytest.mark.parametrize(
    ("language", "text", "concept"),
    [
        ("fr", "mes recipissés", "the.receipt"),
        ("fr", "ma facutre", "the.invoice"),
        ("nl", "de factuurbijlage", "the.annex"),
        ("nl", "afgiftbewijzen", "the.receipt"),
        ("en", "my recieptts", "the.receipt"),
        ("de", "Einlieferunsschein", "the.receipt"),
    ],
)
def test_concepts_survive_typos_and_compounds(
    concepts: Concepts, language: Language, text: str, concept: str
) -> None:
    assert concept in read(concepts, text, language)


def test_concepts_of_a_phrase_take_its_words(concepts: Concepts) -> None:
    assert read(concepts, "mot de passe", "fr") == ["the.password"]


def test_concepts_are_found_in_another_language_of_the_country(concepts: Concepts) -> None:
    assert "the.receipt" in read(concepts, "ik wil mijn récépissés", "nl")


def test_concepts_read_a_word_in_the_language_of_the_message_first(concepts: Concepts) -> None:
    assert read(concepts, "wie", "nl") == ["ask.who"]
    assert read(concepts, "wie", "de") == ["ask.how"]


def test_concepts_leave_ordinary_words_alone(concepts: Concepts) -> None:
    assert read(concepts, "werden", "de") == []


def test_concepts_of_a_flood_of_invented_words_are_bounded(concepts: Concepts) -> None:
    for number in range(25_000):
        concepts.of_word(f"w{number:x}".translate(str.maketrans("0123456789", "ghijklmnop")), "fr")
    assert len(concepts._remembered) <= 20_000
