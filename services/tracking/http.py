"""Ask a Track & Trace service over HTTP (docs/tracking.md says what it answers)."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from datetime import datetime
from typing import Annotated

import httpx
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, ValidationError

from services.tracking.breaker import CircuitBreaker
from services.tracking.cache import ShortMemory
from services.tracking.source import Status, TrackedItem, TrackingDown, Whereabouts

# A status is a few hundred bytes; what is far longer is no answer of this service.
MOST_BYTES = 65_536


class Answer(BaseModel):
    """What the service answers about an item; more may stand in it."""

    model_config = ConfigDict(populate_by_name=True)

    item_code: Annotated[str, Field(alias="itemCode")]
    status: Status
    at: AwareDatetime


class HttpTracking:
    """The whereabouts that a service at a configured address tells, asked for rarely and never for long."""

    def __init__(
        self,
        address: str,
        *,
        key: str | None = None,
        timeout: float = 2.5,
        clock: Callable[[], float] = time.monotonic,
        memory_seconds: float = 60,
        failures: int = 3,
        pause: float = 30,
    ) -> None:
        headers = {"Accept": "application/json"} | ({"Authorization": f"Bearer {key}"} if key else {})
        self._address = address
        self._timeout = timeout
        self._client = httpx.AsyncClient(headers=headers, timeout=timeout)
        self._memory: ShortMemory[Whereabouts | None] = ShortMemory(clock, seconds=memory_seconds)
        self._breaker = CircuitBreaker(clock, failures=failures, pause=pause)

    async def whereabouts(self, item: TrackedItem, now: datetime) -> Whereabouts | None:  # noqa: ARG002 - the service has its own clock
        """Give what was told a moment ago, or ask; raises TrackingDown at once while the service is left alone."""
        known = self._memory.find(item.barcode)
        if known is not None:
            return known[0]
        if not self._breaker.allows():
            raise TrackingDown("left alone after failures in a row")
        try:
            found = await self._ask(item)
        except (httpx.HTTPError, TimeoutError, ValidationError, TrackingDown) as error:
            self._breaker.failed()
            raise TrackingDown(
                type(error).__name__ if not isinstance(error, TrackingDown) else error.reason
            ) from None
        self._breaker.succeeded()
        self._memory.keep(item.barcode, found)
        return found

    async def close(self) -> None:
        """Close the connections."""
        await self._client.aclose()

    async def _ask(self, item: TrackedItem) -> Whereabouts | None:
        query = {"itemCode": item.barcode, "postalCode": item.postcode}
        # The client's own timeout starts anew with each byte; a service that dribbles must not hold a turn up.
        async with (
            asyncio.timeout(self._timeout),
            self._client.stream("GET", self._address, params=query) as answer,
        ):
            if answer.status_code == httpx.codes.NOT_FOUND:
                return None
            if answer.status_code != httpx.codes.OK:
                raise TrackingDown(f"status {answer.status_code}")
            told = Answer.model_validate_json(await _read(answer))
        if told.item_code != item.barcode:
            raise TrackingDown("an answer about another item")
        return Whereabouts(item.barcode, told.status, told.at)


async def _read(answer: httpx.Response) -> bytes:
    content = bytearray()
    async for piece in answer.aiter_bytes():
        content += piece
        if len(content) > MOST_BYTES:
            raise TrackingDown("an answer far too long")
    return bytes(content)
