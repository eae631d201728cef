"""Put the web channel together as one ASGI application."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response

from bot.channels.web.agents import Agents
from bot.channels.web.events import HEARTBEAT_SECONDS, Events
from bot.channels.web.files import FileDesk
from bot.channels.web.front import Front
from bot.channels.web.headers import SecurityHeaders
from bot.channels.web.health import Health
from bot.channels.web.messages import Messages
from bot.channels.web.pages import Pages
from bot.channels.web.refusals import Mishaps, Refused, refusal, refuse
from bot.channels.web.uploads import UploadDesk
from bot.channels.web.visits import Visits
from bot.clock import Clock, SystemClock
from bot.seals import Seals
from bot.wiring import Counter
from services.news import News


def make_front(counter: Counter, news: News, *, demo: bool = False, clock: Clock | None = None) -> Front:
    """Give the web channel its place at a counter; `clock` is that of tokens and files."""
    clock = clock or SystemClock()
    seals = Seals(counter.secret, clock, file_minutes=counter.settings.file_minutes)
    return Front(counter, news, seals, clock, demo=demo)


def make_application(front: Front, *, heartbeat_seconds: float = HEARTBEAT_SECONDS) -> Starlette:
    """Build the application that a web server runs."""
    pages = Pages(front)
    parts = (
        pages,
        Visits(front),
        Messages(front),
        UploadDesk(front),
        Events(front, heartbeat_seconds=heartbeat_seconds),
        FileDesk(front, pages),
        Agents(front, heartbeat_seconds=heartbeat_seconds),
        Health(front),
    )
    https = front.counter.settings.public_url.startswith("https://")
    return Starlette(
        routes=[
            *(route for part in parts for route in part.routes()),
            *(route for platform in front.counter.platforms for route in platform.routes(front.counter)),
        ],
        middleware=[Middleware(SecurityHeaders, https=https), Middleware(Mishaps)],
        exception_handlers={Refused: refuse, 404: _not_here, 405: _not_so},
    )


async def _not_here(_request: Request, _error: Exception) -> Response:
    return refusal(404, "not_here")


async def _not_so(_request: Request, _error: Exception) -> Response:
    return refusal(405, "not_so")
