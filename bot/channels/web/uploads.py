"""Take a PDF that somebody drops on the page into the house, to be checked; the answer comes by the events."""

from __future__ import annotations

import re

from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.channels.web.front import CHANNEL, PLACE, Front
from bot.channels.web.refusals import Refused
from bot.message import Message
from locales.words import LANGUAGES

MESSAGE_ID = re.compile(r"[A-Za-z0-9_-]{8,64}")
PDF = "application/pdf"


class UploadDesk:
    """Accept files: the body is the file, the address names the page's own identity of the message."""

    def __init__(self, front: Front) -> None:
        self._front = front
        self._most = int(front.counter.settings.upload_megabytes * 1_000_000)

    def routes(self) -> list[Route]:
        """Give the address answered here."""
        return [Route("/api/uploads/{message_id}", self.post, methods=["POST"])]

    async def post(self, request: Request) -> Response:
        """Accept a file: `taken` is False where it had come before."""
        visitor = self._front.visitor(request)
        message_id = request.path_params["message_id"]
        if not MESSAGE_ID.fullmatch(message_id):
            raise Refused(404, "not_here")
        if request.headers.get("Content-Type", "").partition(";")[0].strip().lower() != PDF:
            raise Refused(415, "not_a_pdf")
        language = request.query_params.get("language", "")
        message = Message(
            channel=CHANNEL,
            account_key=visitor.account_key,
            place_key=PLACE,
            event_id=message_id,
            upload=await self._read(request),
            language_hint=language if language in LANGUAGES else None,
        )
        accepted = await self._front.counter.intake.accept(message)
        taken = accepted.inbox_id is not None
        if taken:
            self._front.counter.house.metrics.messages.labels(CHANNEL).inc()
        return JSONResponse({"taken": taken}, 202)

    async def _read(self, request: Request) -> bytes:
        """Read the body up to the size that is checked; what says that it is longer is not read at all."""
        announced = request.headers.get("Content-Length", "")
        if announced.isdecimal() and int(announced) > self._most:
            raise Refused(413, "too_large")
        content = bytearray()
        try:
            async for piece in request.stream():
                content += piece
                if len(content) > self._most:
                    raise Refused(413, "too_large")
        except ClientDisconnect:
            raise Refused(400, "broken_off") from None
        return bytes(content)
