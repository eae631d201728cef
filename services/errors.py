"""State what cannot be done as facts that hold data; handlers word them, the runtime catches the rest."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


class GuichetError(Exception):
    """The base of all facts of the service."""


@dataclass
class TooManyResults(GuichetError):
    """A search found more than may be shown (GEN-5)."""

    total: int
    limit: int


@dataclass
class NotBilledYet(GuichetError):
    """A month's billing data is not generated or its paper invoice not sent (INV-8)."""

    month: date


@dataclass
class NotARecurrence(GuichetError):
    """A rule does not say when something comes back, or in a way that sendings do not follow."""

    rule: str


@dataclass
class UnknownOperationalId(GuichetError):
    """An operational ID is not one of the companies in scope: another's and none at all alike (GEN-3)."""

    code: str
