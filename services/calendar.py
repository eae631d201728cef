"""Count business days and business hours in Belgium (GEN-2)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

import holidays

BRUSSELS = ZoneInfo("Europe/Brussels")
# The library lists two Sundays that Belgian law does not count among the ten legal holidays.
NOT_LEGAL = frozenset({"Easter Sunday", "Pentecost"})


@dataclass(frozen=True)
class BusinessCalendar:
    """Belgian business days and the Service Centre's opening hours."""

    opens: time = time(8, 30)
    closes: time = time(17, 0)
    extra_closed: frozenset[date] = field(default_factory=frozenset)

    @cached_property
    def _legal(self) -> holidays.HolidayBase:
        return holidays.country_holidays("BE", language="en_US")

    def is_business_day(self, day: date) -> bool:
        """Tell whether a day is neither in a weekend nor a legal holiday."""
        if day.weekday() >= 5 or day in self.extra_closed:
            return False
        return day not in self._legal or self._legal[day] in NOT_LEGAL

    def add_business_days(self, day: date, count: int) -> date:
        """Give the day `count` business days after a day; with 0, the day itself or the next business day."""
        while not self.is_business_day(day) and count == 0:
            day += timedelta(days=1)
        while count > 0:
            day += timedelta(days=1)
            if self.is_business_day(day):
                count -= 1
        return day

    def add_business_hours(self, moment: datetime, hours: float) -> datetime:
        """Give the moment `hours` opening hours after a moment, on the clock of Brussels."""
        local = moment.astimezone(BRUSSELS)
        left = timedelta(hours=hours)
        while True:
            opens = datetime.combine(local.date(), self.opens, BRUSSELS)
            closes = datetime.combine(local.date(), self.closes, BRUSSELS)
            start = max(local, opens)
            if self.is_business_day(local.date()) and start < closes:
                if start + left <= closes:
                    return start + left
                left -= closes - start
            local = datetime.combine(local.date() + timedelta(days=1), time.min, BRUSSELS)

    def business_hours_between(self, start: datetime, end: datetime) -> float:
        """Count the opening hours between two moments; none where the second comes first."""
        first, last = start.astimezone(BRUSSELS), end.astimezone(BRUSSELS)
        total, day = timedelta(0), first.date()
        while day <= last.date():
            if self.is_business_day(day):
                opens = max(first, datetime.combine(day, self.opens, BRUSSELS))
                closes = min(last, datetime.combine(day, self.closes, BRUSSELS))
                total += max(closes - opens, timedelta(0))
            day += timedelta(days=1)
        return total / timedelta(hours=1)
