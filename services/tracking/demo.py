"""Invent the way of the demo's items, the same each time it is asked."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from services.calendar import BRUSSELS, BusinessCalendar
from services.tracking.source import Status, TrackedItem, Whereabouts

# Of so many items one is not at home when it is brought, and waits in a post office.
ONE_WAITS = 8
# Calendar days after which the addressee of such an item fetches it.
FETCHED_AFTER = timedelta(days=4)


class DemoTracking:
    """The whereabouts of invented items; of real ones it knows nothing."""

    def __init__(self, calendar: BusinessCalendar) -> None:
        self._calendar = calendar

    async def whereabouts(self, item: TrackedItem, now: datetime) -> Whereabouts | None:
        """Give the last step of an item's way that lies before a moment."""
        if not item.is_demo:
            return None
        reached = [(status, at) for status, at in self._way(item) if at <= now]
        if not reached:
            return Whereabouts(item.barcode, "announced", _at(item.handed_over_on, time.min), is_demo=True)
        status, at = reached[-1]
        return Whereabouts(item.barcode, status, at, is_demo=True)

    async def close(self) -> None:
        """Hold on to nothing."""

    def _way(self, item: TrackedItem) -> Iterator[tuple[Status, datetime]]:
        chance = zlib.crc32(item.barcode.encode())
        round_day = self._calendar.add_business_days(item.handed_over_on, 1)
        brought_at = _at(round_day, time(9 + chance % 6, chance % 60))
        yield "received", _at(item.handed_over_on, time(17, 30))
        yield "sorted", _at(round_day, time(4, 40))
        yield "on_its_way", _at(round_day, time(8, 10))
        if chance % ONE_WAITS:
            yield "delivered", brought_at
            return
        yield "to_collect", brought_at
        yield "delivered", _at(round_day + FETCHED_AFTER, time(11, chance % 60))


def _at(day: date, clock: time) -> datetime:
    return datetime.combine(day, clock, BRUSSELS)
