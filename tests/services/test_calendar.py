"""Count Belgian business days and hours."""

from datetime import UTC, date, datetime

import pytest

from locales.words import BRUSSELS
from services.calendar import BusinessCalendar

CALENDAR = BusinessCalendar()


@pytest.mark.rule("GEN-2")
@pytest.mark.parametrize(
    "day",
    [
        date(2026, 1, 1),
        date(2026, 4, 6),
        date(2026, 5, 1),
        date(2026, 5, 14),
        date(2026, 5, 25),
        date(2026, 7, 21),
        date(2026, 8, 15),
        date(2026, 11, 1),
        date(2026, 11, 11),
        date(2026, 12, 25),
        date(2026, 11, 21),
        date(2026, 11, 22),
    ],
)
def test_legal_holidays_and_weekends_are_no_business_days(day: date) -> None:
    assert not CALENDAR.is_business_day(day)


@pytest.mark.rule("GEN-2")
@pytest.mark.parametrize(
    "day", [date(2026, 11, 2), date(2026, 12, 24), date(2026, 12, 26 + 2), date(2026, 4, 3)]
)
def test_ordinary_weekdays_are_business_days(day: date) -> None:
    assert CALENDAR.is_business_day(day)


@pytest.mark.rule("GEN-2")
@pytest.mark.parametrize("year", range(2024, 2031))
def test_a_year_has_the_ten_legal_holidays_only(year: int) -> None:
    legal = [
        day
        for day in (
            date.fromordinal(n) for n in range(date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal())
        )
        if day.weekday() < 5 and not CALENDAR.is_business_day(day)
    ]
    assert len(legal) <= 10
    assert date(year, 7, 21).weekday() >= 5 or date(year, 7, 21) in legal


@pytest.mark.rule("GEN-2")
@pytest.mark.parametrize(
    ("start", "count", "expected"),
    [
        (date(2026, 11, 20), 1, date(2026, 11, 23)),
        (date(2026, 11, 10), 1, date(2026, 11, 12)),
        (date(2026, 12, 24), 4, date(2026, 12, 31)),
        (date(2026, 12, 31), 1, date(2027, 1, 4)),
        (date(2026, 11, 22), 0, date(2026, 11, 23)),
    ],
)
def test_business_days_skip_weekends_and_holidays(start: date, count: int, expected: date) -> None:
    assert CALENDAR.add_business_days(start, count) == expected


@pytest.mark.rule("TIC-1")
@pytest.mark.parametrize(
    ("start", "hours", "expected"),
    [
        ("2026-11-23T10:00", 4, "2026-11-23T14:00"),
        ("2026-11-23T16:00", 2, "2026-11-24T09:30"),
        ("2026-11-20T16:30", 1, "2026-11-23T09:00"),
        ("2026-11-22T23:59", 8, "2026-11-23T16:30"),
        ("2026-11-10T17:00", 8.5, "2026-11-12T17:00"),
        ("2026-10-23T12:00", 8.5, "2026-10-26T12:00"),
    ],
)
def test_business_hours_run_while_the_service_centre_is_open(start: str, hours: float, expected: str) -> None:
    moment = datetime.fromisoformat(start).replace(tzinfo=BRUSSELS)
    assert CALENDAR.add_business_hours(moment, hours) == datetime.fromisoformat(expected).replace(
        tzinfo=BRUSSELS
    )


@pytest.mark.rule("TIC-1", "GEN-2")
@pytest.mark.parametrize(
    ("asked", "due"),
    [
        # The clocks go forward on Sunday 29 March and back on Sunday 25 October 2026.
        ("2026-03-27T16:00", "2026-03-30T09:30"),
        ("2026-10-23T16:00", "2026-10-26T09:30"),
        ("2026-03-28T23:30", "2026-03-30T10:30"),
        ("2026-10-25T02:30", "2026-10-26T10:30"),
    ],
)
def test_two_opening_hours_over_a_change_of_the_clock_are_two(asked: str, due: str) -> None:
    start = datetime.fromisoformat(asked).replace(tzinfo=BRUSSELS)
    end = datetime.fromisoformat(due).replace(tzinfo=BRUSSELS)
    assert CALENDAR.add_business_hours(start, 2) == end
    # The same moment told in another zone is due at the same moment.
    assert CALENDAR.add_business_hours(start.astimezone(UTC), 2) == end
    assert CALENDAR.business_hours_between(start, end) == 2


@pytest.mark.rule("GEN-2")
@pytest.mark.parametrize(
    ("start", "end", "hours"),
    [
        ("2026-11-20T16:00", "2026-11-23T09:30", 2),
        ("2026-11-10T08:30", "2026-11-12T08:30", 8.5),
        ("2026-11-21T10:00", "2026-11-22T10:00", 0),
        ("2026-11-23T10:00", "2026-11-23T09:00", 0),
        ("2026-12-24T16:30", "2026-12-28T09:00", 1),
    ],
)
def test_opening_hours_between_moments_skip_nights_weekends_and_holidays(
    start: str, end: str, hours: float
) -> None:
    moments = (datetime.fromisoformat(said).replace(tzinfo=BRUSSELS) for said in (start, end))
    assert CALENDAR.business_hours_between(*moments) == hours
