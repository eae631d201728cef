"""Score a message with what was learnt; numpy is all it needs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from intents.concepts import Concepts
from intents.model.confidence import signs, softmax, trust
from intents.model.features import (
    CONCEPTS,
    LETTERS,
    WORDS,
    Keys,
    Reading,
    concept_keys,
    is_single_word,
    letter_keys,
    word_keys,
)
from intents.model.signs import signs_of
from intents.model.vectors import Floats
from intents.model.weights import Weights
from intents.text import tokens
from intents.understanding import LANGUAGES, Language


@dataclass(frozen=True, slots=True)
class Seen:
    """Hold the features of a message that need no language, with the shares of them known from training."""

    words: Sequence[str]
    places: npt.NDArray[np.int64]
    values: Floats
    known_words: float
    known_letters: float


@dataclass(frozen=True, slots=True)
class Result:
    """Hold the probability of each label (in the order of the model's) and what they were read from."""

    reading: Reading
    probabilities: Floats
    seen: Seen


class Recogniser:
    """Know the languages and the labels of messages."""

    def __init__(self, weights: Weights) -> None:
        self.labels = weights.labels
        self._weights = weights
        self._starts: dict[str, int] = {}
        start = 0
        for name, block in weights.blocks.items():
            self._starts[name] = start
            start += len(block.keys)
        self._concepts = Concepts(weights.words, ordinary=weights.ordinary)

    def see(self, text: str) -> Seen:
        """Take in a message."""
        words = tokens(text)
        letters = letter_keys([words])[0]
        keys = np.fromiter(word_keys(words), dtype=np.uint64)
        letter_places, letter_values = self._weigh(LETTERS, letters)
        word_places, word_values = self._weigh(WORDS, keys)
        single = is_single_word(keys)
        known = self._weights.blocks[WORDS].find(keys[single])[1]
        return Seen(
            words,
            np.concatenate([letter_places, word_places]),
            np.concatenate([letter_values, word_values]),
            float(known.mean()) if len(known) else 0.0,
            len(letter_places) / max(1, len(letters)),
        )

    def languages(self, seen: Seen) -> dict[Language, float]:
        """Give the probability of each language."""
        weights = self._weights
        scores = seen.values @ weights.by_language[seen.places].astype(np.float32) + weights.language_bias
        return dict(zip(LANGUAGES, softmax(scores).tolist(), strict=True))

    def score(self, seen: Seen, language: Language) -> Result:
        """Give the probability of each label for a message in a language."""
        weights = self._weights
        reading = Reading(seen.words, self._concepts.read(seen.words, language))
        keys = np.fromiter(concept_keys(reading), dtype=np.uint64)
        places, values = self._weigh(CONCEPTS, keys)
        chosen = weights.by_label[np.concatenate([seen.places, places])].astype(np.float32)
        scores = np.concatenate([seen.values, values]) @ chosen + weights.label_bias
        return Result(reading, softmax(scores * np.float32(weights.temperature)), seen)

    def concepts(self, words: Sequence[str], language: Language) -> list[str]:
        """Give the concepts of some words."""
        return self._concepts.read(words, language)

    def trust(self, result: Result, probabilities: Floats) -> float:
        """Say how sure it is that the likeliest label is right."""
        others = signs_of(result.reading, result.seen.known_words, result.seen.known_letters)
        found = signs(probabilities[None, :], np.array([others], dtype=np.float32))
        return float(trust(found, self._weights.trust)[0])

    def _weigh(self, block: str, keys: Keys) -> tuple[npt.NDArray[np.int64], Floats]:
        """Give the rows and weights of features."""
        places, values = self._weights.blocks[block].weigh(keys)
        return places + self._starts[block], values
