"""Show that the periods offered where a list is too long really fit (GEN-5)."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.invoice_limits import periods_that_fit
from handlers.periods import Period
from services.invoices import LIMIT, MonthCount


def counts(**of_month: int) -> list[MonthCount]:
    return [MonthCount(date.fromisoformat(f"{m[1:5]}-{m[5:]}-01"), n) for m, n in of_month.items()]


def shown(period: Period) -> tuple[str, str]:
    return period.start.isoformat(), period.end.isoformat()


@pytest.mark.rule("GEN-5")
def test_longest_periods_that_fit_are_offered() -> None:
    rows = counts(m202610=600, m202609=600, m202604=500, m202603=300, m202602=300, m202512=900, m202508=1200)
    assert [shown(period) for period in periods_that_fit(rows)] == [
        ("2026-10-01", "2026-12-31"),
        ("2026-07-01", "2026-09-30"),
        ("2026-04-01", "2026-06-30"),
        ("2026-01-01", "2026-03-31"),
        ("2025-10-01", "2025-12-31"),
    ]


@pytest.mark.rule("GEN-5")
def test_month_that_does_not_fit_is_not_offered() -> None:
    assert list(periods_that_fit(counts(m202610=1001))) == []
    assert [shown(p) for p in periods_that_fit(counts(m202610=1000))] == [("2026-01-01", "2026-12-31")]


@given(
    st.dictionaries(
        st.dates(date(2020, 1, 1), date(2026, 12, 31)).map(lambda d: d.replace(day=1)), st.integers(1, 1500)
    )
)
def test_every_offered_period_fits_and_none_that_fits_is_lost(found: dict[date, int]) -> None:
    offered = list(periods_that_fit([MonthCount(month, count) for month, count in found.items()]))
    for period in offered:
        assert 0 < sum(n for month, n in found.items() if period.start <= month <= period.end) <= LIMIT
    for month, count in found.items():
        covered = [period for period in offered if period.start <= month <= period.end]
        assert len(covered) == (count <= LIMIT)
    assert offered == sorted(offered, key=lambda period: period.start, reverse=True)
