"""Say where in a message an entity stands and what it comes to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Mention:
    """One entity found in a text.

    `entity` is the contract's name, `value` its normal form, `start` and `end` the half-open span of characters in
    the text as it came. `fault` names what is wrong with it where it was clearly meant but is not valid
    (`too_short`, `too_long`, `check_digit`, `prefix_1406`, `no_such_day`, `end_before_start`, …): such a mention is
    told to the customer, never searched with. `proposal` is the likely right form where there is exactly one.
    """

    entity: str
    value: Any
    start: int
    end: int
    fault: str | None = None
    proposal: Any = None


def overlaps(mention: Mention, taken: Iterable[Mention]) -> bool:
    """Tell whether a mention shares a character with one found before."""
    return any(mention.start < other.end and other.start < mention.end for other in taken)
