"""Open the counter on invented data, which is made on first use: `guichet demo`."""

from __future__ import annotations

import asyncio
import os
import sys
import threading
import time
import webbrowser
from collections.abc import Callable

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from bot.channels.web.server import PORTS_TRIED
from bot.clock import SystemClock
from bot.commands.serve import ended_by_signals, serve_web, take_port, working
from bot.dialogue import Understander
from bot.logs import set_up_logs
from bot.settings import Settings
from bot.wiring import database_address, embedded_folder, open_counter, open_post, open_understander
from locales.words import BRUSSELS
from services.demo.loading import load_demo
from services.mail import Letter, Post
from services.schema import migrate


class ShownPost:
    """Put letters into the outbox folder and show them here: whoever tries the demo has no mailbox."""

    def __init__(self, post: Post, console: Console) -> None:
        self._post = post
        self._console = console

    async def send(self, letter: Letter) -> None:
        """Keep a letter and print it, as text and nothing else."""
        await self._post.send(letter)
        self._console.print(f"Mail to {letter.address}: {letter.subject}", style="bold", markup=False)
        self._console.print(letter.text, markup=False, highlight=False)


class Ended(Exception):
    """The person does not want the demo any more, in the middle of making its data."""


async def run_demo(settings: Settings, *, scale: float, seed: int, browser: bool) -> None:
    """Make what is missing, then serve the web chat and do its jobs in this process."""
    set_up_logs("WARNING")
    console = Console(stderr=True)
    async with ended_by_signals() as stop:
        listening = take_port(settings, tries=PORTS_TRIED)
        port = listening.getsockname()[1]
        if settings.web_port not in {0, port}:
            console.print(f"Port {settings.web_port} is taken; using {port}.")
        try:
            address, understander = await _prepare(settings, console, scale, seed, stop)
        except Ended:
            listening.close()
            return
        post = ShownPost(open_post(settings), console)
        opened = open_counter(
            settings,
            address=address,
            embedded=embedded_folder(settings),
            understander=understander,
            post=post,
        )
        async with opened as counter, working(counter):
            await serve_web(counter, listening, stop, _invitation(console, browser), demo=True)
    console.print("The counter is closed.")


async def _prepare(
    settings: Settings, console: Console, scale: float, seed: int, stop: asyncio.Event
) -> tuple[str, Understander]:
    """Read the catalogue while the database is made ready: neither needs the other."""
    reading = asyncio.create_task(asyncio.to_thread(open_understander, settings), name="read the catalogue")
    try:
        address = await asyncio.to_thread(database_address, settings)
        await asyncio.to_thread(migrate, address)
        await _load(address, console, scale, seed, stop)
        if not reading.done():
            with console.status("Learning what customers say (the first time only)…"):
                await reading
        return address, await reading
    finally:
        reading.cancel()


async def _load(address: str, console: Console, scale: float, seed: int, stop: asyncio.Event) -> None:
    """Bring the invented data up to date, saying how far it is and how fast it went."""
    today = SystemClock().now().astimezone(BRUSSELS).date()
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("days"),
        TimeRemainingColumn(),
    )
    started = time.perf_counter()
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("Inventing demo data", total=None, visible=False)

        def tell(done: int, total: int) -> None:
            if stop.is_set():
                raise Ended
            bar.update(task, completed=done, total=total, visible=True)

        loaded = await asyncio.to_thread(load_demo, address, today, seed=seed, scale=scale, progress=tell)
    if loaded.rows:
        rate = loaded.rows / (time.perf_counter() - started)
        console.print(f"Invented {loaded.rows:,} rows of demo data, {rate:,.0f} a second.")


def _invitation(console: Console, browser: bool) -> Callable[[str], None]:
    def invite(where: str) -> None:
        console.print(f"[bold]The counter is open:[/] {where}  (Ctrl+C closes it)")
        if browser and _has_display():
            # Some browsers keep the caller waiting until they are closed.
            threading.Thread(target=webbrowser.open, args=(where,), daemon=True).start()

    return invite


def _has_display() -> bool:
    if sys.platform in {"darwin", "win32"}:
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
