"""Make the training sentences from the catalogue: examples, samples of templates, and both written carelessly."""

from __future__ import annotations

import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from intents.concepts import Concepts
from intents.declaration import UNKNOWN, topic_of
from intents.model.noise import Habits, in_short, seeded, with_manners, with_typos
from intents.model.outside import strange_messages
from intents.phrasebook import Phrasebook
from intents.understanding import Language

# Sentences sampled from the templates of one intent (of one topic) in one language.
SAMPLES = 170
TOPIC_SAMPLES = 90
FOLDS = 5
_WRITTEN = 2.0
# What is none of our business comes in endless kinds, and the catalogue shows few of them.
_OUTSIDE = 6.0
_STRANGE = 0.25


@dataclass(frozen=True, slots=True)
class Row:
    """Hold one training sentence; `fold` is the same for all that comes from one phrase of the catalogue."""

    text: str
    label: str
    language: Language
    fold: int
    weight: float
    written: bool = False
    careless: bool = False


def fold_of(text: str) -> int:
    """Put what comes of a phrase into a fold by the phrase, so that it never straddles two."""
    return zlib.crc32(text.encode()) % FOLDS


def make_rows(book: Phrasebook, habits: Mapping[Language, Habits]) -> Iterator[Row]:
    """Give the training sentences.

    A hand-written example weighs more than a sample: it is how people really speak.
    """
    templates: defaultdict[tuple[str, Language], int] = defaultdict(int)
    for phrase in book.phrases:
        templates[phrase.label, phrase.language] += phrase.template
    for phrase in book.phrases:
        wanted = TOPIC_SAMPLES if topic_of(phrase.label) else SAMPLES
        count = -(-wanted // max(1, templates[phrase.label, phrase.language]))
        texts = book.samples(phrase, count=count)
        weight = 1.0 if phrase.template else _OUTSIDE if phrase.label == UNKNOWN else _WRITTEN
        for text in texts:
            row = Row(text, phrase.label, phrase.language, fold_of(phrase.text), weight, not phrase.template)
            yield row
            yield from _careless(row, habits[phrase.language])


def make_strange_rows(
    book: Phrasebook, habits: Mapping[Language, Habits], concepts: Concepts
) -> Iterator[Row]:
    """Give training sentences about things that are none of our business."""
    outside = {language: habit.outside for language, habit in habits.items()}
    for text, language, thing in strange_messages(book.examples, concepts, outside):
        yield Row(text, UNKNOWN, language, fold_of(thing), _STRANGE)


def _careless(row: Row, habits: Habits) -> Iterator[Row]:
    """Write a sentence again: an example each way, a sample one way."""
    random = seeded(row.text, "careless")
    ways = (_typos, _short, _polite) if row.written else (random.choice((_typos, _short, _polite)),)
    for way in ways:
        text = way(row, habits)
        if text != row.text:
            yield Row(text, row.label, row.language, row.fold, row.weight / 2, row.written, careless=True)


def _typos(row: Row, _: Habits) -> str:
    return with_typos(row.text, seeded(row.text, "typos"))


def _short(row: Row, habits: Habits) -> str:
    random = seeded(row.text, "short")
    return (
        with_typos(in_short(row.text, habits, random), random)
        if random.random() < 0.3
        else in_short(row.text, habits, random)
    )


def _polite(row: Row, habits: Habits) -> str:
    # A greeting alone is one; a greeting before "weather" does not make it our business.
    if row.label.startswith("chat.") or row.label == UNKNOWN:
        return row.text
    return with_manners(row.text, habits, seeded(row.text, "manners"))


def frequent_words(lines: Iterable[Iterable[str]], *, least: int) -> frozenset[str]:
    """Give the words that stand in at least `least` messages."""
    counts: defaultdict[str, int] = defaultdict(int)
    for words in lines:
        for word in set(words):
            counts[word] += 1
    return frozenset(word for word, count in counts.items() if count >= least)
