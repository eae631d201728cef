"""Tell what time it is; the only place that asks the system."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Protocol


class Clock(Protocol):
    """A clock that is passed in."""

    def now(self) -> datetime:
        """Give the present moment, aware."""


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """Give the present moment in UTC."""
        return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class FixedClock:
    """A clock that stands still, for `--now` and for tests."""

    moment: datetime

    def now(self) -> datetime:
        """Give the moment at which it stands."""
        return self.moment
