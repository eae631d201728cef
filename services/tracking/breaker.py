"""Leave a service alone for a while after it failed several times in a row."""

from __future__ import annotations

from collections.abc import Callable


class CircuitBreaker:
    """Open after `failures` in a row for `pause` seconds; then one try decides.

    `clock` gives seconds that only ever grow.
    """

    def __init__(self, clock: Callable[[], float], *, failures: int = 3, pause: float = 30) -> None:
        self._clock = clock
        self._failures = failures
        self._pause = pause
        self._failed = 0
        self._open_until = 0.0

    def allows(self) -> bool:
        """Tell whether the service may be asked now; after a pause, only the first to ask may."""
        if self._failed < self._failures:
            return True
        now = self._clock()
        if now < self._open_until:
            return False
        # Others wait for the outcome of this one try.
        self._open_until = now + self._pause
        return True

    def succeeded(self) -> None:
        """Note an answer: the service is well again."""
        self._failed = 0

    def failed(self) -> None:
        """Note a failure; the one that is too many opens the circuit."""
        self._failed += 1
        if self._failed >= self._failures:
            self._open_until = self._clock() + self._pause
