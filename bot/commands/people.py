"""Set up companies, users and agents from the command line: `guichet company|user|agent …` (ACC-1)."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime

import click

from bot.settings import Settings
from bot.wiring import database_address
from handlers.first_access import normal_number
from handlers.linking import ADDRESS
from services.bootstrap import Bootstrap, NoSuchCompany, NoSuchUser
from services.database import Database, Scope
from services.schema import migrate

AGENT_RIGHTS = ("audit",)


async def run_add_company(settings: Settings, name: str, number: str, city: str) -> None:
    """Add a company by its enterprise number."""
    normal = _number(number)
    if len(normal) != 10:
        raise click.ClickException("A company is added with its enterprise number of ten digits.")
    async with _at_work(settings) as bootstrap:
        added = await bootstrap.add_company(name, normal, city)
    click.echo(f"{name} {'is added' if added else 'was there already'}.")


async def run_add_user(
    settings: Settings, email: str, name: str, language: str, company: str, rights: tuple[str, ...]
) -> None:
    """Add a user to a company; the first one with the rights `users` and `admin` administers it."""
    async with _at_work(settings) as bootstrap:
        try:
            held = await bootstrap.add_user(_address(email), name, language, _number(company), rights)
        except NoSuchCompany:
            raise click.ClickException(f"No company has the enterprise or PRS number {company}.") from None
    click.echo(f"{email} has the rights: {', '.join(held) or 'none'}. A chat is linked by “link my account”.")


async def run_add_agent(
    settings: Settings, email: str, name: str, language: str, rights: tuple[str, ...]
) -> None:
    """Make somebody an agent."""
    async with _at_work(settings) as bootstrap:
        await bootstrap.add_agent(_address(email), name, language, rights)
    click.echo(f"{email} is an agent. A chat is linked by “link my account”.")


async def run_remove_agent(settings: Settings, email: str) -> None:
    """Take an agent out at once."""
    async with _at_work(settings) as bootstrap:
        try:
            await bootstrap.remove_agent(email)
        except NoSuchUser:
            raise click.ClickException(f"No agent has the address {email}.") from None
    click.echo(f"{email} is no agent any more; their chats are unlinked.")


def _number(said: str) -> str:
    normal = normal_number(said)
    if normal is None:
        raise click.ClickException(f"{said} is neither an enterprise number nor a PRS number.")
    return normal


def _address(said: str) -> str:
    if ADDRESS.fullmatch(said) is None:
        raise click.ClickException(f"{said} is no e-mail address.")
    return said.lower()


@asynccontextmanager
async def _at_work(settings: Settings) -> AsyncIterator[Bootstrap]:
    address = await asyncio.to_thread(database_address, settings)
    await asyncio.to_thread(migrate, address)
    database = Database(address, pool_size=1)
    try:
        async with database.transaction(Scope(duty="agent")) as session:
            yield Bootstrap(session, datetime.now(UTC))
    finally:
        await database.close()
