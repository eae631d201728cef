"""Say what a source of whereabouts promises: a status with its moment, nothing, or the fact that it is down."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, Protocol, get_args

from services.errors import GuichetError

Status = Literal["announced", "received", "sorted", "on_its_way", "to_collect", "delivered", "returned"]
STATUSES: tuple[Status, ...] = get_args(Status)


@dataclass(frozen=True, slots=True)
class TrackedItem:
    """An item of the customer's own, with what a source needs to know of it."""

    barcode: str
    postcode: str
    item_type: str
    handed_over_on: date
    is_demo: bool = False


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """Where an item was last seen, and when (an aware moment)."""

    barcode: str
    status: Status
    at: datetime
    is_demo: bool = False


@dataclass
class TrackingDown(GuichetError):
    """The source did not answer, or not in a way that can be read; `reason` is for the log."""

    reason: str


class TrackingSource(Protocol):
    """Where items are; the same promise for the demo and for the real service."""

    async def whereabouts(self, item: TrackedItem, now: datetime) -> Whereabouts | None:
        """Give the latest status at a moment; None where the source knows nothing of it; raises TrackingDown."""

    async def close(self) -> None:
        """Give back what the source holds on to."""
