"""Give and erase what is kept about a person, and remove what is over: `guichet privacy …`, `guichet retention`."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

import click

from bot.retention import Retention
from bot.settings import Settings
from bot.wiring import database_address
from handlers.privacy import copy_of
from services.database import Database, Duty, Scope, Transaction, enter
from services.people import People, UserRecord
from services.privacy import PersonalData, StillAdministrator, StillInCharge, StillOpen, erase


async def run_export(settings: Settings, email: str, target: Path) -> None:
    """Write the copy of what is kept about a person."""
    async with _scope_of(settings, email, "agent") as (session, user):
        content = copy_of(await PersonalData(session, None, user.id).collect(), user.language or "fr")
    await asyncio.to_thread(target.write_bytes, content)
    click.echo(f"Written: {target} ({len(content)} bytes)")


async def run_erase(settings: Settings, email: str, *, rehearse: bool) -> int:
    """Erase a person, or say what would be; 1 where something stands in the way."""
    async with _scope_of(settings, email, "retention") as (session, user):
        personal = PersonalData(session, None, user.id)
        try:
            await personal.check_can_be_erased()
        except StillAdministrator as alone:
            click.echo(f"{email} is the only administrator of {alone.company_name}: make another one first.")
            return 1
        except StillOpen as still:
            click.echo(f"{still.number} is still open: answer and close it first.")
            return 1
        except StillInCharge as still:
            click.echo(f"{email} is in charge of {still.number}: hand it over first.")
            return 1
        if rehearse:
            for kept in await personal.collect():
                click.echo(f"{kept.kind}: {len(kept.rows)}")
            click.echo("Nothing was erased; without --dry-run it is.")
            return 0
        erased = await erase(session, user.id, datetime.now(UTC))
    click.echo(
        f"Erased: {erased.messages} messages, {erased.files} files, {erased.sendings} regular sendings, the words of"
        f" {erased.tickets} requests. The company's invoices, receipts and orders stay; so does the audit log, under a"
        " pseudonym that leads to nobody."
    )
    return 0


async def run_retention(settings: Settings, *, rehearse: bool) -> None:
    """Remove what is over, or say what would go."""
    database = Database(await asyncio.to_thread(database_address, settings))
    try:
        retention = Retention(database, settings.conversation_days, settings.ticket_days)
        removed = await retention.remove(datetime.now(UTC), rehearse=rehearse)
    finally:
        await database.close()
    for kind, count in removed.items():
        click.echo(f"{kind}: {count}")
    if rehearse:
        click.echo("Nothing was removed; without --dry-run it is.")


@asynccontextmanager
async def _scope_of(
    settings: Settings, email: str, duty: Duty
) -> AsyncIterator[tuple[Transaction, UserRecord]]:
    """Open a transaction in which a person's own records are seen."""
    database = Database(await asyncio.to_thread(database_address, settings))
    try:
        async with database.transaction(Scope(duty=duty)) as session:
            user = await People(session).user_by_email(email)
            if user is None:
                raise click.ClickException(f"Nobody on the portal has the address {email}.")
            await enter(session, Scope(person_id=user.id, duty=duty))
            yield session, user
    finally:
        await database.close()
