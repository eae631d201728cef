"""Let the grammar look at a message: its items by place, with the senses each may have."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Final, NamedTuple

from intents.entities.times.days import Unit
from intents.entities.times.kinds import Kind
from intents.entities.times.lexicon import NOTHING, Senses, lexicon
from intents.entities.times.reading import Item
from intents.entities.times.said import Said

# What a number before it would count, or be counted by.
_COUNTED: Final[frozenset[Kind]] = frozenset({"unit", "times", "per", "slash"})


class Parsed(NamedTuple):
    """Hold what a rule of the grammar has read, and the place after it."""

    said: Said
    end: int


# Nothing stands before the first and behind the last item; rules look less far than this.
_BEYOND: Final = 24
_NO_ITEM: Final = Item("", NOTHING, 0, 0)
_UNITS: Final = tuple(Unit)


class Line:
    """Hold the items of a message and the day on which it is read.

    Rules take a line and a place and look a bounded number of items ahead, so that reading stays linear. What was read
    at a place is kept in `memory`, for several rules ask for the same.
    """

    def __init__(self, items: Sequence[Item], *, today: date, ahead: bool, language: str | None) -> None:
        self.items = items
        self.size = len(items)
        self.today = today
        self.ahead = ahead
        self.language = language
        self.memory: dict[tuple[str, int], Parsed | None] = {}
        # A negative place, too, falls on what was added behind.
        self._items = [*items, *(_NO_ITEM,) * _BEYOND]
        self._senses = [item.senses for item in self._items]

    def sense(self, at: int, kind: Kind) -> int | None:
        """Give the value of an item in a sense, or None where it has no such sense."""
        return self._senses[at].get(kind)

    def has(self, at: int, kind: Kind) -> bool:
        """Tell whether an item has a sense."""
        return kind in self._senses[at]

    def any_of(self, at: int, kinds: frozenset[Kind]) -> bool:
        """Tell whether an item has one of some senses."""
        return not kinds.isdisjoint(self._senses[at])

    def senses(self, at: int) -> Senses:
        """Give all senses of an item."""
        return self._senses[at]

    def word(self, at: int) -> str:
        """Give the folded word of an item, or nothing beyond the ends."""
        return self._items[at].word

    def said(self, at: int) -> Said | None:
        """Give the date written in figures that stands there."""
        return self._items[at].said

    def unit(self, at: int) -> Unit | None:
        """Give the unit that is named there."""
        value = self._senses[at].get("unit")
        return None if value is None else _UNITS[value]

    def is_digits(self, at: int) -> bool:
        """Tell whether a number stands there in digits."""
        return self._items[at].word.isdecimal()

    def in_language(self, at: int, language: str) -> bool:
        """Tell whether the word there is one of a language."""
        return language in lexicon().languages.get(self.word(at), ())

    def skip(self, at: int, kinds: frozenset[Kind], most: int = 3) -> int:
        """Step over up to so many items of some kinds."""
        senses = self._senses
        while most and not kinds.isdisjoint(senses[at]):
            at += 1
            most -= 1
        return at

    def ends(self, at: int) -> bool:
        """Tell whether nothing that a number could count stands there: the end, a sign, a known small word."""
        if not self._items[at].word:
            # The end, or something that was recognised before.
            return self._items[at].said is None
        senses = self._senses[at]
        return bool(senses) and not self.counts(at) and _COUNTED.isdisjoint(senses)

    def counts(self, at: int) -> bool:
        """Tell whether a number stands there that is no mere article."""
        return "num" in self._senses[at] and "article" not in self._senses[at]

    def remember(self, rule: str, at: int, read: Callable[[Line, int], Parsed | None]) -> Parsed | None:
        """Read by a rule at a place, once."""
        key = (rule, at)
        if key not in self.memory:
            self.memory[key] = read(self, at)
        return self.memory[key]
