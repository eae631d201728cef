"""Verify, export and search the audit log from the command line: `guichet audit …` (ACC-9)."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import asdict
from datetime import UTC, datetime
from typing import IO, Any

import click

from bot.audit_anchors import FILE_NAME, read_anchors
from bot.settings import Settings
from bot.wiring import database_address
from services.audit import AuditLog, AuditQuery, AuditRecord
from services.audit_chain import Anchor, Fault, verify
from services.database import Database, Scope, Transaction
from services.first_access import find_company
from services.people import People

DAMAGES = {
    "changed": "entry {place} of the chain was changed",
    "removed": "entry {place} of the chain is missing",
    "unchained": "entry number {place} was written past the chain",
    "cut": "the chain once went to {place}: its end was cut off",
    "rewritten": "the chain was written anew up to {place} or further",
}


async def run_verify(settings: Settings, anchors: tuple[Anchor, ...]) -> int:
    """Check the whole log against itself and against the anchors noted outside; 1 where something is wrong."""
    noted = read_anchors(settings.data_folder / FILE_NAME)
    async with _reading(settings) as session:
        verdict = await verify(session, (*noted, *anchors))
    head = f"{verdict.head.position}:{verdict.head.digest}"
    click.echo(f"{verdict.entries} entries, {len(noted) + len(anchors)} anchors; the chain ends at {head}")
    for fault in verdict.faults:
        click.echo(f"DAMAGED: {_in_words(fault)}")
    return 1 if verdict.faults else 0


def _in_words(fault: Fault) -> str:
    return DAMAGES[fault.damage].format(place=fault.place)


async def run_export(
    settings: Settings, target: IO[str], since: datetime | None, until: datetime | None, *, names: bool
) -> None:
    """Write entries as one JSON object a line, oldest first; without `names` under pseudonyms only."""
    async with _reading(settings) as session:
        log = AuditLog(session)
        await _note(log, "audit.export", names=names)
        async for record in log.stream(AuditQuery(since=since, until=until)):
            target.write(f"{json.dumps(_plain(record, names=names), ensure_ascii=False)}\n")


async def run_search(
    settings: Settings, *, person: str | None, company: str | None, actions: tuple[str, ...], limit: int
) -> None:
    """Print the newest entries about a person or a company, with their names."""
    async with _reading(settings) as session:
        log = AuditLog(session)
        query = AuditQuery(
            person_id=await _person_id(session, person) if person else None,
            company_id=await _company_id(session, company) if company else None,
            actions=actions,
        )
        await _note(log, "audit.search")
        for record in await log.search(query, limit):
            click.echo(json.dumps(_plain(record, names=True), ensure_ascii=False))


async def _note(log: AuditLog, action: str, **detail: Any) -> None:
    """Note that somebody read the log: whoever may run commands on this machine."""
    await log.note(actor=None, subject=None, action=action, channel="command", at=datetime.now(UTC), **detail)


async def _person_id(session: Transaction, email: str) -> int:
    user = await People(session).user_by_email(email)
    if user is None:
        raise click.ClickException(f"Nobody on the portal has the address {email}.")
    return user.id


async def _company_id(session: Transaction, number: str) -> int:
    company = await find_company(session, number)
    if company is None:
        raise click.ClickException(f"No company has the enterprise or PRS number {number}.")
    return company.id


def _plain(record: AuditRecord, *, names: bool) -> dict[str, Any]:
    plain = {**asdict(record), "at": record.at.isoformat(), "detail": dict(record.detail)}
    if names:
        return plain
    return {name: value for name, value in plain.items() if not name.endswith("_name")}


@asynccontextmanager
async def _reading(settings: Settings) -> AsyncIterator[Transaction]:
    database = Database(await asyncio.to_thread(database_address, settings), pool_size=1)
    try:
        async with database.transaction(Scope(duty="agent")) as session:
            yield session
    finally:
        await database.close()
