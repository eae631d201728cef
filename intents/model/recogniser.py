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
    letter_keys,
    own_key,
    word_keys,
)
from intents.model.vectors import Floats
from intents.model.weights import Weights
from intents.text import tokens
from intents.understanding import LANGUAGES, Language

# Shorter words are abbreviations and slips of the finger as often as something new.
_A_WORD = 4


@dataclass(frozen=True, slots=True)
class Seen:
    """Hold the features of a message that need no language."""

    words: Sequence[str]
    places: npt.NDArray[np.int64]
    values: Floats


@dataclass(frozen=True, slots=True)
class Result:
    """Hold the probability of each label (in the order of the model's) and the concepts it was read from."""

    words: Sequence[str]
    concepts: Sequence[str]
    probabilities: Floats


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
        letter_places, letter_values = self._weigh(LETTERS, letter_keys([words])[0])
        word_places, word_values = self._weigh(WORDS, np.fromiter(word_keys(words), dtype=np.uint64))
        return Seen(
            words,
            np.concatenate([letter_places, word_places]),
            np.concatenate([letter_values, word_values]),
        )

    def is_familiar(self, words: Sequence[str]) -> bool:
        """Tell whether any of the words was often seen in training, or stands in the lists of concepts."""
        whole = [word for word in words if len(word) > 1 and word.isalpha()]
        keys = np.array([own_key(word) for word in whole], dtype=np.uint64)
        return len(keys) > 0 and (
            bool(self._weights.blocks[WORDS].find(keys)[1].any()) or any(map(self._concepts.knows, whole))
        )

    def is_strange(self, words: Sequence[str], language: Language) -> bool:
        """Tell whether a longer word among some was never seen in training, and stands for no concept."""
        whole = [word for word in words if len(word) >= _A_WORD and word.isalpha()]
        keys = np.array([own_key(word) for word in whole], dtype=np.uint64)
        known = self._weights.blocks[WORDS].find(keys)[1] if whole else ()
        return any(
            not seen and not self._concepts.read([word], language)
            for word, seen in zip(whole, known, strict=True)
        )

    def languages(self, seen: Seen) -> dict[Language, float]:
        """Give the probability of each language."""
        weights = self._weights
        scores = seen.values @ weights.by_language[seen.places] + weights.language_bias
        return dict(zip(LANGUAGES, softmax(scores).tolist(), strict=True))

    def score(self, seen: Seen, language: Language) -> Result:
        """Give the probability of each label for a message in a language."""
        weights = self._weights
        reading = Reading(seen.words, self._concepts.read(seen.words, language))
        keys = np.fromiter(concept_keys(reading), dtype=np.uint64)
        places, values = self._weigh(CONCEPTS, keys)
        chosen = weights.by_label[np.concatenate([seen.places, places])]
        scores = np.concatenate([seen.values, values]) @ chosen + weights.label_bias
        return Result(seen.words, reading.concepts, softmax(scores * np.float32(weights.temperature)))

    def concepts(self, words: Sequence[str], language: Language) -> list[str]:
        """Give the concepts of some words."""
        return self._concepts.read(words, language)

    def trust(self, probabilities: Floats) -> float:
        """Say how sure it is that the likeliest label is right."""
        return float(trust(signs(probabilities[None, :]), self._weights.trust)[0])

    def _weigh(self, block: str, keys: Keys) -> tuple[npt.NDArray[np.int64], Floats]:
        """Give the rows and weights of features."""
        places, values = self._weights.blocks[block].weigh(keys)
        return places + self._starts[block], values
