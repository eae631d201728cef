"""Let a browser in: a token of its own, and in the demo the person it wants to play."""

from __future__ import annotations

import secrets

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.channels.web.bodies import Play, read_body
from bot.channels.web.front import CHANNEL, Front
from bot.channels.web.personas import email_of
from bot.channels.web.refusals import Refused
from bot.seals import Visitor
from services.demo.cast import PERSONAS
from services.people import People, find_account


class Visits:
    """Give and renew tokens."""

    def __init__(self, front: Front) -> None:
        self._front = front

    def routes(self) -> list[Route]:
        """Give the addresses answered here; the persona switch exists in the demo only."""
        routes = [Route("/api/session", self.begin, methods=["POST"])]
        if self._front.demo:
            routes.append(Route("/api/persona", self.play, methods=["POST"]))
        return routes

    async def begin(self, request: Request) -> Response:
        """Let a new browser in, or renew the token of one that comes back before it ends."""
        known = None
        if "Authorization" in request.headers:
            try:
                known = self._front.visitor(request)
            except Refused:
                known = None
        return self._welcome(known or Visitor(secrets.token_urlsafe(18)))

    async def play(self, request: Request) -> Response:
        """Give this browser the chat account of a demo person: one of its own, linked as a code would link it."""
        visitor = self._front.visitor(request)
        persona = (await read_body(request, Play)).persona
        if persona not in PERSONAS:
            raise Refused(422, "nobody")
        playing = Visitor(visitor.name, persona)
        email = email_of(persona)
        async with self._front.counter.database.transaction() as session:
            account_id = await find_account(session, CHANNEL, playing.account_key)
            people = People(session)
            user = await people.user_by_email(email) if email is not None else None
            await people.link(account_id, user.id if user else None)
        return self._welcome(playing)

    def _welcome(self, visitor: Visitor) -> Response:
        return JSONResponse({"token": self._front.seals.session(visitor), "persona": visitor.persona})
