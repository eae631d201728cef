"""Say in which language a message is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from intents.text import SHAPES
from intents.understanding import Language

# Below this the words of a message do not tell ("ok", "Distripost"): the language of the conversation does.
SURE = 0.75
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
    words: Sequence[str], probabilities: Mapping[Language, float], known: Language | None
) -> Language | None:
    """Choose the language of a message; `known` is the one of the conversation so far (GEN-1)."""
    if not has_language(words) or (known is not None and SHARED.issuperset(words)):
        return known
    if known is not None and max(probabilities.values()) < SURE and probabilities[known] > 1 - SURE:
        return known
    return max(probabilities, key=lambda language: probabilities[language] * _USUAL[language])
