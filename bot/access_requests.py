"""Pass requests for access on: to the company's administrators, or to the Service Centre (ACC-1, ACC-2)."""

from __future__ import annotations

from datetime import datetime

from bot.turn import House
from handlers.first_access import answer_due, request_in_words
from handlers.session import Session
from services.database import Scope, Transaction
from services.first_access import RequestRecord, Route, take_request, take_waiting
from services.notices import Notices


class AccessRequests:
    """Look at each new request once."""

    def __init__(self, house: House) -> None:
        self._house = house

    async def run(self, request_id: str) -> None:
        """Find out who decides, and ask them; run again, it finds that the request was looked at."""
        now = self._house.clock.now()
        async with self._house.database.transaction(Scope(duty="agent")) as session:
            route = await take_request(session, request_id, now)
            if route is None:
                return
            if route.deciders:
                await self._ask(session, route)
            else:
                await self._open_ticket(session, route.request, now)

    async def pass_on(self, timestamp: int | None = None) -> None:  # noqa: ARG002 - the engine passes it
        """Pass on to the Service Centre what administrators leave undecided for half of the time promised (ACC-1)."""
        now = self._house.clock.now()

        def is_late(request: RequestRecord) -> bool:
            due_at = answer_due(str(request.details["product"]), request.asked_at, self._house.calendar)
            return now >= request.asked_at + (due_at - request.asked_at) / 2

        async with self._house.database.transaction(Scope(duty="agent")) as session:
            for request in await take_waiting(session, is_late):
                await self._open_ticket(session, request, now)

    async def _ask(self, session: Transaction, route: Route) -> None:
        notices, request = Notices(session, self._house.jobs), route.request
        for user_id in route.deciders:
            await notices.to_person(
                user_id,
                "asked",
                request.language,
                request=request.id,
                name=request.details["name"],
                email=request.details["email"],
                company=route.company_name,
            )

    async def _open_ticket(self, session: Transaction, request: RequestRecord, now: datetime) -> None:
        who = Session(account_id=0, language=request.language)
        desk = self._house.desk(session, request.conversation_id, who, now)
        await desk.tickets.open(
            conversation_id=request.conversation_id,
            user_id=request.user_id,
            company_id=None,
            language=request.language,
            subject="access",
            summary=request_in_words(request),
            transcript=(),
            now=now,
            due_at=answer_due(str(request.details["product"]), request.asked_at, desk.calendar),
        )
