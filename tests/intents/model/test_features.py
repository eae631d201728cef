"""Features are the pieces of words, the words and the concepts of a message."""

from __future__ import annotations

import numpy as np

from intents.model.features import LETTERS, Reading, block_keys, concept_keys, letter_keys, word_keys


def pieces(text: str) -> set[str]:
    keys, _ = letter_keys([text.split()])
    return {int(key).to_bytes(5, "big").lstrip(b"\0").decode() for key in keys}


def test_letter_keys_are_the_pieces_within_words() -> None:
    assert pieces("ab cde") == {
        " a", "ab", "b ", " c", "cd", "de", "e ", " ab", "ab ", " cd", "cde", "de ", " ab ", " cde", "cde ", " cde ",
    }  # fmt: skip


def test_letter_keys_of_a_batch_are_those_of_each_message() -> None:
    lines = [["facture", "d"], ["x"], [], ["récépissé", "?"]]
    keys, rows = letter_keys(lines)
    for row, line in enumerate(lines):
        alone, _ = letter_keys([line])
        assert sorted(keys[rows == row]) == sorted(alone)


def test_letter_keys_of_nothing_are_none() -> None:
    assert len(letter_keys([])[0]) == len(letter_keys([[]])[0]) == 0


def test_word_keys_hold_words_beginnings_and_neighbours() -> None:
    assert len(set(word_keys(["mes", "factures"]))) == 4
    alike = set(word_keys(["facturer"])) & set(word_keys(["factures"]))
    assert len(alike) == 1
    assert set(word_keys(["a", "b"])) != set(word_keys(["b", "a"]))


def test_concept_keys_pair_what_is_said_in_any_order() -> None:
    one = set(concept_keys(Reading([], ["do.cancel", "the.order"])))
    other = set(concept_keys(Reading([], ["the.order", "do.cancel"])))
    assert len(one) == 4
    assert len(one & other) == 3


def test_concept_keys_count_identifiers_and_overlook_pointers() -> None:
    plain = set(concept_keys(Reading(["x"], ["do.cancel"])))
    assert plain < set(concept_keys(Reading(["D"], ["do.cancel"])))
    assert plain == set(concept_keys(Reading(["x"], ["do.cancel", "lean.pointer"])))


def test_concept_keys_tell_that_something_is_asked_at_all() -> None:
    how = set(concept_keys(Reading([], ["ask.how", "the.order"])))
    may = set(concept_keys(Reading([], ["ask.may", "the.order"])))
    assert len(how & may) == 2


def test_concept_keys_of_a_long_list_stay_few() -> None:
    assert sum(1 for _ in concept_keys(Reading([], [f"the.{number}" for number in range(40)]))) < 200


def test_block_keys_can_be_made_of_some_blocks_only() -> None:
    found = block_keys([Reading(["ab"], ["do.cancel"])], [LETTERS])
    assert list(found) == [LETTERS]
    assert found[LETTERS][0].dtype == np.uint64
