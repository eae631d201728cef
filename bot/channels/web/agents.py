"""Let the agents of the Service Centre work on requests from a page: the same services and handlers as by chat (TIC-2).

Every request is checked anew: only an agent who is at work, with rights of their own, gets anything (ACC-10).
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from bot.channels.web.agents_acts import ACTS, carry_out
from bot.channels.web.agents_showing import shown_card, shown_file, shown_table, shown_ticket
from bot.channels.web.agents_work import at_work
from bot.channels.web.bodies import read_body
from bot.channels.web.events import HEARTBEAT_SECONDS, MOST_STREAMS, counted, write
from bot.channels.web.front import Front
from bot.channels.web.refusals import Refused
from bot.channels.web.showing import Event
from bot.seals import Visitor
from handlers.reply import Table
from handlers.request import Request as Wish
from handlers.ticket_words import SUBJECTS
from locales.words import LANGUAGES, words_of
from services.agents_view import count_queue, list_colleagues, read_card
from services.canned_answers import CannedAnswers
from services.jobs import is_passing
from services.news import TICKETS
from services.page_acts import is_first
from services.ticket_queue import QueueFilter
from services.ticket_states import STATES
from services.tickets import UnknownTicket

Json = dict[str, Any]

MOST_TICKETS = 100
TICKET = "/api/agent/tickets/{number}"


class Agents:
    """Show the queue and the requests, and do what agents do with them."""

    def __init__(self, front: Front, *, heartbeat_seconds: float = HEARTBEAT_SECONDS) -> None:
        self._front = front
        self._heartbeat_seconds = heartbeat_seconds
        self._checking: set[asyncio.Task[bool]] = set()

    def routes(self) -> list[Route]:
        """Give the addresses answered here: one for each thing that can be done, so that none is taken for another."""
        return [
            Route("/api/agent/queue", self.queue),
            Route("/api/agent/events", self.events),
            Route(TICKET, self.file),
            Route(f"{TICKET}/macros", self.macros),
            Route(f"{TICKET}/lately", self.lately),
            *(Route(f"{TICKET}/{name}", self._doing(name), methods=["POST"]) for name in ACTS),
        ]

    async def queue(self, request: Request) -> Response:
        """Give the tickets that a filter leaves, those due first in front, and how many there are of each kind."""
        wanted = _filter(request)
        async with at_work(self._front, request) as work:
            tickets = await work.queue.list_queue(wanted, work.now, MOST_TICKETS)
            async with work.queue.at_work() as session:
                counts = await count_queue(session, work.person.id, work.now)
                colleagues = await list_colleagues(session, work.person.id)
            rights = await work.desk.people.agent_rights(work.person.id)
        return JSONResponse(
            {
                "me": {
                    "name": work.person.name,
                    "language": work.who.language,
                    "reads_audit": "audit" in rights,
                },
                "tickets": [shown_ticket(ticket, work) for ticket in tickets],
                "counts": dict(counts),
                "colleagues": [{"name": one.name, "email": one.email} for one in colleagues],
            }
        )

    async def file(self, request: Request) -> Response:
        """Give all about a ticket, beside whom it comes from; that somebody read it is noted once a day (ACC-9)."""
        number = request.path_params["number"]
        async with at_work(self._front, request) as work:
            try:
                file = await work.queue.open_file(number)
            except UnknownTicket:
                raise Refused(404, "no_such_ticket") from None
            async with work.queue.at_work() as session:
                card = await read_card(session, file.ticket)
            if await is_first(work.session, work.who.account_id, f"read:{number}:{work.now:%F}", work.now):
                await work.note(file.ticket, "ticket.read")
        return JSONResponse({**shown_file(file, work), "card": shown_card(card)})

    async def macros(self, request: Request) -> Response:
        """Give the canned answers in the customer's language, their places filled, to be edited before they go."""
        number = request.path_params["number"]
        async with at_work(self._front, request) as work:
            try:
                ticket = await work.queue.find(number)
                names = await work.queue.names_of(number)
            except UnknownTicket:
                raise Refused(404, "no_such_ticket") from None
            async with work.queue.at_work() as session:
                answers = CannedAnswers(session)
                filled = [
                    {"code": one.code, "text": await answers.write(one.code, one.language, names)}
                    for one in await answers.list_all(ticket.language)
                ]
        return JSONResponse({"macros": filled, "language": ticket.language})

    async def lately(self, request: Request) -> Response:
        """Give what the audit log knows of the customer, to agents who may read it; the search itself is noted."""
        number = request.path_params["number"]
        async with at_work(self._front, request) as work:
            try:
                ticket = await work.queue.find(number)
            except UnknownTicket:
                raise Refused(404, "no_such_ticket") from None
            customer = None if ticket.customer_id is None else await work.desk.people.user(ticket.customer_id)
            route = self._front.counter.house.router.find("audit.search")
            if customer is None or route is None:
                raise Refused(404, "nobody")
            wish = Wish(route.intent, work.who, work.now, entities={"about": customer.email})
            answer = await route.handler(wish, work.desk)
        tables = [block for block in answer.blocks if isinstance(block, Table)]
        return JSONResponse({"lately": [shown_table(table, words_of(work.who.language)) for table in tables]})

    def _doing(self, name: str) -> Callable[[Request], Awaitable[Response]]:
        act = ACTS[name]

        async def do(request: Request) -> Response:
            number = request.path_params["number"]
            self._front.visitor(request)
            body = await read_body(request, act.body)
            async with at_work(self._front, request) as work:
                done = await carry_out(self._front.counter.house, work, act, number, body)
            return JSONResponse(done, 200)

        return do

    async def events(self, request: Request) -> Response:
        """Tell a page whenever a ticket has changed; what has changed it asks for itself."""
        visitor = self._front.visitor(request)
        if self._front.streams.get(visitor.account_key, 0) >= MOST_STREAMS:
            raise Refused(429, "too_many_streams")
        async with at_work(self._front, request):
            pass
        return StreamingResponse(
            self._stream(request, visitor),
            media_type="text/event-stream",
            headers={"X-Accel-Buffering": "no", "Cache-Control": "no-store, no-transform"},
        )

    async def _stream(self, request: Request, visitor: Visitor) -> AsyncIterator[str]:
        news = self._front.news
        with counted(self._front, visitor):
            async with news.subscribe(TICKETS) as woken:
                while True:
                    woken.clear()
                    try:
                        stays = await self._check(request)
                    except Exception as error:
                        if not is_passing(error):
                            raise
                        return  # the page comes back
                    if not stays:
                        yield write(Event("over", {}))
                        return
                    yield write(Event("changed", {}))
                    if news.is_over:
                        return
                    # At each sign of life everything is looked at anew: what is overdue by now, and a lost word.
                    try:
                        async with asyncio.timeout(self._heartbeat_seconds):
                            await woken.wait()
                    except TimeoutError:
                        continue

    async def _check(self, request: Request) -> bool:
        """Tell whether who reads is still an agent at work; to the end even where the page has just gone."""
        task = asyncio.create_task(self._is_at_work(request))
        self._checking.add(task)
        task.add_done_callback(self._checking.discard)
        return await asyncio.shield(task)

    async def _is_at_work(self, request: Request) -> bool:
        try:
            async with at_work(self._front, request):
                return True
        except Refused:
            return False


def _filter(request: Request) -> QueueFilter:
    """Read which tickets are wanted; raises Refused for what no filter knows."""
    said = request.query_params
    state, subject, language = said.get("state"), said.get("subject"), said.get("language")
    known = (state, (None, *STATES)), (subject, (None, *SUBJECTS)), (language, (None, *LANGUAGES))
    if any(value not in values for value, values in known):
        raise Refused(422, "not_understood")
    return QueueFilter(
        state=next((one for one in STATES if one == state), None),
        subject=subject,
        language=language,
        mine=said.get("mine") == "1",
        overdue=said.get("overdue") == "1",
    )
