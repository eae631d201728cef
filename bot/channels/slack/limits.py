"""Keep what is sent within what Slack takes; what is too long is shared out or shortened at a word."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

BLOCKS = 50
MODAL_BLOCKS = 100
SECTION = 3000
BUTTON = 75
OPTIONS = 100
OPTION = 75
OPTION_VALUE = 150
FIELDS = 10
FIELD = 2000
HEADER = 150
TITLE = 24
METADATA = 3000
URL = 3000
PLACEHOLDER = 150
HINT = 2000
INPUT = 3000
# Slack takes about 13,000 characters of text in the blocks of one message.
TEXT = 10_000
NOTIFICATION = 1000
BUTTONS_A_ROW = 5

Part = TypeVar("Part")


def cut(text: str, limit: int) -> str:
    """Shorten a text to so many characters, with an ellipsis where something is left out."""
    if len(text) <= limit:
        return text
    kept = text[: limit - 1]
    at_word = kept.rpartition(" ")[0]
    # A word is not torn, unless nearly nothing would be left.
    return (at_word if len(at_word) > limit // 2 else kept).rstrip() + "…"


def shared_out(text: str, limit: int, write: Callable[[str], str]) -> Iterator[str]:
    """Share a text out, at ends of lines or words, into pieces that are short enough once `write` has written them."""
    rest = text
    while rest:
        size = _fitting(rest, limit, write)
        if size < len(rest):
            size = _at_a_gap(rest, size)
        piece, rest = rest[:size], rest[size:]
        if piece.strip():
            yield piece.strip("\n")


def _fitting(text: str, limit: int, write: Callable[[str], str]) -> int:
    """Find how many characters fit, written."""
    size = min(len(text), limit)
    while size > 1 and (over := len(write(text[:size])) - limit) > 0:
        size = max(1, size - max(1, over // 6))
    return size


def _at_a_gap(text: str, size: int) -> int:
    for gap in ("\n\n", "\n", " "):
        place = text.rfind(gap, size // 2, size)
        if place > 0:
            return place + len(gap)
    return size


def in_groups(parts: Sequence[Part], size: int) -> Iterator[Sequence[Part]]:
    """Share things out into groups of at most so many."""
    for start in range(0, len(parts), size):
        yield parts[start : start + size]
