"""Learn a model from the catalogue.

A first classifier learns four fifths of the phrases; what it makes of the last fifth tells how far results can be
trusted. The one that is kept learns everything.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from intents.concepts import Concepts, read_concepts
from intents.declaration import UNKNOWN
from intents.model.confidence import learn_temperature, learn_trust, signs, softmax
from intents.model.corpus import Row, frequent_words, make_rows, make_strange_rows
from intents.model.descent import EPOCHS, Fit, Places, fit
from intents.model.features import CONCEPTS, LETTERS, WORDS, Keys, Reading, Rows, block_keys, read
from intents.model.noise import read_habits
from intents.model.vectors import Block, Floats, learn_blocks, matrix
from intents.model.weights import Weights
from intents.phrasebook import Phrasebook
from intents.text import tokens
from intents.understanding import LANGUAGES, Language

Progress = Callable[[str], None]
Mask = npt.NDArray[np.bool_]
HELD_OUT = 0
# Enough to measure with: the last epoch is worth a fraction of a point.
_TRIAL_EPOCHS = 3
# Every so many labels is kept from the first classifier altogether: its messages stand for what nobody foresaw.
_HIDDEN_EVERY = 15
_ORDINARY_FROM = 3
# Examples are learnt again without their concepts, and by their concepts alone: neither may lean on the other.
_PART = 0.5
# A word of the lists stands for all messages that consist of little else ("oui", "slt").
_SPOKEN = 4.0


@dataclass(frozen=True)
class Lesson:
    """Hold the training sentences as keys of features, with what each row is and counts."""

    rows: Sequence[Row]
    readings: Sequence[Reading]
    names: tuple[str, ...]
    found: Mapping[str, tuple[Keys, Rows]]
    labels: Places
    weight: Floats
    written: Mask
    words: Mapping[Language, Mapping[str, Sequence[str]]]
    ordinary: frozenset[str]


@dataclass(frozen=True)
class Features:
    """Hold the sparse matrix of all rows, over the features that the chosen rows know."""

    lesson: Lesson
    chosen: Mask
    blocks: Mapping[str, Block] = field(init=False)
    table: Any = field(init=False)

    def __post_init__(self) -> None:
        blocks = learn_blocks(self.lesson.found, self.chosen)
        object.__setattr__(self, "blocks", blocks)
        object.__setattr__(self, "table", matrix(blocks, self.lesson.found, len(self.lesson.rows)))

    def columns(self, *names: str) -> Mask:
        """Tell which columns belong to some blocks."""
        return np.concatenate(
            [np.full(len(block.keys), name in names) for name, block in self.blocks.items()]
        )


def train(book: Phrasebook, folder: Path, progress: Progress | None = None) -> Weights:
    """Learn a model; `folder` is the catalogue's, for its words and habits."""
    say = progress or (lambda _: None)
    say("reading the catalogue")
    lesson = prepare_lesson(book, folder)
    say(f"learning whom to trust, on {len(lesson.rows)} sentences")
    temperature, trust = _calibrate(lesson)
    say("learning everything")
    features = Features(lesson, np.ones(len(lesson.rows), dtype=bool))
    labels, languages = fit_labels(features), _fit_languages(features)
    return Weights(
        labels=lesson.names,
        blocks=features.blocks,
        by_label=labels.weights,
        label_bias=labels.bias,
        by_language=languages.weights,
        language_bias=languages.bias,
        temperature=temperature,
        trust=trust,
        words=lesson.words,
        ordinary=lesson.ordinary,
    )


def prepare_lesson(book: Phrasebook, folder: Path) -> Lesson:
    """Make the training sentences and the keys of their features."""
    habits, words = read_habits(folder), read_concepts(folder)
    rows = list(make_rows(book, habits))
    written = (tokens(row.text) for row in rows if row.written and not row.careless)
    ordinary = frequent_words(written, least=_ORDINARY_FROM)
    concepts = Concepts(words, ordinary=ordinary)
    rows.extend(make_strange_rows(book, habits, concepts))
    readings = [read(row.text, concepts, row.language) for row in rows]
    names = tuple(sorted({row.label for row in rows}))
    places = {name: place for place, name in enumerate(names)}
    return Lesson(
        rows=rows,
        readings=readings,
        names=names,
        found=block_keys(readings),
        labels=np.array([places[row.label] for row in rows]),
        weight=np.array([row.weight for row in rows], dtype=np.float32),
        written=np.array([row.written for row in rows]),
        words=words,
        ordinary=ordinary,
    )


