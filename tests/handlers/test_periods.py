"""Show that periods are widened to whole months (INV-3) and offered by their usual names (GEN-6)."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from handlers.periods import Period, month_before, month_of, months_in, predefined, widen

DAYS = st.dates(date(1990, 1, 1), date(2100, 12, 31))


@pytest.mark.rule("INV-3")
@pytest.mark.parametrize(
    ("start", "end", "first", "last"),
    [
        ("2026-10-03", "2026-10-15", "2026-10-01", "2026-10-31"),
        ("2028-02-10", "2028-02-10", "2028-02-01", "2028-02-29"),
        ("2027-02-28", "2027-02-28", "2027-02-01", "2027-02-28"),
        ("2100-02-01", "2100-02-05", "2100-02-01", "2100-02-28"),
        ("2025-12-31", "2026-01-01", "2025-12-01", "2026-01-31"),
    ],
)
def test_part_of_a_month_becomes_the_whole_month(start: str, end: str, first: str, last: str) -> None:
    widened = widen(Period.model_validate({"start": start, "end": end}))
    assert widened.dump() == {"start": first, "end": last}


@given(DAYS, st.integers(0, 800))
def test_widened_period_holds_the_period_and_is_wide_enough(start: date, days: int) -> None:
    period = Period(start=start, end=start + timedelta(days=days))
    widened = widen(period)
    assert widened.start <= period.start <= period.end <= widened.end
    assert widen(widened) == widened
    assert months_in(period) == months_in(widened)
    assert months_in(period)[0] == widened.start


def test_months_are_counted_over_years() -> None:
    assert months_in(Period(start=date(2025, 11, 30), end=date(2026, 2, 1))) == (
        date(2025, 11, 1),
        date(2025, 12, 1),
        date(2026, 1, 1),
        date(2026, 2, 1),
    )


@given(DAYS, st.integers(0, 36))
def test_month_before_is_that_many_months_earlier(day: date, count: int) -> None:
    earlier = month_before(day, count)
    assert len(months_in(Period(start=earlier, end=day))) == count + 1


@pytest.mark.rule("GEN-6")
@pytest.mark.parametrize(
    ("today", "last_month", "last_three"),
    [
        (date(2026, 11, 22), ("2026-10-01", "2026-10-31"), ("2026-08-01", "2026-10-31")),
        (date(2026, 1, 1), ("2025-12-01", "2025-12-31"), ("2025-10-01", "2025-12-31")),
        (date(2028, 3, 31), ("2028-02-01", "2028-02-29"), ("2027-12-01", "2028-02-29")),
    ],
)
def test_predefined_periods_end_before_this_month(
    today: date, last_month: tuple[str, str], last_three: tuple[str, str]
) -> None:
    offered = {
        option.label.msgid: (option.value["start"], option.value["end"]) for option in predefined(today)
    }
    assert offered["Last month"] == last_month
    assert offered["Last 3 months"] == last_three
    assert offered["This year"] == (f"{today.year}-01-01", f"{today.year}-12-31")
    assert offered["Last year"] == (f"{today.year - 1}-01-01", f"{today.year - 1}-12-31")


def test_period_that_ends_before_it_begins_is_no_period() -> None:
    with pytest.raises(ValidationError, match="before"):
        Period(start=date(2026, 10, 2), end=date(2026, 10, 1))


def test_month_of_a_leap_day_has_twenty_nine_days() -> None:
    assert month_of(date(2028, 2, 29)).end == date(2028, 2, 29)
