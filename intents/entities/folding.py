"""Fold a text once, so that all recognisers compare the same plain letters and know where they stood."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from dataclasses import dataclass, field
from functools import lru_cache

WORD = re.compile(r"[^\W_]+")
DIGIT = re.compile(r"[0-9]")

# What NFKD leaves alone although a keyboard without it writes something else.
BY_HAND = {
    "ß": "ss",
    "æ": "ae",
    "œ": "oe",
    "ø": "o",
    "đ": "d",
    "ł": "l",
    "\u2018": "'",
    "\u2019": "'",
    "\u02bc": "'",
    "\u00b4": "'",
    "\u2010": "-",
    "\u2011": "-",
    "\u2012": "-",
    "\u2013": "-",
    "\u2014": "-",
    "\u2212": "-",
    "\u00ba": "°",
    "\u2116": "n°",
}
# Characters that show nothing (zero-width, marks of direction) would otherwise split a number in two.
INVISIBLE = frozenset({"Cf", "Mn", "Me", "Cc", "Cs", "Co"})
LONGEST_FOLD = 3


@dataclass(frozen=True, slots=True)
class Word:
    """A run of letters and digits in the folded text, with its half-open span there."""

    plain: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Folded:
    """Hold a text, its plain form (lower case, no accents, ASCII digits) and the way back.

    `origins[i]` is the place in `text` of the character `plain[i]`, with one more for the end; it is None
    where both have the same places, which is nearly always so.
    """

    text: str
    plain: str
    origins: tuple[int, ...] | None
    words: tuple[Word, ...] = field(repr=False)
    has_digit: bool

    def place(self, start: int, end: int) -> tuple[int, int]:
        """Return the span in the text as it came of a span of the plain text."""
        if self.origins is None:
            return start, end
        return self.origins[start], self.origins[end - 1] + 1

    def original(self, start: int, end: int) -> str:
        """Return the characters as they came behind a span of the plain text."""
        first, last = self.place(start, end)
        return self.text[first:last]

    def locate(self, start: int, end: int) -> tuple[int, int]:
        """Return the span in the plain text of a span of the text as it came."""
        if self.origins is None:
            return start, end
        return bisect_left(self.origins, start), bisect_left(self.origins, end)


def fold(text: str) -> Folded:
    """Fold case, accents, typographic signs and digits of every script; drop what shows nothing."""
    plain, origins = (text.lower(), None) if text.isascii() else _fold_each(text)
    words = tuple(Word(found.group(), found.start(), found.end()) for found in WORD.finditer(plain))
    return Folded(text, plain, origins, words, DIGIT.search(plain) is not None)


def fold_phrase(text: str) -> str:
    """Return only the plain form of a short text, such as a name of a table."""
    return text.lower() if text.isascii() else _fold_each(text)[0]


def _fold_each(text: str) -> tuple[str, tuple[int, ...] | None]:
    pieces = [_fold_character(character) for character in text]
    plain = "".join(pieces)
    if len(plain) == len(text) and "" not in pieces:
        return plain, None
    origins = [place for place, piece in enumerate(pieces) for _ in piece]
    return plain, (*origins, len(text))


@lru_cache(maxsize=2048)
def _fold_character(character: str) -> str:
    if character.isascii():
        return character.lower()
    lowered = character.lower()
    if lowered in BY_HAND:
        return BY_HAND[lowered]
    if character.isspace():
        return " "
    if character.isdecimal():
        return str(unicodedata.decimal(character))
    if unicodedata.category(character) in INVISIBLE:
        return ""
    letters = "".join(
        part for part in unicodedata.normalize("NFKD", lowered) if unicodedata.category(part) not in INVISIBLE
    )
    # A sign such as "﷽" comes apart into a sentence: it says nothing to us and would cost time.
    return letters if 0 < len(letters) <= LONGEST_FOLD and letters.isalnum() else lowered[:1]
