"""Say in which language a message is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from intents.text import SHAPES
from intents.understanding import Language

# Below this the words of a message do not tell ("ok", "Distripost"): the language of the conversation does.
SURE = 0.75
# Below this nothing at all tells; whoever is known to speak something goes on speaking it.
_A_GUESS = 0.6
# Letters alone ("blip", "qsdf", "hein") prove a language only where they leave no doubt, as in "fctur doctobre".
_BY_LETTERS = 0.9
# French and Dutch speakers are most of the customers: "stop", "hello" or "simulation" are rather theirs.
_USUAL: Mapping[Language, float] = {"fr": 1.4, "nl": 1.4, "en": 1.0, "de": 1.0}

# Words that people of all four languages write: they tell nothing of somebody whose language is known.
SHARED = frozenset(
    [
        "help",
        "ok",
        "oke",
        "okay",
        "stop",
        "excel",
        "pdf",
        "info",
        "hello",
        "hallo",
        "ja",
        "chat",
        "export",
        "ticket",
        "mail",
        "email",
        "distripost",
        "collect",
        "stamp",
        "track",
        "trace",
        "webtracker",
        "invoice",
        "reporter",
        "password",
    ]
)


def has_language(words: Sequence[str]) -> bool:
    """Tell whether there is any word at all: numbers, addresses and emoji belong to no language."""
    return any(word not in SHAPES and len(word) > 1 and word[0].isalpha() for word in words)


def choose_language(
    words: Sequence[str],
    probabilities: Mapping[Language, float],
    known: Language | None,
    *,
    familiar: bool = True,
) -> Language | None:
    """Choose the language of a message; `known` is the one of the conversation so far (GEN-1).

    `familiar` tells whether any word of the message was ever seen before.
    """
    surest = max(probabilities.values())
    if not has_language(words) or (not familiar and surest < _BY_LETTERS):
        return known
    if known is not None and (
        SHARED.issuperset(words) or surest < _A_GUESS or (surest < SURE and probabilities[known] > 1 - SURE)
    ):
        return known
    return max(probabilities, key=lambda language: probabilities[language] * _USUAL[language])
