"""Name the periods that people count from today (GEN-6), for a search now and for sendings that come back."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from types import MappingProxyType
from typing import Any

from handlers.desk import Desk
from handlers.forms.declaration import Option, Refusal, Values
from handlers.periods import Period, last_of_month, month_before, month_of
from handlers.request import Request
from locales.phrases import Phrase, say

EARLIEST = 2000

LABELS: Mapping[str, Phrase] = MappingProxyType(
    {
        "today": say("Today"),
        "yesterday": say("Yesterday"),
        "this_week": say("This week"),
        "last_week": say("Last week"),
        "this_month": say("This month"),
        "last_month": say("Last month"),
        "this_quarter": say("This quarter"),
        "last_quarter": say("Last quarter"),
        "this_year": say("This year"),
        "last_year": say("Last year"),
    }
)


def span_of(name: str, today: date) -> Period:
    """Give the period that a name means on a day; raises KeyError for another name."""
    return _SPANS[name](today)


def week_of(day: date) -> Period:
    """Give the week of a day, from Monday to Sunday."""
    monday = day - timedelta(days=day.weekday())
    return Period(start=monday, end=monday + timedelta(days=6))


def name_of(period: Any, request: Request) -> Any:
    """Give the name under which a period comes back ("last_week"); what has none stays as it is."""
    if not isinstance(period, Mapping):
        return period
    for name in LABELS:
        if span_of(name, request.today).dump() == {"start": period.get("start"), "end": period.get("end")}:
            return name
    return period


def predefined_spans(today: date) -> tuple[Option, ...]:
    """Offer the periods counted from today as values of a period field (GEN-6)."""
    return tuple(Option(span_of(name, today).dump(), label) for name, label in LABELS.items())


async def spans(request: Request, _desk: Desk, _values: Values) -> Sequence[Option]:
    """Offer the predefined periods of a form (GEN-6)."""
    return predefined_spans(request.today)


def check_span(value: Any, request: Request) -> Refusal | None:
    """Refuse a period in which nothing can have been handed over, saying why."""
    offers = predefined_spans(request.today)
    if isinstance(value, list):
        named = tuple(
            Option(period, say("{period}", period=Period.model_validate(period).days()))
            for period in value
            if period["start"] <= period["end"]
        )
        return Refusal(say("One period at a time, please."), named or offers)
    start, end = date.fromisoformat(value["start"]), date.fromisoformat(value["end"])
    if end < start:
        return Refusal(say("This period ends before it begins."), offers)
    if not EARLIEST <= start.year <= request.today.year + 1 or end.year > request.today.year + 1:
        return Refusal(say("That year is too far away."), offers)
    if start > request.today:
        return Refusal(
            say("That period still lies ahead of us: {period}.", period=Period(start=start, end=end).days()),
            offers,
        )
    return None


def _day(back: int) -> Callable[[date], Period]:
    def span(today: date) -> Period:
        day = today - timedelta(days=back)
        return Period(start=day, end=day)

    return span


def _week(back: int) -> Callable[[date], Period]:
    return lambda today: week_of(today - timedelta(weeks=back))


def _month(back: int) -> Callable[[date], Period]:
    return lambda today: month_of(month_before(today, back))


def _quarter(back: int) -> Callable[[date], Period]:
    def span(today: date) -> Period:
        first = month_before(today, (today.month - 1) % 3 + 3 * back)
        return Period(start=first, end=last_of_month(month_before(first, -2)))

    return span


def _year(back: int) -> Callable[[date], Period]:
    return lambda today: Period(start=date(today.year - back, 1, 1), end=date(today.year - back, 12, 31))


_SPANS: Mapping[str, Callable[[date], Period]] = MappingProxyType(
    {
        "today": _day(0),
        "yesterday": _day(1),
        "this_week": _week(0),
        "last_week": _week(1),
        "this_month": _month(0),
        "last_month": _month(1),
        "this_quarter": _quarter(0),
        "last_quarter": _quarter(1),
        "this_year": _year(0),
        "last_year": _year(1),
    }
)
