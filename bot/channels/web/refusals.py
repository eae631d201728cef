"""Refuse a request with a short code that the page turns into words, and answer the database's absence."""

from __future__ import annotations

import structlog
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from services.jobs import is_passing

log = structlog.get_logger()

RETRY_SECONDS = 2
BODY_UNREAD = frozenset({401, 404, 405, 413, 415})


class Refused(Exception):
    """A request that is not carried out; `code` is for programs and never shown as it is."""

    def __init__(self, status: int, code: str) -> None:
        super().__init__(code)
        self.status = status
        self.code = code


async def refuse(_request: Request, error: Exception) -> Response:
    """Answer a refusal."""
    assert isinstance(error, Refused)
    return refusal(error.status, error.code)


def refusal(status: int, code: str) -> Response:
    """Make the answer of a refusal."""
    response = JSONResponse({"error": code}, status)
    if status == 401:
        response.headers["WWW-Authenticate"] = "Bearer"
    if status in BODY_UNREAD:
        # What is still being sent is not waited for.
        response.headers["Connection"] = "close"
    if status in {429, 503}:
        response.headers["Retry-After"] = str(RETRY_SECONDS)
    return response


class Mishaps:
    """Answer what goes wrong inside with a code instead of a trace; what passes is to be tried again."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on."""
        begun = False

        async def noticing(message: Message) -> None:
            nonlocal begun
            begun = begun or message["type"] == "http.response.start"
            await send(message)

        try:
            await self._app(scope, receive, noticing)
        except Exception as error:
            # A page behind a proxy must hear something it can act on, whatever went wrong.
            passing = is_passing(error)
            if not passing:
                log.exception("request_failed", error=type(error).__name__)
            if begun or scope["type"] != "http":
                if passing:
                    return
                raise
            answer = refusal(503, "unavailable") if passing else refusal(500, "fault")
            await answer(scope, receive, send)
