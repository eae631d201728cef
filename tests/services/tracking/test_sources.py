"""Hold both sources of whereabouts to one promise (TRK-1)."""

from collections.abc import AsyncIterator
from datetime import date, datetime, timedelta

import pytest

from services.calendar import BRUSSELS, BusinessCalendar
from services.tracking.demo import DemoTracking
from services.tracking.http import HttpTracking
from services.tracking.source import STATUSES, TrackedItem, TrackingSource, Whereabouts
from tests.services.tracking.loopback import open_loopback

ITEM = TrackedItem("RR100000016BE", "4000", "registered", date(2026, 11, 18), is_demo=True)
UNKNOWN = TrackedItem("RR100000020BE", "4000", "registered", date(2026, 11, 18), is_demo=False)
NOW = datetime(2026, 11, 22, 12, tzinfo=BRUSSELS)


@pytest.fixture(params=["demo", "http"])
async def source(request: pytest.FixtureRequest) -> AsyncIterator[TrackingSource]:
    if request.param == "demo":
        yield DemoTracking(BusinessCalendar())
        return
    async with open_loopback() as loopback:
        told = {"itemCode": ITEM.barcode, "status": "delivered", "at": "2026-11-19T10:12:00+01:00", "more": 1}
        loopback.items[ITEM.barcode] = told
        http = HttpTracking(loopback.address)
        yield http
        await http.close()


@pytest.mark.rule("TRK-1")
async def test_source_tells_a_status_of_the_past_with_its_moment(source: TrackingSource) -> None:
    seen = await source.whereabouts(ITEM, NOW)
    assert seen is not None
    assert seen.barcode == ITEM.barcode
    assert seen.status in STATUSES
    assert seen.at.utcoffset() is not None
    assert seen.at <= NOW


@pytest.mark.rule("TRK-1", "GEN-8")
async def test_source_knows_nothing_of_other_items(source: TrackingSource) -> None:
    assert await source.whereabouts(UNKNOWN, NOW) is None


async def test_source_says_the_same_when_asked_again(source: TrackingSource) -> None:
    assert await source.whereabouts(ITEM, NOW) == await source.whereabouts(ITEM, NOW)


async def on(moment: datetime, handed_over: date = date(2026, 11, 20), barcode: str = "RR1BE") -> Whereabouts:
    item = TrackedItem(barcode, "4000", "registered", handed_over, is_demo=True)
    seen = await DemoTracking(BusinessCalendar()).whereabouts(item, moment)
    assert seen is not None
    return seen


@pytest.mark.parametrize(
    ("moment", "status"),
    [
        (datetime(2026, 11, 20, 17, 29, tzinfo=BRUSSELS), "announced"),
        (datetime(2026, 11, 20, 17, 30, tzinfo=BRUSSELS), "received"),
        # Nothing moves at the weekend.
        (datetime(2026, 11, 22, 23, 59, tzinfo=BRUSSELS), "received"),
        (datetime(2026, 11, 23, 4, 40, tzinfo=BRUSSELS), "sorted"),
        (datetime(2026, 11, 23, 8, 10, tzinfo=BRUSSELS), "on_its_way"),
        (datetime(2026, 12, 23, 8, 10, tzinfo=BRUSSELS), "delivered"),
    ],
)
async def test_demo_item_goes_its_way_on_business_days(moment: datetime, status: str) -> None:
    assert (await on(moment)).status == status


async def test_demo_marks_its_items_and_lets_some_wait() -> None:
    day = datetime(2026, 11, 24, 0, tzinfo=BRUSSELS)
    seen = [await on(day, barcode=f"RR{number}BE") for number in range(80)]
    assert all(one.is_demo for one in seen)
    waiting = [one for one in seen if one.status == "to_collect"]
    assert 1 <= len(waiting) <= 20
    later = await on(day + timedelta(days=10), barcode=waiting[0].barcode)
    assert later.status == "delivered"


async def test_demo_item_of_the_last_day_of_summer_time_keeps_its_hours() -> None:
    seen = await on(datetime(2026, 10, 26, 4, 40, tzinfo=BRUSSELS), handed_over=date(2026, 10, 23))
    assert (seen.status, seen.at.hour) == ("sorted", 4)