def fit_labels(features: Features, epochs: int = EPOCHS) -> Fit:
    """Learn the labels of the chosen rows; one that has none there can never be the answer."""
    from scipy import sparse

    lesson = features.lesson
    chosen = np.flatnonzero(features.chosen)
    examples = np.flatnonzero(features.chosen & lesson.written)
    tables, order, weights = [features.table[chosen]], [chosen], [lesson.weight[chosen]]
    for names in ((LETTERS, WORDS), (CONCEPTS,)):
        only = sparse.diags(features.columns(*names).astype(np.float32))
        tables.append((features.table[examples] @ only).tocsr())
        order.append(examples)
        weights.append(lesson.weight[examples] * _PART)
    return fit(
        sparse.vstack(tables, format="csr"),
        lesson.labels[np.concatenate(order)],
        np.concatenate(weights),
        width=len(lesson.names),
        epochs=epochs,
    )


def _fit_languages(features: Features) -> Fit:
    """Learn the languages, from the features that need none to be read.

    The words of the concepts are learnt too: they are more than the examples happen to hold.
    """
    from scipy import sparse

    lesson = features.lesson
    readable = {name: block for name, block in features.blocks.items() if name != CONCEPTS}
    width = sum(len(block.keys) for block in readable.values())
    spoken = [(language, word) for language, words in lesson.words.items() for word in _whole(words)]
    keys = block_keys([Reading(tokens(word), ()) for _, word in spoken], tuple(readable))
    languages = [row.language for row in lesson.rows] + [language for language, _ in spoken]
    return fit(
        sparse.vstack([features.table[:, :width], matrix(readable, keys, len(spoken))], format="csr"),
        np.array([LANGUAGES.index(language) for language in languages]),
        np.concatenate([lesson.weight, np.full(len(spoken), _SPOKEN, dtype=np.float32)]),
        width=len(LANGUAGES),
        epochs=2,
    )


def _whole(words: Mapping[str, Sequence[str]]) -> set[str]:
    """Give the words of a language that are written out, without beginnings and endings."""
    return {word for several in words.values() for word in several if "-" not in (word[0], word[-1])}


def held_out(lesson: Lesson) -> tuple[Floats, Places]:
    """Learn four fifths of the phrases; gives the scores of the examples of the last fifth, and their rows."""
    folds = np.array([row.fold for row in lesson.rows])
    features = Features(lesson, (folds != HELD_OUT) & ~_hidden(lesson))
    apart = np.flatnonzero((folds == HELD_OUT) & lesson.written)
    return fit_labels(features, _TRIAL_EPOCHS).scores(features.table[apart]), apart


def _calibrate(lesson: Lesson) -> tuple[float, Floats]:
    """Learn the temperature and the weights of the signs of trust on phrases kept apart."""
    scores, apart = held_out(lesson)
    labels, weight, shown = lesson.labels[apart], lesson.weight[apart], ~_hidden(lesson)[apart]
    temperature = learn_temperature(scores[shown], labels[shown], weight[shown])
    probabilities = softmax(scores * np.float32(temperature))
    right = (probabilities.argmax(axis=1) == labels) & shown
    return temperature, learn_trust(signs(probabilities), right, weight)


def _hidden(lesson: Lesson) -> Mask:
    """Tell which rows belong to the labels that the first classifier must not know, chosen by their names."""
    hidden = [name != UNKNOWN and zlib.crc32(name.encode()) % _HIDDEN_EVERY == 0 for name in lesson.names]
    return np.array(hidden)[lesson.labels]
