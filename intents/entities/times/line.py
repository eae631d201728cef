"""Let the grammar look at a message: its items by place, with the senses each may have."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final, NamedTuple

from intents.entities.times.days import Unit
from intents.entities.times.kinds import Kind
from intents.entities.times.lexicon import lexicon
from intents.entities.times.reading import Item
from intents.entities.times.said import Said

# What a number before it would count, or be counted by.
_COUNTED: Final[frozenset[Kind]] = frozenset({"unit", "times", "per", "slash"})


class Parsed(NamedTuple):
    """Hold what a rule of the grammar has read, and the place after it."""

    said: Said
    end: int


class Line:
    """Hold the items of a message and the day on which it is read.

    Rules take a line and a place and look a bounded number of items ahead, so that reading stays linear.
    """

    def __init__(self, items: Sequence[Item], *, today: date, ahead: bool, language: str | None) -> None:
        self.items = items
        self.today = today
        self.ahead = ahead
        self.language = language

    def sense(self, at: int, kind: Kind) -> int | None:
        """Give the value of an item in a sense, or None where it has no such sense."""
        return self.items[at].senses.get(kind) if 0 <= at < len(self.items) else None

    def has(self, at: int, kind: Kind) -> bool:
        """Tell whether an item has a sense."""
        return 0 <= at < len(self.items) and kind in self.items[at].senses

    def any_of(self, at: int, kinds: frozenset[Kind]) -> bool:
        """Tell whether an item has one of some senses."""
        return 0 <= at < len(self.items) and not kinds.isdisjoint(self.items[at].senses)

    def word(self, at: int) -> str:
        """Give the folded word of an item, or nothing beyond the ends."""
        return self.items[at].word if 0 <= at < len(self.items) else ""

    def said(self, at: int) -> Said | None:
        """Give the date written in figures that stands there."""
        return self.items[at].said if 0 <= at < len(self.items) else None

    def unit(self, at: int) -> Unit | None:
        """Give the unit that is named there."""
        value = self.sense(at, "unit")
        return None if value is None else Unit(value)

    def is_digits(self, at: int) -> bool:
        """Tell whether a number stands there in digits."""
        return 0 <= at < len(self.items) and self.items[at].is_digits

    def in_language(self, at: int, language: str) -> bool:
        """Tell whether the word there is one of a language."""
        return language in lexicon().languages.get(self.word(at), ())

    def skip(self, at: int, kinds: frozenset[Kind], most: int = 3) -> int:
        """Step over up to so many items of some kinds."""
        while most and self.any_of(at, kinds):
            at += 1
            most -= 1
        return at

    def ends(self, at: int) -> bool:
        """Tell whether nothing that a number could count stands there: the end, a sign, a known small word."""
        if at >= len(self.items):
            return True
        item = self.items[at]
        if "num" in item.senses and "article" not in item.senses:
            return False
        return bool(item.senses) and _COUNTED.isdisjoint(item.senses)
