"""Chat in the terminal: `guichet chat`."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from datetime import datetime
from pathlib import Path

import click

from bot.channels.terminal import TerminalChat, UnknownPerson
from bot.channels.terminal.screen import converse, converse_in_json
from bot.clock import FixedClock
from bot.logs import set_up_logs
from bot.settings import Settings
from bot.wiring import open_counter


async def run_chat(
    settings: Settings, *, email: str | None, now: datetime | None, as_json: bool, folder: Path
) -> None:
    """Hold one conversation, doing its jobs in this very process."""
    set_up_logs("WARNING")
    clock = FixedClock(now) if now else None
    async with open_counter(settings, clock=clock) as counter:
        try:
            conversation = await TerminalChat.open(counter, email, folder, now)
        except UnknownPerson:
            raise click.ClickException(
                f"Nobody on the portal has the address {email}. `guichet demo` creates demo people."
            ) from None
        working = asyncio.create_task(counter.work())
        try:
            await (converse_in_json(conversation) if as_json else converse(conversation))
        finally:
            working.cancel()
            with suppress(asyncio.CancelledError):
                await working
