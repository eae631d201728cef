"""Say whether this process lives, whether it can work, and how much it does."""

from __future__ import annotations

from prometheus_client import CONTENT_TYPE_LATEST
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.channels.web.front import Front
from services.health import count_workers
from services.jobs import STALLED_SECONDS, is_passing


class Health:
    """Answer what watches the service."""

    def __init__(self, front: Front) -> None:
        self._front = front

    def routes(self) -> list[Route]:
        """Give the addresses answered here."""
        return [
            Route("/healthz", self.lives),
            Route("/readyz", self.is_ready),
            Route("/metrics", self.metrics),
        ]

    async def lives(self, _request: Request) -> Response:
        """Answer: that is all there is to show."""
        return JSONResponse({"status": "ok"})

    async def is_ready(self, _request: Request) -> Response:
        """Tell whether the database answers and somebody does jobs, here or in another process."""
        parts = {"database": False, "jobs": False}
        try:
            async with self._front.counter.database.transaction() as session:
                parts["jobs"] = await count_workers(session, STALLED_SECONDS) > 0
                parts["database"] = True
        except Exception as error:
            if not is_passing(error):
                raise
        ready = all(parts.values()) and not self._front.news.is_over
        return JSONResponse({"status": "ok" if ready else "not ready", **parts}, 200 if ready else 503)

    async def metrics(self, _request: Request) -> Response:
        """Give the counters."""
        page = self._front.counter.house.metrics.page()
        return Response(page, headers={"Content-Type": CONTENT_TYPE_LATEST})
