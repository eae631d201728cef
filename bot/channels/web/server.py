"""Run the web server in this process until it is told to stop, and let open streams end well."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import uvicorn
from starlette.applications import Starlette

from services.news import News

CLOSING_SECONDS = 5
PORTS_TRIED = 20


class WebServer(uvicorn.Server):
    """A server that leaves signals to the command that runs it and says when it answers."""

    def __init__(self, application: Starlette) -> None:
        super().__init__(
            uvicorn.Config(
                application,
                # Addresses of files are leave to fetch them, and who comes when is nobody's business.
                access_log=False,
                log_config=None,
                server_header=False,
                ws="none",
                lifespan="off",
                timeout_graceful_shutdown=CLOSING_SECONDS,
                timeout_keep_alive=30,
            )
        )
        self.answers = asyncio.Event()

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leave signals alone."""
        yield

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin to answer."""
        await super().startup(sockets)
        self.answers.set()


async def serve(server: WebServer, news: News, listening: socket.socket, stop: asyncio.Event) -> None:
    """Answer until `stop` is set; then the streams end, what is under way is finished, and the socket closes."""
    listener = asyncio.create_task(news.run(), name="news")
    running = asyncio.create_task(server.serve([listening]), name="web")
    stopping = asyncio.create_task(stop.wait(), name="stop")
    try:
        await asyncio.wait((running, stopping), return_when=asyncio.FIRST_COMPLETED)
    finally:
        stopping.cancel()
        news.end()
        server.should_exit = True
        await running
        listener.cancel()
        with suppress(asyncio.CancelledError):
            await listener


def listen(host: str, port: int, *, tries: int = 1) -> socket.socket:
    """Take a port, or the next free one within so many tries; raises OSError where none is free."""
    for attempt in range(tries):
        try:
            return _bind(host, port + attempt if port else 0)
        except OSError:
            if attempt == tries - 1:
                raise
    raise AssertionError("a port is tried at least once")


def _bind(host: str, port: int) -> socket.socket:
    family, kind, protocol, _name, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    listening = socket.socket(family, kind, protocol)
    try:
        # Restarting must not wait for the last connections of the run before.
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(address)
        listening.listen(128)
    except OSError:
        listening.close()
        raise
    listening.setblocking(False)
    return listening


def address_of(listening: socket.socket) -> str:
    """Give the address at which a browser on this machine reaches a socket."""
    host, port = listening.getsockname()[:2]
    if host in {"0.0.0.0", "::"}:  # noqa: S104 - compared, not bound
        host = "localhost"
    return f"http://{f'[{host}]' if ':' in host else host}:{port}/"
