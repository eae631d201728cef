"""Serve what is configured: web and jobs, or one of them in a process of its own: `guichet serve`."""

from __future__ import annotations

import asyncio
import signal
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress

import click

from bot.channels.web.application import make_application, make_front
from bot.channels.web.server import WebServer, address_of, listen, serve
from bot.logs import set_up_logs
from bot.settings import Settings
from bot.wiring import Counter, open_counter
from services.news import News


async def run_serve(settings: Settings, *, only: str | None) -> None:
    """Serve until the process is told to end."""
    set_up_logs(settings.log_level)
    async with ended_by_signals() as stop:
        listening = take_port(settings) if only in {None, "web"} else None
        async with (
            open_counter(settings) as counter,
            working(counter, jobs=only in {None, "jobs"}),
            connected(counter, only=only),
        ):
            if listening is None:
                click.echo("Doing jobs." if only == "jobs" else f"Serving {only}.")
                await stop.wait()
            else:
                await serve_web(counter, listening, stop, lambda where: click.echo(f"Serving {where}"))


def take_port(settings: Settings, *, tries: int = 1) -> socket.socket:
    """Take the port of the settings, or say what to do where it is taken."""
    try:
        return listen(settings.web_host, settings.web_port, tries=tries)
    except OSError as error:
        raise click.ClickException(
            f"{settings.web_host}:{settings.web_port} cannot be listened on ({error.strerror}); "
            "choose another port with --port or GUICHET_WEB_PORT."
        ) from None


async def serve_web(
    counter: Counter,
    listening: socket.socket,
    stop: asyncio.Event,
    tell: Callable[[str], None],
    *,
    demo: bool = False,
) -> None:
    """Answer on a socket until `stop`; `tell` is given the address once it answers."""
    news = News(counter.database.address)
    server = WebServer(make_application(make_front(counter, news, demo=demo)))
    serving = asyncio.create_task(serve(server, news, listening, stop), name="serve")
    answering = asyncio.create_task(server.answers.wait())
    await asyncio.wait((serving, answering), return_when=asyncio.FIRST_COMPLETED)
    if answering.done():
        tell(address_of(listening))
    answering.cancel()
    await serving


@asynccontextmanager
async def working(counter: Counter, *, jobs: bool = True) -> AsyncIterator[None]:
    """Do jobs in this process meanwhile; at the end those under way are finished or given back."""
    if not jobs:
        yield
        return
    task = asyncio.create_task(counter.work(), name="jobs")
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


@asynccontextmanager
async def connected(counter: Counter, *, only: str | None = None) -> AsyncIterator[None]:
    """Take the events of the platforms meanwhile: of all, or of the one that this process is for."""
    wanted = [platform for platform in counter.platforms if only in {None, platform.name}]
    tasks = [asyncio.create_task(platform.run(counter), name=platform.name) for platform in wanted]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


@asynccontextmanager
async def ended_by_signals() -> AsyncIterator[asyncio.Event]:
    """Turn Ctrl+C and SIGTERM into an event, so that everything closes in good order; a second one ends at once."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()

    def leave_signals() -> None:
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.remove_signal_handler(number)

    def end() -> None:
        stop.set()
        leave_signals()

    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, end)
    try:
        yield stop
    finally:
        leave_signals()
