"""Remember answers for a short while, the latest ones only."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from typing import Generic, TypeVar

Value = TypeVar("Value")


class ShortMemory(Generic[Value]):
    """At most `most` values, each for `seconds`; `clock` gives seconds that only ever grow."""

    def __init__(self, clock: Callable[[], float], *, seconds: float = 60, most: int = 1000) -> None:
        self._clock = clock
        self._seconds = seconds
        self._most = most
        self._kept: OrderedDict[str, tuple[float, Value]] = OrderedDict()

    def find(self, key: str) -> tuple[Value] | None:
        """Give a value that is still fresh, in a tuple of its own, since it may itself be None."""
        kept = self._kept.get(key)
        if kept is None or kept[0] <= self._clock():
            return None
        return (kept[1],)

    def keep(self, key: str, value: Value) -> None:
        """Keep a value, and let the oldest go where there are too many."""
        self._kept.pop(key, None)
        self._kept[key] = (self._clock() + self._seconds, value)
        while len(self._kept) > self._most:
            self._kept.popitem(last=False)
