"""Collect what the recognisers find in one text, each character belonging to one mention at most."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from intents.entities.folding import Folded
from intents.entities.mention import Mention


@dataclass(slots=True)
class Findings:
    """Hold the mentions found so far in a folded text; spans are those of its plain form.

    A mask of the characters that are spoken for keeps this linear, however long and dense the text is.
    """

    folded: Folded
    mentions: list[Mention] = field(default_factory=list)
    _mask: bytearray = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self._mask = bytearray(len(self.folded.plain))

    def is_free(self, start: int, end: int) -> bool:
        """Tell whether no mention holds a character of the span."""
        return self._mask.find(1, start, end) < 0

    def add(
        self,
        entity: str,
        value: Any,
        span: tuple[int, int],
        *,
        fault: str | None = None,
        proposal: Any = None,
    ) -> bool:
        """Add a mention unless its span is spoken for; tell whether it was added."""
        start, end = span
        if start >= end or not self.is_free(start, end):
            return False
        self._mask[start:end] = b"\1" * (end - start)
        self.mentions.append(Mention(entity, value, *self.folded.place(start, end), fault, proposal))
        return True

    def adopt(self, mention: Mention) -> bool:
        """Add a mention found by a recogniser that works on the text as it came."""
        start, end = self.folded.locate(mention.start, mention.end)
        if start >= end or not self.is_free(start, end):
            return False
        self._mask[start:end] = b"\1" * (end - start)
        self.mentions.append(mention)
        return True
