"""Ask a service that is slow, down, or answers rubbish; ask it rarely (TRK-1)."""

import time
from collections.abc import AsyncIterator
from datetime import date, datetime

import pytest

from services.calendar import BRUSSELS
from services.tracking.http import HttpTracking
from services.tracking.source import TrackedItem, TrackingDown
from tests.services.tracking.loopback import Loopback, open_loopback

ITEM = TrackedItem("RR100000016BE", "4000", "registered", date(2026, 11, 18))
NOW = datetime(2026, 11, 22, 12, tzinfo=BRUSSELS)
TOLD = {"itemCode": ITEM.barcode, "status": "on_its_way", "at": "2026-11-19T08:10:00+01:00"}


class HandClock:
    """Seconds that grow when told to."""

    def __init__(self) -> None:
        self.seconds = 1000.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
async def loopback() -> AsyncIterator[Loopback]:
    async with open_loopback() as served:
        served.items[ITEM.barcode] = TOLD
        yield served


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
async def tracking(loopback: Loopback, clock: HandClock) -> AsyncIterator[HttpTracking]:
    http = HttpTracking(loopback.address, key="s3cret", timeout=0.2, clock=clock)
    yield http
    await http.close()


async def fails(tracking: HttpTracking) -> str:
    with pytest.raises(TrackingDown) as fault:
        await tracking.whereabouts(ITEM, NOW)
    return fault.value.reason


async def test_service_is_asked_for_the_item_its_postcode_and_with_the_key(
    tracking: HttpTracking, loopback: Loopback
) -> None:
    seen = await tracking.whereabouts(ITEM, NOW)
    assert seen is not None
    assert (seen.status, seen.at.isoformat(), seen.is_demo) == (
        "on_its_way",
        "2026-11-19T08:10:00+01:00",
        False,
    )
    assert loopback.asked == [{"itemCode": ITEM.barcode, "postalCode": "4000"}]
    assert loopback.authorised == ["Bearer s3cret"]


async def test_answer_is_remembered_for_a_minute(
    tracking: HttpTracking, loopback: Loopback, clock: HandClock
) -> None:
    await tracking.whereabouts(ITEM, NOW)
    clock.seconds += 59
    await tracking.whereabouts(ITEM, NOW)
    assert len(loopback.asked) == 1
    clock.seconds += 1
    await tracking.whereabouts(ITEM, NOW)
    assert len(loopback.asked) == 2


async def test_knowing_nothing_is_remembered_too(tracking: HttpTracking, loopback: Loopback) -> None:
    loopback.items.clear()
    assert await tracking.whereabouts(ITEM, NOW) is None
    assert await tracking.whereabouts(ITEM, NOW) is None
    assert len(loopback.asked) == 1


@pytest.mark.parametrize("mood", ["silent", "dribbling", "failing", "moved", "rubbish", "endless"])
async def test_fault_of_the_service_is_told_within_the_timeout(
    tracking: HttpTracking, loopback: Loopback, mood: str
) -> None:
    loopback.mood = mood
    started = time.monotonic()
    assert await fails(tracking)
    assert time.monotonic() - started < 2


@pytest.mark.parametrize(
    "told",
    [
        {**TOLD, "itemCode": "RR100000020BE"},
        {**TOLD, "status": "teleported"},
        {**TOLD, "at": "2026-11-19T08:10:00"},
        {"itemCode": ITEM.barcode},
    ],
)
async def test_answer_that_is_none_is_a_fault(
    tracking: HttpTracking, loopback: Loopback, told: dict[str, str]
) -> None:
    loopback.items[ITEM.barcode] = told
    assert await fails(tracking)


async def test_refused_connection_is_a_fault(clock: HandClock) -> None:
    async with open_loopback() as gone:
        address = gone.address
    http = HttpTracking(address, clock=clock)
    assert await fails(http)
    await http.close()


async def test_service_is_left_alone_after_three_failures_and_tried_once_later(
    tracking: HttpTracking, loopback: Loopback, clock: HandClock
) -> None:
    loopback.mood = "failing"
    for _ in range(3):
        await fails(tracking)
    assert await fails(tracking) == "left alone after failures in a row"
    assert len(loopback.asked) == 3
    clock.seconds += 30
    await fails(tracking)
    assert len(loopback.asked) == 4
    # The try failed: alone again, for another pause.
    clock.seconds += 29
    await fails(tracking)
    assert len(loopback.asked) == 4
    loopback.mood = "well"
    clock.seconds += 1
    assert await tracking.whereabouts(ITEM, NOW) is not None


async def test_success_forgets_earlier_failures(
    tracking: HttpTracking, loopback: Loopback, clock: HandClock
) -> None:
    for _ in range(3):
        loopback.mood = "failing"
        await fails(tracking)
        await fails(tracking)
        loopback.mood = "well"
        assert await tracking.whereabouts(ITEM, NOW) is not None
        clock.seconds += 61
    assert len(loopback.asked) == 9
