"""The catalogue is read with its problems, each told where the designer finds it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from intents.phrasebook import CatalogueError, fingerprint, read_phrasebook

Rewrite = Callable[[str, str], None]


def problems(folder: Path) -> list[str]:
    return [str(problem) for problem in read_phrasebook(folder).problems]


def test_catalogue_can_be_learnt_from() -> None:
    assert read_phrasebook().checked().problems == ()


def test_phrasebook_knows_label_language_and_place_of_a_phrase(small_catalogue: Path) -> None:
    phrase = next(
        p for p in read_phrasebook(small_catalogue).examples if p.text == "c'est quoi Collect & Stamp nl"
    )
    assert (phrase.label, phrase.language, phrase.source) == ("faq:cs.what", "nl", "nl/faq.cs.what.yaml:1")


def test_phrasebook_samples_templates_and_gives_examples_as_they_stand(small_catalogue: Path) -> None:
    book = read_phrasebook(small_catalogue).checked()
    samples = {text for phrase in book.phrases if phrase.template for text in book.samples(phrase, count=20)}
    assert {"salut je cherche la facture", "facture 1046123456", "annule vite ma commande"} <= samples
    example = next(phrase for phrase in book.phrases if not phrase.template)
    assert book.samples(example, count=20) == [example.text]


def test_problem_is_told_for_a_missing_file(small_catalogue: Path) -> None:
    (small_catalogue / "nl" / "unknown.yaml").unlink()
    assert problems(small_catalogue) == ["nl/unknown.yaml:0: this file is missing"]


def test_problem_is_told_for_a_file_of_no_intent(small_catalogue: Path, rewrite: Rewrite) -> None:
    rewrite("fr/invoice.find.yaml", "examples: [x]")
    assert problems(small_catalogue) == [
        "fr/invoice.find.yaml:0: no intent or topic of intents.yaml has this name"
    ]


@pytest.mark.parametrize(
    ("text", "line", "why"),
    [
        ("examples:\n  - facture\ntemplates:\n  - facture {nummer}", 4, "names {nummer}, which is not there"),
        ("examples:\n  - facture\ntemplates:\n  - (facture", 4, "never closed"),
        ("examples:\n  - facture\n  - {a: b}", 3, "not a phrase"),
        ("examples: facture", 1, "must be a list"),
        ("exemples:\n  - facture", 2, "'exemples' is not one of"),
        ("examples:\n  - 'facture", 2, "not readable as YAML"),
        ("- facture", 1, "must begin with a key"),
    ],
)
def test_problem_is_told_with_its_line(
    small_catalogue: Path, rewrite: Rewrite, text: str, line: int, why: str
) -> None:
    rewrite("en/invoice.search.yaml", text)
    (problem,) = problems(small_catalogue)
    assert problem.startswith(f"en/invoice.search.yaml:{line}: ")
    assert why in problem


def test_problem_is_told_for_a_phrase_of_two_intents(small_catalogue: Path, rewrite: Rewrite) -> None:
    rewrite("fr/invoice.search.yaml", "examples:\n  - Annuler la commande EN")
    (problem,) = problems(small_catalogue)
    assert "cannot mean two things" in problem


def test_problem_is_told_for_a_rule_that_names_nothing(small_catalogue: Path, rewrite: Rewrite) -> None:
    rewrite("fr/_lists.yaml", 'lists: {number: ["1"]}\nrules: {hello: "<bonsoir>"}')
    assert problems(small_catalogue) == ["fr/_lists.yaml:0: <hello> names <bonsoir>, which is not there"]


def test_checked_refuses_a_catalogue_with_every_problem(small_catalogue: Path) -> None:
    for language in ("fr", "nl"):
        (small_catalogue / language / "unknown.yaml").unlink()
    with pytest.raises(CatalogueError) as refused:
        read_phrasebook(small_catalogue).checked()
    assert [problem.file for problem in refused.value.problems] == ["fr/unknown.yaml", "nl/unknown.yaml"]


def test_fingerprint_changes_with_any_word(small_catalogue: Path, rewrite: Rewrite) -> None:
    before = fingerprint(small_catalogue)
    assert fingerprint(small_catalogue) == before
    rewrite("de/unknown.yaml", "examples: [Wetter]")
    assert fingerprint(small_catalogue) != before
