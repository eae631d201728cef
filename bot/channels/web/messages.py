"""Take what a page says into the house; the answer comes by the events."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.channels.web.bodies import Incoming, clean_value, read_body
from bot.channels.web.front import CHANNEL, PLACE, Front
from bot.message import FormValues, Message
from bot.seals import Visitor


class Messages:
    """Accept messages."""

    def __init__(self, front: Front) -> None:
        self._front = front

    def routes(self) -> list[Route]:
        """Give the address answered here."""
        return [Route("/api/messages", self.post, methods=["POST"])]

    async def post(self, request: Request) -> Response:
        """Accept a message: `taken` is False where it had come before, or pressed what is over."""
        visitor = self._front.visitor(request)
        incoming = await read_body(request, Incoming)
        accepted = await self._front.counter.intake.accept(message_of(visitor, incoming))
        taken = accepted.inbox_id is not None
        if taken:
            self._front.counter.house.metrics.messages.labels(CHANNEL).inc()
        return JSONResponse({"taken": taken}, 202)


def message_of(visitor: Visitor, incoming: Incoming) -> Message:
    """Translate what the page sent."""
    form = incoming.form
    return Message(
        channel=CHANNEL,
        account_key=visitor.account_key,
        place_key=PLACE,
        event_id=incoming.id,
        text=incoming.text or "",
        press=incoming.press,
        form=None
        if form is None
        else FormValues(form.key, {name: clean_value(value) for name, value in form.values.items()}),
        unreadable=incoming.unreadable,
        language_hint=incoming.language,
    )
