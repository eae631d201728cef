"""Make messages that are none of our business: strange things in the frames of our own wishes.

"Où est mon vélo" teaches that "où est mon" alone makes no message ours. The catalogue's own examples of what is
outside are few, and what people ask a bot is endless.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from intents.concepts import Concepts
from intents.declaration import UNKNOWN
from intents.model.noise import seeded
from intents.phrasebook import Phrase
from intents.text import tokens
from intents.understanding import Language

_WORD = re.compile(r"[^\W\d_][\w-]*")
_OBJECT = "the."
# Small talk has no thing to put another in the place of.
_FRAMELESS = ("chat.", UNKNOWN)
_FRAMES_EACH = 6

Frame = tuple[str, int, int]


def frames(examples: Sequence[Phrase], concepts: Concepts) -> dict[Language, list[Frame]]:
    """Find the examples that name one thing of ours, with the place of its word."""
    found: dict[Language, list[Frame]] = {}
    for example in examples:
        if example.label.startswith(_FRAMELESS):
            continue
        things = [
            word.span()
            for word in _WORD.finditer(example.text)
            if any(c.startswith(_OBJECT) for c in concepts.read(tokens(word.group()), example.language))
        ]
        if len(things) == 1:
            found.setdefault(example.language, []).append((example.text, *things[0]))
    return found


def strange_messages(
    examples: Sequence[Phrase], concepts: Concepts, outside: Mapping[Language, Sequence[str]]
) -> Iterator[tuple[str, Language, str]]:
    """Give messages about each strange thing, with the language and the thing, the same ones each time."""
    for language, places in frames(examples, concepts).items():
        for thing in outside[language]:
            chosen = seeded(thing, "outside").sample(places, min(_FRAMES_EACH, len(places)))
            for text, start, end in chosen:
                yield text[:start] + thing + text[end:], language, thing
