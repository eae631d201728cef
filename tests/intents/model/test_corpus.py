"""Training sentences come from examples and templates, and are never torn over two folds."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from intents.model.corpus import FOLDS, frequent_words, make_rows
from intents.model.noise import read_habits
from intents.phrasebook import read_phrasebook


def test_rows_of_one_phrase_are_in_one_fold(small_catalogue: Path) -> None:
    book, habits = read_phrasebook(small_catalogue), read_habits(small_catalogue)
    for phrase in book.phrases:
        rows = list(make_rows(replace(book, phrases=(phrase,)), habits))
        assert len({row.fold for row in rows}) == 1
        assert 0 <= rows[0].fold < FOLDS


def test_rows_hold_examples_as_written_and_carelessly(small_catalogue: Path) -> None:
    rows = [
        row
        for row in make_rows(read_phrasebook(small_catalogue), read_habits(small_catalogue))
        if row.written and row.label == "distripost.cancel" and row.language == "fr"
    ]
    assert [row.text for row in rows if not row.careless] == ["annuler la commande fr"]
    assert len([row for row in rows if row.careless]) >= 2
    assert all(row.weight < rows[0].weight for row in rows[1:])


def test_rows_put_no_greeting_before_what_is_none_of_our_business(small_catalogue: Path) -> None:
    rows = make_rows(read_phrasebook(small_catalogue), read_habits(small_catalogue))
    assert not [row.text for row in rows if row.label == "unknown" and row.text.startswith("bonjour")]


def test_frequent_words_count_messages_not_repetitions() -> None:
    assert frequent_words([["a", "a"], ["a", "b"]], least=2) == {"a"}
