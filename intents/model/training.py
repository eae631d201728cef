"""Learn a model from the catalogue.

A first classifier learns four fifths of the phrases; what it makes of the last fifth tells how far results can be
trusted. The one that is kept learns everything.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from intents.concepts import Concepts, read_concepts
from intents.declaration import UNKNOWN
from intents.model.confidence import learn_temperature, learn_trust, signs, softmax
from intents.model.corpus import Row, frequent_words, make_rows
from intents.model.descent import Fit, Places, fit
from intents.model.features import CONCEPTS, Reading, is_single_word, read
from intents.model.noise import read_habits
from intents.model.vectors import Block, Floats, block_keys, learn_blocks, matrix
from intents.model.weights import Weights
from intents.phrasebook import Phrasebook
from intents.text import tokens
from intents.understanding import LANGUAGES, Language

Progress = Callable[[str], None]
_HELD_OUT = 0
# Every so many labels is kept from the first classifier altogether: its messages stand for what nobody foresaw.
_HIDDEN_EVERY = 15
_ORDINARY_FROM = 3


@dataclass(frozen=True)
class Lesson:
    """Hold the training sentences as numbers: one row each in `features`, `labels` and `weight`."""

    rows: Sequence[Row]
    readings: Sequence[Reading]
    names: tuple[str, ...]
    blocks: Mapping[str, Block]
    features: Any
    labels: Places
    weight: Floats
    words: Mapping[Language, Mapping[str, Sequence[str]]]
    ordinary: frozenset[str]


def train(book: Phrasebook, folder: Path, progress: Progress | None = None) -> Weights:
    """Learn a model; `folder` is the catalogue's, for its words and habits."""
    say = progress or (lambda _: None)
    say("reading the catalogue")
    lesson = prepare_lesson(book, folder)
    say(f"learning to trust, on {len(lesson.rows)} sentences")
    temperature, trust = _calibrate(lesson)
    say("learning everything")
    everything = np.arange(len(lesson.rows))
    labels = _fit_labels(lesson, everything)
    language = _fit_languages(lesson)
    return Weights(
        labels=lesson.names,
        blocks=lesson.blocks,
        by_label=labels.weights,
        label_bias=labels.bias,
        by_language=language.weights,
        language_bias=language.bias,
        temperature=temperature,
        trust=trust,
        words=lesson.words,
        ordinary=lesson.ordinary,
    )


def prepare_lesson(book: Phrasebook, folder: Path) -> Lesson:
    """Make the training sentences and their features."""
    rows = list(make_rows(book, read_habits(folder)))
    words = read_concepts(folder)
    written = (tokens(row.text) for row in rows if row.written and not row.careless)
    ordinary = frequent_words(written, least=_ORDINARY_FROM)
    concepts = Concepts(words, ordinary=ordinary)
    readings = [read(row.text, concepts, row.language) for row in rows]
    found = block_keys(readings)
    blocks = learn_blocks(found, len(rows))
    names = tuple(sorted({row.label for row in rows}))
    places = {name: place for place, name in enumerate(names)}
    return Lesson(
        rows=rows,
        readings=readings,
        names=names,
        blocks=blocks,
        features=matrix(blocks, found, len(rows)),
        labels=np.array([places[row.label] for row in rows]),
        weight=np.array([row.weight for row in rows], dtype=np.float32),
        words=words,
        ordinary=ordinary,
    )


def _fit_labels(lesson: Lesson, chosen: Places) -> Fit:
    """Learn the labels of the chosen rows; one that has none there can never be the answer."""
    return fit(lesson.features[chosen], lesson.labels[chosen], lesson.weight[chosen], width=len(lesson.names))


def _fit_languages(lesson: Lesson) -> Fit:
    """Learn the languages, from the features that need none to be read."""
    readable = sum(len(block.keys) for name, block in lesson.blocks.items() if name != CONCEPTS)
    languages = np.array([LANGUAGES.index(row.language) for row in lesson.rows])
    return fit(lesson.features[:, :readable], languages, lesson.weight, width=len(LANGUAGES), epochs=1)


def _calibrate(lesson: Lesson) -> tuple[float, Floats]:
    """Learn the temperature and the weights of the signs of trust on phrases kept apart."""
    folds = np.array([row.fold for row in lesson.rows])
    hidden = np.array([_is_hidden(name) for name in lesson.names])[lesson.labels]
    learnt = _fit_labels(lesson, np.flatnonzero((folds != _HELD_OUT) & ~hidden))
    written = np.array([row.written for row in lesson.rows])
    apart = np.flatnonzero((folds == _HELD_OUT) & written)
    scores, labels, weight = learnt.scores(lesson.features[apart]), lesson.labels[apart], lesson.weight[apart]
    shown = ~hidden[apart]
    temperature = learn_temperature(scores[shown], labels[shown], weight[shown])
    probabilities = softmax(scores * np.float32(temperature))
    found = signs(probabilities, *_known(lesson, apart))
    right = (probabilities.argmax(axis=1) == labels) & shown
    return temperature, learn_trust(found, right, weight)


def _is_hidden(label: str) -> bool:
    """Choose labels by their name."""
    return label != UNKNOWN and zlib.crc32(label.encode()) % _HIDDEN_EVERY == 0


def _known(lesson: Lesson, chosen: Places) -> tuple[Floats, Floats, Floats]:
    """Give the shares of known words and letters, and the number of words, of some rows."""
    readings = [lesson.readings[place] for place in chosen]
    found = block_keys(readings)
    shares: list[Floats] = []
    for name, only_words in (("words", True), ("letters", False)):
        keys, owners = found[name]
        if only_words:
            single = is_single_word(keys)
            keys, owners = keys[single], owners[single]
        seen = lesson.blocks[name].find(keys)[1]
        total = np.bincount(owners, minlength=len(readings))
        shares.append(
            (np.bincount(owners, weights=seen, minlength=len(readings)) / np.maximum(1, total)).astype(
                np.float32
            )
        )
    length = np.array([len(reading.words) for reading in readings], dtype=np.float32)
    return shares[0], shares[1], length
