"""Find in a message the signs of how far its result can be trusted, beside the probabilities themselves."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from intents.model.features import LETTERS, WORDS, Reading, block_keys, is_single_word
from intents.model.vectors import Block, Floats
from intents.text import SHAPES

NAMES = ("known words", "known letters", "brevity", "matter", "elsewhere", "nothing known")
_MATTER, _ELSEWHERE = "the.", "else."
_ENOUGH = 3


def known_shares(readings: Sequence[Reading], letters: Block, words: Block) -> tuple[Floats, Floats]:
    """Give for each message the share of its words, and of its pieces of words, that training knew."""
    found = block_keys(readings, (LETTERS, WORDS))
    keys, owners = found[WORDS]
    single = is_single_word(keys)
    return (
        _share(words.find(keys[single])[1], owners[single], len(readings)),
        _share(letters.find(found[LETTERS][0])[1], found[LETTERS][1], len(readings)),
    )


def _share(known: np.typing.NDArray[np.bool_], owners: np.typing.NDArray[np.int64], rows: int) -> Floats:
    total = np.bincount(owners, minlength=rows)
    return np.asarray(
        np.bincount(owners, weights=known, minlength=rows) / np.maximum(1, total), dtype=np.float32
    )


def signs_of(reading: Reading, known_words: float, known_letters: float) -> tuple[float, ...]:
    """Give the signs of one message, in the order of `NAMES`.

    What is said of our matters speaks for a result, what is said of others' against it.
    """
    concepts = set(reading.concepts)
    matter = sum(concept.startswith(_MATTER) for concept in concepts)
    matter += len({word for word in reading.words if word in SHAPES})
    return (
        known_words,
        known_letters,
        1 / (1 + len(reading.words)),
        min(matter, _ENOUGH) / _ENOUGH,
        float(any(concept.startswith(_ELSEWHERE) for concept in concepts)),
        float(not concepts),
    )
