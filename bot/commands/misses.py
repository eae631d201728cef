"""List what was not surely understood: `guichet misses`."""

from __future__ import annotations

import asyncio

import click

from bot.settings import Settings
from bot.wiring import database_address
from services.conversations import frequent_misses
from services.database import Database
from services.schema import migrate


async def run_misses(settings: Settings, limit: int) -> None:
    """Print the most frequent misses, a line each."""
    address = await asyncio.to_thread(database_address, settings)
    await asyncio.to_thread(migrate, address)
    database = Database(address)
    async with database.transaction() as session:
        found = await frequent_misses(session, limit)
    await database.close()
    for miss in found:
        click.echo(
            f"{miss.count:4d}  {miss.language or '-':2}  {miss.outcome:8}  {miss.intent:24}  {miss.text}"
        )
