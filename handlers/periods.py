"""Offer and widen periods: whole months for invoices (INV-3), predefined ones beside free dates (GEN-6)."""

from __future__ import annotations

import calendar
from datetime import date, timedelta

from pydantic import BaseModel, ConfigDict, model_validator

from handlers.forms.declaration import Option
from locales.phrases import Days, Phrase, say


class Period(BaseModel):
    """A period, both days included."""

    model_config = ConfigDict(frozen=True)

    start: date
    end: date

    @model_validator(mode="after")
    def _in_order(self) -> Period:
        if self.end < self.start:
            raise ValueError("the end comes before the start")
        return self

    def days(self) -> Days:
        """Give the period as something to write."""
        return Days(self.start, self.end)

    def dump(self) -> dict[str, str]:
        """Give the contract's normal form."""
        return {"start": self.start.isoformat(), "end": self.end.isoformat()}


def first_of_month(day: date) -> date:
    """Give the first day of a day's month."""
    return day.replace(day=1)


def last_of_month(day: date) -> date:
    """Give the last day of a day's month."""
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def month_before(day: date, count: int = 1) -> date:
    """Give the first day of the month `count` months before a day's month."""
    index = day.year * 12 + day.month - 1 - count
    return date(index // 12, index % 12 + 1, 1)


def month_of(day: date) -> Period:
    """Give the whole month of a day."""
    return Period(start=first_of_month(day), end=last_of_month(day))


def widen(period: Period) -> Period:
    """Widen a period to whole months (INV-3)."""
    return Period(start=first_of_month(period.start), end=last_of_month(period.end))


def months_in(period: Period) -> tuple[date, ...]:
    """List the first days of the months that a period touches, oldest first."""
    months, month = [], first_of_month(period.start)
    while month <= period.end:
        months.append(month)
        month = last_of_month(month) + timedelta(days=1)
    return tuple(months)


def predefined(today: date) -> tuple[Option, ...]:
    """Offer the periods that people ask invoices for (GEN-6)."""
    last = month_of(month_before(today))
    offers: tuple[tuple[Phrase, Period], ...] = (
        (say("Last month"), last),
        (say("Last 3 months"), Period(start=month_before(today, 3), end=last.end)),
        (say("This year"), Period(start=date(today.year, 1, 1), end=date(today.year, 12, 31))),
        (say("Last year"), Period(start=date(today.year - 1, 1, 1), end=date(today.year - 1, 12, 31))),
    )
    return tuple(Option(period.dump(), label) for label, period in offers)
