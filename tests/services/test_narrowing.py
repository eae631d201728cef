"""Offer narrower searches that really fit, whatever the numbers (GEN-5)."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.items import DayCount
from services.narrowing import Narrower, narrower

YEAR = date(2026, 1, 1), date(2026, 12, 31)


def evenly(start: date, end: date, item_type: str, each: int) -> list[DayCount]:
    return [
        DayCount(start + timedelta(days=number), item_type, each) for number in range((end - start).days + 1)
    ]


@pytest.mark.rule("GEN-5")
def test_months_are_offered_where_each_fits_latest_first() -> None:
    offers = narrower(evenly(*YEAR, "registered", 30), *YEAR)
    assert [(offer.start, offer.end, offer.count) for offer in offers[:2]] == [
        (date(2026, 12, 1), date(2026, 12, 31), 930),
        (date(2026, 11, 1), date(2026, 11, 30), 900),
    ]
    assert len(offers) == 6


@pytest.mark.rule("GEN-5")
def test_type_that_fits_over_the_whole_period_is_offered_first() -> None:
    counts = [*evenly(*YEAR, "registered", 30), *evenly(*YEAR, "rp", 2)]
    assert narrower(counts, *YEAR)[0] == Narrower(*YEAR, "rp", 730)


@pytest.mark.rule("GEN-5")
def test_weeks_are_offered_where_months_are_too_long_and_are_cut_at_the_edges() -> None:
    start, end = date(2026, 10, 1), date(2026, 10, 31)
    offers = narrower(evenly(start, end, "parcel", 100), start, end)
    assert [(offer.start.day, offer.end.day) for offer in offers] == [
        (26, 31),
        (19, 25),
        (12, 18),
        (5, 11),
        (1, 4),
    ]


@pytest.mark.rule("GEN-5")
def test_days_of_single_types_are_offered_where_a_day_is_too_much() -> None:
    day = date(2026, 10, 1)
    offers = narrower([DayCount(day, "parcel", 900), DayCount(day, "registered", 800)], day, day)
    assert {(offer.item_type, offer.count) for offer in offers} >= {("parcel", 900), ("registered", 800)}


@pytest.mark.rule("GEN-5")
def test_nothing_is_offered_where_nothing_fits() -> None:
    day = date(2026, 10, 1)
    assert narrower([DayCount(day, "parcel", 1001)], day, day) == ()


@pytest.mark.rule("GEN-5")
@given(
    st.lists(
        st.builds(
            DayCount,
            st.dates(YEAR[0], YEAR[1]),
            st.sampled_from(["registered", "rp", "judicial", "parcel"]),
            st.integers(1, 1500),
        ),
        min_size=1,
        max_size=60,
        unique_by=lambda count: (count.day, count.item_type),
    )
)
def test_each_offer_finds_something_and_fits(counts: list[DayCount]) -> None:
    for offer in narrower(counts, *YEAR):
        found = sum(
            count.count
            for count in counts
            if offer.start <= count.day <= offer.end and offer.item_type in (None, count.item_type)
        )
        assert found == offer.count
        assert 0 < found <= 1000
        assert YEAR[0] <= offer.start <= offer.end <= YEAR[1]
