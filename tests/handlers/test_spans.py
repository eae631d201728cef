"""Count periods from today, across New Year, leap days and the turn of weeks (GEN-6)."""

from datetime import date, datetime

import pytest

from handlers.forms.declaration import Refusal
from handlers.request import Request
from handlers.session import Session
from handlers.spans import LABELS, check_span, name_of, predefined_spans, span_of
from locales.words import BRUSSELS


def request_on(day: date) -> Request:
    return Request(
        "item.search", Session(1, "fr"), datetime(day.year, day.month, day.day, 12, tzinfo=BRUSSELS)
    )


@pytest.mark.rule("GEN-6")
@pytest.mark.parametrize(
    ("today", "name", "start", "end"),
    [
        (date(2027, 1, 1), "yesterday", "2026-12-31", "2026-12-31"),
        (date(2027, 1, 1), "this_week", "2026-12-28", "2027-01-03"),
        (date(2027, 1, 3), "last_week", "2026-12-21", "2026-12-27"),
        (date(2027, 1, 4), "last_week", "2026-12-28", "2027-01-03"),
        (date(2027, 1, 15), "last_month", "2026-12-01", "2026-12-31"),
        (date(2027, 1, 15), "last_quarter", "2026-10-01", "2026-12-31"),
        (date(2027, 1, 15), "last_year", "2026-01-01", "2026-12-31"),
        (date(2028, 3, 1), "yesterday", "2028-02-29", "2028-02-29"),
        (date(2028, 3, 31), "last_month", "2028-02-01", "2028-02-29"),
        (date(2028, 2, 29), "last_year", "2027-01-01", "2027-12-31"),
        (date(2026, 11, 22), "this_week", "2026-11-16", "2026-11-22"),
        (date(2026, 11, 22), "this_quarter", "2026-10-01", "2026-12-31"),
        (date(2026, 12, 31), "this_month", "2026-12-01", "2026-12-31"),
    ],
)
def test_span_is_counted_from_the_day(today: date, name: str, start: str, end: str) -> None:
    assert span_of(name, today).dump() == {"start": start, "end": end}


@pytest.mark.rule("REP-3")
@pytest.mark.parametrize("today", [date(2026, 11, 22), date(2027, 1, 1), date(2028, 2, 29), date(2027, 3, 1)])
def test_period_comes_back_under_its_name(today: date) -> None:
    request = request_on(today)
    assert [name_of(option.value, request) for option in predefined_spans(today)] == list(LABELS)
    free = {"start": "2026-10-03", "end": "2026-10-04"}
    assert name_of(free, request) == free
    assert name_of("last_week", request) == "last_week"


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        ({"start": "2026-10-03", "end": "2026-10-01"}, "This period ends before it begins."),
        ({"start": "1900-01-01", "end": "1900-12-31"}, "That year is too far away."),
        ({"start": "2026-01-01", "end": "2999-12-31"}, "That year is too far away."),
        ({"start": "2026-11-23", "end": "2026-11-24"}, "That period still lies ahead of us: {period}."),
        (
            [{"start": "2026-10-03", "end": "2026-10-03"}, {"start": "2026-11-03", "end": "2026-11-03"}],
            "One period at a time, please.",
        ),
    ],
)
def test_impossible_period_is_refused_with_possible_ones(value: object, reason: str) -> None:
    refusal = check_span(value, request_on(date(2026, 11, 22)))
    assert isinstance(refusal, Refusal)
    assert refusal.phrase.msgid == reason
    assert refusal.suggestions


def test_period_up_to_the_end_of_this_week_is_taken() -> None:
    assert check_span({"start": "2026-11-22", "end": "2026-11-30"}, request_on(date(2026, 11, 22))) is None
