"""Hold a text with marks on it, and cut it where Telegram's limits want it cut.

Marks are sent as entities, never as markup: whatever a customer wrote stays what it is. Telegram counts in UTF-16
units, in which an emoji is two.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

TEXT_LIMIT = 4096
CAPTION_LIMIT = 1024
# Telegram marks so many stretches of a message and no more.
MOST_MARKS = 100
# What Telegram takes for an empty text: nothing in it can be seen.
NOTHING = "…"
# Joins what stands before it to what follows: an emoji of several parts.
JOINER = "\u200d"
VARIATIONS = range(0xFE00, 0xFE10)
SKIN_TONES = range(0x1F3FB, 0x1F400)


@dataclass(frozen=True, slots=True)
class Mark:
    """How a stretch of a text looks; `start` and `end` count characters, the end not included."""

    kind: Literal["bold", "italic", "pre"]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Passage:
    """A text with its marks."""

    text: str
    marks: tuple[Mark, ...] = ()

    @property
    def units(self) -> int:
        """Count what Telegram counts."""
        return count_units(self.text)

    def part(self, start: int, end: int) -> Passage:
        """Cut a stretch out; what is marked across its bounds stays marked within it."""
        marks = (
            Mark(mark.kind, max(mark.start, start) - start, min(mark.end, end) - start) for mark in self.marks
        )
        return Passage(self.text[start:end], tuple(mark for mark in marks if mark.start < mark.end))

    def visible(self) -> Passage:
        """Take the blank ends off, as Telegram would, moving all marks; what shows nothing becomes a sign."""
        text = self.text.strip()
        if not any(_shows(character) for character in text):
            return Passage(NOTHING)
        start = len(self.text) - len(self.text.lstrip())
        return self.part(start, start + len(text))


def bold(text: str) -> Passage:
    """Mark a whole text as bold."""
    return Passage(text, (Mark("bold", 0, len(text)),)) if text else Passage(text)


def preformatted(text: str) -> Passage:
    """Mark a whole text as a table of letters of equal width."""
    return Passage(text, (Mark("pre", 0, len(text)),)) if text else Passage(text)


def join(passages: Sequence[Passage], between: str = "\n") -> Passage:
    """Put passages one after the other."""
    text, marks = "", list[Mark]()
    for number, passage in enumerate(passages):
        text += between if number else ""
        marks.extend(Mark(mark.kind, mark.start + len(text), mark.end + len(text)) for mark in passage.marks)
        text += passage.text
    return Passage(text, tuple(marks))


def count_units(text: str) -> int:
    """Count a text's UTF-16 units."""
    return len(text) + sum(character > "\uffff" for character in text)


def split(passage: Passage, limit: int = TEXT_LIMIT) -> list[Passage]:
    """Cut a passage into parts within a limit: between lines, else between words, outside marks where any can be.

    Only a word longer than the limit is cut itself, never within one visible sign.
    """
    parts = []
    rest = passage.visible()
    while rest.units > limit:
        cut = _cut(rest, limit)
        parts.append(rest.part(0, cut).visible())
        rest = rest.part(cut, len(rest.text)).visible()
    return [*parts, rest]


def shorten(text: str, limit: int) -> str:
    """Cut a text to so many UTF-16 units, with a sign that more was there."""
    if count_units(text) <= limit:
        return text
    return text[: _within(text, limit - 1)].rstrip() + NOTHING


def _cut(passage: Passage, limit: int) -> int:
    """Find where to cut: after a line in the second half, else at a blank, else between two signs."""
    furthest = _within(passage.text, limit)
    open_places = [
        place
        for place in range(furthest, 0, -1)
        if (passage.text[place].isspace() or passage.text[place - 1].isspace())
        and not any(mark.start < place < mark.end for mark in passage.marks)
    ]
    after_lines = [place for place in open_places if "\n" in passage.text[place - 1 : place + 1]]
    if after_lines and after_lines[0] > furthest // 2:
        return after_lines[0]
    return open_places[0] if open_places else furthest


def _within(text: str, limit: int) -> int:
    """Count the characters that fit into so many units, leaving no visible sign cut through."""
    place, units = 0, 0
    while place < len(text):
        units += 2 if text[place] > "\uffff" else 1
        if units > limit:
            break
        place += 1
    whole = place
    while 0 < whole < len(text) and _hangs_on(text, whole):
        whole -= 1
    return whole or place


def _hangs_on(text: str, place: int) -> bool:
    """Tell whether a character belongs to the sign before it: an accent, a skin tone, a part of an emoji."""
    character = text[place]
    return (
        unicodedata.combining(character) > 0
        or ord(character) in VARIATIONS
        or ord(character) in SKIN_TONES
        or JOINER in (character, text[place - 1])
    )


def _shows(character: str) -> bool:
    return not character.isspace() and unicodedata.category(character) not in {"Cc", "Cf", "Mn", "Zs"}
